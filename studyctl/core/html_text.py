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

from studyctl.core.text import math_problem, without_controls

Picture = Callable[[str], str | None]  # the new name of a picture, or None if there is none
OPEN, CLOSE = "\ue000", "\ue001"  # around the number of a piece that was taken out
SIGN = re.compile("[\ue002-\ue004]")  # what gaps put into a text

_MATH = re.compile(
    r"\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]"
    r"|\[\$\](?P<old>.*?)\[/\$\]|\[\$\$\](?P<old_display>.*?)\[/\$\$\]"
    r"|<anki-mathjax(?P<block>[^>]*)>(?P<tag>.*?)</anki-mathjax>"
    r"|\[latex\](?P<latex>.*?)\[/latex\]",
    re.DOTALL | re.IGNORECASE,
)
_LATEX = re.compile(
    r"\s*(?:\$\$(?P<display>.+)\$\$|\$(?P<inline>[^$]+)\$|(?P<env>\\begin\{.+\}))\s*", re.DOTALL
)
_SOUND = re.compile(r"\[sound:[^\]]*\]|\[anki:(?:tts|play)[^\]]*\](?:.*?\[/anki:tts\])?", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_PIECE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|center|d[dlt]|details|div|field(?:set)|fig(?:caption|ure)|footer|form|h[1-6r]"
    "|header|main|nav|p|section|summary|table|tr"
)
_SILENT = frozenset(("script", "style", "head", "title", "template", "object", "iframe"))
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_AT_LINE = re.compile(r"(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|-{3,}|={3,}|~{3,})|(?<=\d)(?=[.)]\s)")
_SPECIAL = re.compile(r"[\\`*$]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=[(\[:])|~(?=~)")


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
        silent, sounds = _SOUND.subn(" ", clean)
        self.lost["sound"] += sounds
        page = _Page(self._picture, self.lost, hold)
        page.feed(_MATH.sub(lambda found: hold(self._math(found)), silent))
        page.close()
        told = page.told()
        while _PIECE.search(told):  # a piece can hold earlier ones, as a formula in a link's text
            told = _PIECE.sub(lambda found: pieces[int(found[1])], told)
        return re.sub(r"[ \t]+(?=\n)", "", re.sub(r"\n{3,}", "\n\n", told)).strip()

    def _math(self, found: re.Match[str]) -> str:
        """A formula as ours; one that is broken as code, so that nothing of it is lost."""
        display = found["display"] or found["old_display"]
        body = display or found["inline"] or found["old"] or found["tag"] or ""
        if found["latex"] is not None:
            inner = _LATEX.fullmatch(_bare(found["latex"]))
            if inner is None:
                self.lost["LaTeX that is no formula"] += 1
                return _code(_bare(found["latex"]))
            body, display = inner["inline"] or inner["display"] or inner["env"], inner["inline"] is None
        body = _bare(body).strip()
        if not body:
            return ""
        if re.search(r"(?<!\\)\$", body) or math_problem(SIGN.sub("", body)):
            self.lost["formula that is not well formed"] += 1
            return _code(body)
        if display or 'block="true"' in (found["block"] or ""):
            return f"\n\n$${body}$$\n\n"
        return f"${body}$"


_NO_PIECES = str.maketrans("", "", OPEN + CLOSE)


def _bare(html: str) -> str:
    """The words of HTML that is none, as formulas are."""
    return unescape(_TAG.sub("", re.sub(r"<br\s*/?>|</?div>", "\n", html, flags=re.IGNORECASE))).replace(
        "\xa0", " "
    )


def _code(text: str) -> str:
    ticks = "``" if "`" in text else "`"
    return f"{ticks} {text} {ticks}" if "`" in text else f"`{text}`"


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
            self._pre += 1
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
            self._say(_escaped(words, at_line=self._at_line()))

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
        self._say(self._hold("  " * (len(self._lists) - 1) + sign))

    def _image(self, source: str, alt: str) -> None:
        name = self._picture(unescape(source)) if source else None
        words = " ".join(re.sub(r"[\[\]\\`$]", " ", alt).split())
        if name is None:
            self._lost["picture"] += 1
            self._say(_escaped(words, at_line=False))
        else:
            self._say(self._hold(f"![{words}](media/{name})"))

    def _begin(self, tag: str, target: str = "") -> None:
        self._open.append((tag, target, self._ends))
        self._within[tag] += 1
        self._out.append([])

    def _end(self, tag: str) -> None:
        _, target, self._ends = self._open.pop()
        self._within[tag] -= 1
        inner = "".join(self._out.pop())
        if tag == "pre":
            self._pre -= 1
            self._say(f"\n{inner}\n" if self._pre else self._hold(_fenced(inner)))
            self._break()
        elif tag in _MARKS:
            self._say(_marked(inner, _MARKS[tag], nested=self._in(tag)))
        elif tag in ("code", "tt", "kbd", "samp"):
            told = " ".join(inner.split())
            plain = not told or self._pre or SIGN.search(told)
            self._say(inner if plain else self._hold(_code(told)))
        elif tag in ("sub", "sup"):
            table = _LOW if tag == "sub" else _HIGH
            plain = all(ord(sign) in table for sign in inner)
            self._say(inner.translate(table) if plain else f"{'_' if tag == 'sub' else '^'}({inner})")
        elif tag == "a" and re.match(r"https?://[^\s<>()\\]+$", target) and inner.strip():
            self._say(f"[{inner.strip()}]({target})")
        else:
            self._say(inner)


def _fenced(code: str) -> str:
    body = code.strip("\n")
    bar = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", body)), default=0))
    return f"\n\n{bar}\n{body}\n{bar}\n\n"


def _marked(inner: str, mark: str, *, nested: bool) -> str:
    """Emphasis around words; none around several blocks, around nothing, or within the same."""
    words = inner.strip()
    if not words or nested or "\n\n" in words or words.endswith("\\"):
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def _escaped(words: str, *, at_line: bool) -> str:
    """Words in which Markdown finds nothing."""
    told = _SPECIAL.sub(r"\\\g<0>", words)
    if at_line and (found := _AT_LINE.match(told) or re.match(r"\d{1,9}(?=[.)]\s)", told)):
        told = f"{told[: found.end()]}\\{told[found.end() :]}"
    return told
