r"""HTML of an Anki field as the text of a card: CommonMark with `$math$`.

What has no place in a text is dropped and *named*: sounds, scripts, pictures that are missing. Math
(``\(…\)``, ``\[…\]``, Anki's own marks) is taken out first, since it is no HTML, and put back last;
so are the signs of gaps (`studyctl.core.foreign_cloze`), which may stand anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

from studyctl.core.commonmark import code, escaped, fenced, marked
from studyctl.core.stretches import Signs, Stretch
from studyctl.core.text import math_problem, without_controls

Picture = Callable[[str], str | None]  # the new name of a picture, or None if there is none
OPEN, CLOSE = "\ue000", "\ue001"  # around the number of a piece that was taken out
SIGN = re.compile("[\ue002-\ue004]")  # what gaps put into a text

_MATH = Signs({
    "inline": (r"\\\(", r"\\\)"), "display": (r"\\\[", r"\\\]"),
    "old": (r"\[\$\]", r"\[/\$\]"), "old_display": (r"\[\$\$\]", r"\[/\$\$\]"),
    "tag": (r"<anki-mathjax[^<>]*>", r"</anki-mathjax>"), "latex": (r"\[latex\]", r"\[/latex\]"),
})  # fmt: skip
_LATEX = re.compile(
    r"\s*(?:\$\$(?P<display>.+)\$\$|\$(?P<inline>[^$]+)\$|(?P<env>\\begin\{.+\}))\s*", re.DOTALL
)
_SPOKEN = Signs({"spoken": (r"\[anki:tts[^\[\]]*\]", r"\[/anki:tts\]")})
_SOUND = Signs({"sound": (r"\[(?:sound:|anki:(?:tts|play))", r"\]")})
# What no browser shows; the parser would look for the end of each anew, and stop at some of them.
_UNSEEN = Signs({"comment": ("<!--", "--!?>"), "section": (r"<!\[", ">")})
_BEGINS_UNSEEN = re.compile(r"<(?=!--|!\[)")
_TAG = re.compile(r"<[^<>]*>")
_PIECE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|center|d[dlt]|details|div|field(?:set)|fig(?:caption|ure)|footer|form|h[1-6r]"
    "|header|main|nav|p|section|summary|table|tr"
)
_DEEPEST = 32  # stretches, and lists, in each other that are told apart; nobody sees more
_SILENT = frozenset(("script", "style", "head", "title", "template", "object", "iframe"))
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")


class Converter:
    """Turns HTML into texts; `lost` counts what could not be carried over, by what it was."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.lost: Counter[str] = Counter()

    def text(self, html: str) -> str:
        """The text of a piece of HTML; signs of gaps in it stay where they are."""
        pieces: list[str] = []

        def hold(piece: str) -> str:
            pieces.append(piece)
            return f"{OPEN}{len(pieces) - 1}{CLOSE}"

        clean = without_controls(html.replace("\r\n", "\n").replace("\x0b", " ").translate(_NO_PIECES))
        for signs in (_SPOKEN, _SOUND):
            clean = signs.replaced(clean, self._silence)
        page = _Page(self._picture, self.lost, hold)
        page.feed(_without_unseen(_MATH.replaced(clean, lambda found: hold(self._math(found)))))
        page.close()
        told = page.told()
        while _PIECE.search(told):  # a piece can hold earlier ones, as a formula in a link's text
            told = _PIECE.sub(lambda found: pieces[int(found[1])], told)
        lines = re.sub(r"\n{3,}", "\n\n", told).split("\n")
        return "\n".join(line.rstrip(" \t") for line in lines).strip()

    def _silence(self, _: Stretch) -> str:
        self.lost["sound"] += 1
        return " "

    def _math(self, found: Stretch) -> str:
        """A formula as ours; one that is broken as code, so that nothing of it is lost."""
        body = _bare(found.body)
        display = found.kind in ("display", "old_display") or 'block="true"' in found.sign
        if found.kind == "latex":
            inner = _LATEX.fullmatch(body)
            if inner is None:
                self.lost["LaTeX that is no formula"] += 1
                return code(body)
            body, display = inner["inline"] or inner["display"] or inner["env"], inner["inline"] is None
        body = body.strip()
        if not body:
            return ""
        if re.search(r"(?<!\\)\$", body) or math_problem(SIGN.sub("", body)):
            self.lost["formula that is not well formed"] += 1
            return code(body)
        if display:
            return f"\n\n$${body}$$\n\n"
        return f"${body}$"


_NO_PIECES = str.maketrans("", "", OPEN + CLOSE)


def _without_unseen(html: str) -> str:
    """HTML without its comments, and with each ``<`` of a comment or tag that never ends as a letter."""
    seen = _UNSEEN.replaced(html, lambda _: "")
    tail = seen.rfind(">") + 1
    return _BEGINS_UNSEEN.sub("&lt;", seen[:tail]) + seen[tail:].replace("<", "&lt;")


def _bare(html: str) -> str:
    """The words of HTML that is none, as formulas are."""
    return unescape(_TAG.sub("", re.sub(r"<br\s*/?>|</?div>", "\n", html, flags=re.IGNORECASE))).replace(
        "\xa0", " "
    )


