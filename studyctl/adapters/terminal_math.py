"""Formulas as Unicode text: ``\\frac{a+b}{2}`` becomes ``(a + b)/2``, a matrix a grid of rows.

pylatexenc parses LaTeX and knows its symbols; `studyctl.core.boxes` lays them out. Of the
libraries that turn formulas into text none sets fractions, matrices and spaces so that a
card can be read; so its parser is used, and not its printer.

A formula that cannot be parsed is shown as it was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pylatexenc import latex2text, latexwalker, macrospec

from studyctl.adapters.math_signs import (
    ACCENTS,
    ALIGNED,
    ALPHABETS,
    ARGUMENTS,
    CLASSES,
    FENCES,
    SILENT,
    SPACES,
    SYMBOLS,
    TABLES,
)
from studyctl.core.boxes import NONE, Atom, Box, Class, class_of, fenced, line, pieces, row_of, stacked, table
from studyctl.core.readable import HOLE, TIE, Piece, Run, Style, inert
from studyctl.core.scripts import accented, grouped, in_alphabet, script, script_letters, scripted

_EMPTY = (Run("", Style.MATH),)
LONGEST = 2_000  # characters of a formula; a longer one is shown as it was written


def formula(source: str, *, display: bool = False) -> tuple[Piece, ...]:
    """A formula as pieces; on a line of its own (`display`) its fractions are stacked."""
    safe = inert(source)
    if len(safe) <= LONGEST:
        try:
            walker = latexwalker.LatexWalker(safe, latex_context=_grammar(), tolerant_parsing=False)
            math = walker.make_parsing_state(in_math_mode=True)
            nodes, _, _ = walker.get_latex_nodes(parsing_state=math)
            told = tuple(pieces(_Layout(display=display).atoms(nodes)))
            if told != _EMPTY:
                return told
        except (latexwalker.LatexWalkerError, RecursionError, ValueError, IndexError):
            pass
    return (Run(safe, Style.MATH),)


@cache
def _grammar() -> Any:
    """The macros of pylatexenc, those that it lacks, and scripts as if they were macros."""
    takes = macrospec.MacroStandardArgsParser
    context = latexwalker.get_default_latex_context_db()
    context.add_context_category(
        "studyctl",
        macros=[macrospec.MacroSpec(name, takes(form)) for name, form in ARGUMENTS.items()],
        environments=[
            macrospec.EnvironmentSpec(name, takes("{" if name == "array" else ""), is_math_mode=True)
            for name in TABLES
        ],
        specials=[
            *(macrospec.SpecialsSpec(sign, takes("{")) for sign in "^_"),
            *(macrospec.SpecialsSpec(sign) for sign in ("&", "'", "''")),
        ],
        prepend=True,
    )
    return context


@cache
def _symbols() -> Any:
    return latex2text.get_default_latex_context_db()


class _Layout:
    """Turns the nodes of one formula into atoms."""

    def __init__(self, *, display: bool) -> None:
        self.display = display

    def box(self, node: Any) -> Box:
        """One node, or a list of them, as a box."""
        return row_of(self.atoms(_inside(node)))

    def atoms(self, nodes: Sequence[Any]) -> list[Atom]:
        """The atoms of a list of nodes; scripts and fences need their neighbours."""
        told: list[Atom] = []
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            sign = getattr(node, "specials_chars", None)
            if getattr(node, "macroname", None) == "left":
                end = _matching(nodes, at)
                right = _last_argument(nodes[end]) if end < len(nodes) else None
                inner = self.box(list(nodes[at:end]))
                told.append(Atom(fenced(self._fence(_last_argument(node)), inner, self._fence(right))))
                at = end + 1
            elif sign in ("^", "_", "'", "''"):
                base = told.pop() if told and told[-1].kind is not Class.SPACE else None
                primes = {"'": "′", "''": "″"}
                text = primes.get(sign) or script(self.box(_last_argument(node)), raised=sign == "^")
                told.append(scripted(base, text))
            else:
                told += self._node(node)
        return told

    def _fence(self, node: Any) -> str:
        sign = self.box(node).rows[0]
        return {".": "", "<": "⟨", ">": "⟩"}.get(sign, sign)

    def _node(self, node: Any) -> Iterator[Atom]:
        if isinstance(node, latexwalker.LatexCharsNode):
            yield from _characters(node.chars)
        elif isinstance(node, latexwalker.LatexGroupNode | latexwalker.LatexMathNode):
            yield Atom(self.box(list(node.nodelist)))
        elif isinstance(node, latexwalker.LatexMacroNode):
            yield from self._macro(node.macroname, [one for one in _arguments(node) if one is not None])
        elif isinstance(node, latexwalker.LatexEnvironmentNode):
            yield Atom(self._environment(node))
        elif isinstance(node, latexwalker.LatexSpecialsNode):
            blank = node.specials_chars in "~&"
            yield Atom(line(TIE), Class.SPACE) if blank else Atom(line(node.specials_chars))

    def _macro(self, name: str, arguments: list[Any]) -> Iterator[Atom]:
        if name in SPACES:
            yield Atom(line(TIE * SPACES[name]), Class.SPACE)
        elif name in SILENT:
            return
        elif not arguments:
            yield _symbol(name)
        elif name.endswith("frac") and len(arguments) == 2:
            yield self._fraction(*map(self.box, arguments))
        elif name.endswith("binom") and len(arguments) == 2:
            yield Atom(fenced("(", stacked(self.box(arguments[0]), self.box(arguments[1])), ")"))
        elif name == "sqrt":
            yield Atom(_root(*map(self.box, reversed(arguments))))
        elif name == "boxed":
            inner = self.box(arguments[0])
            yield Atom(line(HOLE), Class.INNER) if inner == line("…") else Atom(fenced("[", inner, "]"))
        elif name in ("operatorname", "mathop"):
            yield Atom(line(_verbatim(arguments[-1])), Class.OPERATOR)
        elif name == "pmod":
            yield Atom(line(f"{TIE}(mod{TIE}{self.box(arguments[0]).rows[0]})"))
        elif name.startswith("text") or name == "mbox":
            yield Atom(line(_verbatim(arguments[-1])))
        elif name in ALPHABETS:
            yield Atom(in_alphabet(self.box(arguments[-1]), ALPHABETS[name]))
        elif name in ACCENTS:
            yield Atom(accented(self.box(arguments[-1]), unicodedata.lookup(f"COMBINING {ACCENTS[name]}")))
        elif name in ("overset", "stackrel", "underset") and len(arguments) == 2:
            above, base = map(self.box, arguments)
            text = script(above, raised=name != "underset")
            yield scripted(Atom(base, class_of(base.rows[0])), text)
        elif name in ("xrightarrow", "xleftarrow"):
            yield scripted(_symbol(name), script(self.box(arguments[-1]), raised=True))
        elif name in ("overbrace", "underbrace"):
            yield Atom(line(grouped(self.box(arguments[-1]).rows[0])))
        elif name == "not":
            struck = unicodedata.normalize("NFC", self.box(arguments[-1]).rows[0] + "\u0338")
            yield Atom(line(struck), Class.RELATION)
        else:
            yield Atom(self.box(arguments[-1]))

    def _fraction(self, above: Box, below: Box) -> Atom:
        if self.display or above.tall or below.tall:
            return Atom(stacked(above, below, "─"))
        told = f"{grouped(above.rows[0])}/{grouped(below.rows[0], product=True)}"
        return Atom(line(told), Class.INNER)

    def _environment(self, node: Any) -> Box:
        name = node.environmentname
        rows = [
            [
                row_of([Atom(NONE), *self.atoms(cell)] if n and name in ALIGNED else self.atoms(cell))
                for n, cell in enumerate(row)
            ]
            for row in _cells(node.nodelist)
        ]
        columns = max((len(row) for row in rows), default=0)
        sides = [_side(name, n, [row[n] for row in rows if n < len(row)]) for n in range(columns)]
        fences = FENCES.get(name, "  ")
        inside = table(rows, sides, 0 if name in ALIGNED else 2)
        return fenced(fences[0].strip(), inside, fences[1].strip())


def _side(environment: str, column: int, boxes: Sequence[Box]) -> str:
    if environment in ALIGNED:
        return "left" if column % 2 else "right"
    if environment in ("cases", "rcases"):
        return "left"
    figures = all(
        row.strip("−" + TIE).replace("/", "").replace(".", "").isdigit() for box in boxes for row in box.rows
    )
    return "right" if figures else "centre"


def _characters(chars: str) -> Iterator[Atom]:
    for place, sign in enumerate(chars):
        if sign.isspace():
            continue
        if sign == "," and chars[place - 1 : place].isdigit() and chars[place + 1 : place + 2].isdigit():
            yield Atom(line(sign))  # 1,000
        elif sign == "-":
            yield Atom(line("−"), Class.BINARY)
        else:
            yield Atom(line(sign), class_of(sign))


def _symbol(name: str) -> Atom:
    sign = SYMBOLS.get(name)
    if sign is None:
        told = getattr(_symbols().get_macro_spec(name), "simplify_repl", None)
        sign = told.strip() if isinstance(told, str) and "%" not in told and told.strip() else name
    if len(sign) > 1:  # sin, log, and whatever nobody knows
        return Atom(line(sign), CLASSES.get(name, Class.OPERATOR))
    return Atom(line(sign), CLASSES.get(name) or class_of(sign))


def _root(radicand: Box, degree: Box = NONE) -> Box:
    raised = "".join(script_letters("super").get(sign, sign) for sign in degree.rows[0])
    sign = {"": "√", "³": "∛", "⁴": "∜"}.get(raised, f"{raised}√")
    if radicand.tall:
        return row_of([Atom(line(sign)), Atom(fenced("(", radicand, ")"))])
    return line(sign + grouped(radicand.rows[0], product=True))


# pylatexenc's nodes


def _arguments(node: Any) -> list[Any]:
    parsed = getattr(node, "nodeargd", None)
    return list(parsed.argnlist or ()) if parsed is not None else []


def _last_argument(node: Any) -> Any:
    return next((one for one in reversed(_arguments(node)) if one is not None), None)


def _inside(node: Any) -> list[Any]:
    if node is None or isinstance(node, list):
        return node or []
    return list(node.nodelist) if isinstance(node, latexwalker.LatexGroupNode) else [node]


def _verbatim(node: Any) -> str:
    source = "".join(one.latex_verbatim() for one in _inside(node))
    return "".join(TIE if sign.isspace() else sign for sign in source if sign not in "\\{}$")


def _matching(nodes: Sequence[Any], at: int) -> int:
    """Where the ``\\right`` stands that matches a ``\\left`` before `at`."""
    depth = 0
    for place in range(at, len(nodes)):
        name = getattr(nodes[place], "macroname", None)
        if name == "right" and not depth:
            return place
        depth += (name == "left") - (name == "right")
    return len(nodes)


def _cells(nodes: Sequence[Any]) -> list[list[list[Any]]]:
    """The cells of an environment by row, cut at ``&`` and at ``\\\\``."""
    rows: list[list[list[Any]]] = [[[]]]
    for node in nodes:
        if getattr(node, "macroname", None) == "\\":
            rows.append([[]])
        elif getattr(node, "specials_chars", None) == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(node)
    last = "".join(node.latex_verbatim() for cell in rows[-1] for node in cell)
    return rows if last.strip() or len(rows[-1]) > 1 else rows[:-1]