class _Page(HTMLParser):
    """Collects the text of one page."""

    def __init__(self, picture: Picture, lost: Counter[str], hold: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._picture = picture
        self._lost = lost
        self._hold = hold
        self._out: list[list[str]] = [[]]  # the innermost of nested stretches last
        # The tags whose stretches these are, each with the target of a link, and `_ends` before it.
        self._open: list[tuple[str, str, int]] = []
        # Of each list around, the number of its last item; None for bullets.
        self._lists: list[int | None] = []
        self._silent = 0
        self._pre = 0
        self._ends = 2  # how many line ends stand before this place; two at the beginning
        self._within: Counter[str] = Counter()  # open tags

    def told(self) -> str:
        """The text, the stretches that nobody closed closed."""
        while self._open:
            self._end(self._open[-1][0])
        lines = [re.sub("  +", " ", line).rstrip() for line in "".join(self._out[0]).split("\n")]
        text = re.sub(r"^(?:\\\n)+|(?:\\\n){2,}|\\\n(?=\n)|\n\\\n|\\$", "\n\n", "\n".join(lines))
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    # what the parser finds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
            if tag == "script":
                self._lost["script"] += 1
        elif self._silent:
            return
        elif tag == "br":
            self._say("\n" if self._pre else "\\\n")
        elif tag == "img":
            self._image(named.get("src", ""), named.get("alt", ""))
        elif tag == "pre":
            self._break()
            self._begin("pre")
        elif tag in ("ul", "ol"):
            self._break(1 if self._lists else 2)
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag in ("td", "th"):
            if not self._at_line():
                self._say(" | ")
        elif _BLOCKS.fullmatch(tag):
            self._break()
        elif tag in _MARKS or tag in ("code", "tt", "kbd", "samp", "sub", "sup"):
            self._begin(tag)
        elif tag == "a":
            self._begin("a", named.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._break(1 if self._lists else 2)
        elif self._within[tag]:
            while self._open[-1][0] != tag:
                self._end(self._open[-1][0])
            self._end(tag)
        elif _BLOCKS.fullmatch(tag):
            self._break()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._pre or self._in("code", "tt", "kbd", "samp"):
            self._say(data.replace("\xa0", " "))
            return
        words = _SPACE.sub(" ", data.replace("\xa0", " "))
        if self._at_line():
            words = words.lstrip()
        if words:
            self._say(escaped(words, at_line=self._at_line()))

    # what comes of it

    def _say(self, text: str) -> None:
        self._out[-1].append(text)
        bare = text.rstrip("\n")
        self._ends = len(text) - len(bare) + (0 if bare else self._ends)

    def _in(self, *tags: str) -> bool:
        return any(self._within[tag] for tag in tags)

    def _at_line(self) -> bool:
        """Whether a line begins here."""
        return self._ends > 0

    def _break(self, lines: int = 2) -> None:
        if self._pre:
            self._say("\n")
        elif self._out[0] or len(self._out) > 1:
            self._say("\n" * (lines - self._ends))

    def _item(self) -> None:
        self._break(1)
        if not self._lists:
            self._lists.append(None)
        number = self._lists[-1]
        if number is not None:
            self._lists[-1] = number = number + 1
        sign = "- " if number is None else f"{number}. "
        self._say(self._hold("  " * (min(len(self._lists), _DEEPEST) - 1) + sign))

    def _image(self, source: str, alt: str) -> None:
        name = self._picture(unescape(source)) if source else None
        words = " ".join(re.sub(r"[\[\]\\`$]", " ", alt).split())
        if name is None:
            self._lost["picture"] += 1
            self._say(escaped(words, at_line=False))
        else:
            self._say(self._hold(f"![{words}](media/{name})"))

    def _begin(self, tag: str, target: str = "") -> None:
        if len(self._open) == _DEEPEST:
            return
        self._pre += tag == "pre"
        self._open.append((tag, target, self._ends))
        self._within[tag] += 1
        self._out.append([])

    def _end(self, tag: str) -> None:
        _, target, self._ends = self._open.pop()
        self._within[tag] -= 1
        inner = "".join(self._out.pop())
        if tag == "pre":
            self._pre -= 1
            self._say(f"\n{inner}\n" if self._pre else self._hold(fenced(inner)))
            self._break()
        elif tag in _MARKS:
            self._say(marked(inner, _MARKS[tag], nested=self._in(tag)))
        elif tag in ("code", "tt", "kbd", "samp"):
            told = " ".join(inner.split())
            plain = not told or self._pre or SIGN.search(told)
            self._say(inner if plain else self._hold(code(told)))
        elif tag in ("sub", "sup"):
            table = _LOW if tag == "sub" else _HIGH
            plain = all(ord(sign) in table for sign in inner)
            self._say(inner.translate(table) if plain else f"{'_' if tag == 'sub' else '^'}({inner})")
        elif tag == "a" and re.match(r"https?://[^\s<>()\\]+$", target) and inner.strip():
            self._say(f"[{inner.strip()}]({target})")
        else:
            self._say(inner)
