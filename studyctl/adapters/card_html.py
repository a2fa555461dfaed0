r"""The text of a card as the HTML of an Anki field.

The text is CommonMark, which markdown-it reads, but what is math is decided in one place of
studyctl, `studyctl.core.text`. So every formula is taken out before Markdown sees the text and
put back afterwards, as ``\(…\)`` or ``\[…\]``; a *stand-in* such as ``$␂7$`` keeps its place,
which to Markdown is punctuation, as the dollar signs were. The signs of a cloze's gaps travel
in the same way (`studyctl.adapters.cloze_html`).

A field of Anki is HTML in which more than HTML has a meaning: ``{{c1::``, ``[sound:…]``,
``[latex]``, ``\(``. Where a text only looks like one of them, it is written with entities, so
that a reader sees it and Anki does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from studyctl.adapters import math_html
from studyctl.adapters.cloze_html import (
    CLOSE,
    NUMBER,
    OPEN,
    SIGN,
    Span,
    Stretch,
    anki_gaps,
    filled,
    formula,
    put_signs,
    settled,
    stretches,
    with_signs,
)
from studyctl.adapters.code_html import highlight
from studyctl.core.text import Gap, Kind, cloze_parts, plain, segments

Picture = Callable[[str], str | None]

_HOLD = "\x02"  # like the signs of a gap a character that no text can hold: `_clean` takes them out
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_STAND_IN = re.compile(rf"\${_HOLD}(\d+)\$")
_ANKI_MARKUP = re.compile(r"\[(?=\[?(?:sound|anki|type):|/?latex\]|/?\${1,2}\])", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
_FORMULA = r"\\\((?:[^\\]|\\[^)])*\\\)"
_HIDDEN_FORMULA = rf"(?:{OPEN}\d+{NUMBER}{_FORMULA}{CLOSE}|{_FORMULA})"
_GLUED = re.compile(rf"\(?{_HIDDEN_FORMULA}[,.;:?!)]+|\({_HIDDEN_FORMULA}")
# Text in which Markdown finds nothing to do: most cards are such words and formulas.
_NO_MARKDOWN = re.compile(r"(?!\s|[-+](?:\s|$)|---|>|#|~~~|\d{1,9}[.)](?:\s|$))[^\n`*_\[\]<&\\!]*(?<!\s)")


def no_pictures(name: str) -> str | None:  # noqa: ARG001
    """The `Picture` of a topic that has none."""
    return None


class CardHtml:
    """The texts of one topic as HTML.

    `picture` gives the name under which Anki will find a file of the topic's media folder, or
    None if there is no such picture; then the picture's description is shown instead.
    """

    def __init__(self, picture: Picture = no_pictures) -> None:
        self._picture = picture

    def text(self, text: str) -> str:
        """A question, an answer, a title."""
        return _inert(self._render(_clean(text), ()))

    def cloze(self, text: str) -> str:
        """The same with gaps, each as Anki's ``{{c1::…}}``; no gap is ever lost."""
        parts = cloze_parts(_clean(text))
        told, spans = filled(parts)
        html, kept = anki_gaps(_inert(self._render(told, spans)))
        if {span.number for span in spans} - kept:  # one stood where HTML has no room for it
            html, _ = anki_gaps(_inert("".join(map(_bare, parts))))
        return html

    def answer(self, text: str) -> str:
        """Plain text that Anki compares with what the learner types."""
        return _inert(escape(" ".join(_clean(text).split()), quote=False))

    def source(self, title: str, where: str, url: str) -> str:
        """A place in a resource; the title is a link if `url` is an address of the web."""
        name = _prose(_clean(title))
        if _WEB.fullmatch(url):
            name = f'<a href="{escape(url)}">{name}</a>'
        return _inert(f"{name}, {_prose(_clean(where))}" if where else name)

    def _render(self, text: str, spans: Sequence[Span]) -> str:
        sheet = _Sheet(text, spans)
        if _NO_MARKDOWN.fullmatch(sheet.markdown):
            return _glued(sheet.without_markdown())
        env: dict[str, Any] = {"sheet": sheet, "picture": self._picture, "links": []}
        tokens = _MARKDOWN.parse(sheet.markdown, env)
        if len(tokens) == 3 and tokens[0].type == "paragraph_open":
            tokens = tokens[1:2]  # a single paragraph needs no <p>
        html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)
        return _glued(html.strip())


class _Piece(NamedTuple):
    """What a stand-in stands for: as HTML, inside code, and in a description."""

    html: str
    code: str
    text: str


class _Sheet:
    """A text made ready for Markdown: `markdown` with stand-ins, `pieces` by their numbers."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.pieces: list[_Piece] = []
        line = stretches(segments(text))
        settled_spans = settled(line, spans)
        self.markdown = "".join(self._ready(*found) for found in with_signs(line, settled_spans))

    def _hold(self, html: str, code: str, text: str) -> str:
        self.pieces.append(_Piece(html, code, text))
        return f"${_HOLD}{len(self.pieces) - 1}$"

    def _sign(self, sign: str) -> str:
        return self._hold(sign, sign, "")

    def _ready(self, stretch: Stretch, signs: Sequence[tuple[int, str]]) -> str:
        part = stretch.part
        if part.kind in (Kind.MATH, Kind.DISPLAY):
            inner = [sign for sign in signs if stretch.start < sign[0] < stretch.end]
            html = math_html.html(part.kind, formula(part.body, stretch.low, inner))
            whole = self._hold(html, part.source, part.source)
        elif part.kind is Kind.UNCLOSED:
            whole = r"\$"
        else:
            return put_signs(part.source, stretch.start, signs, self._sign)
        before = [self._sign(sign) for place, sign in signs if place == stretch.start]
        after = [self._sign(sign) for place, sign in signs if place == stretch.end]
        return "".join((*before, whole, *after))

    def in_code(self, code: str) -> str:
        """Code as it was written: Markdown saw code where a formula was taken out."""
        return _STAND_IN.sub(lambda found: self.pieces[int(found[1])].code, code)

    def in_text(self, text: str) -> str:
        """A description as it was written."""
        return _STAND_IN.sub(lambda found: self.pieces[int(found[1])].text, text)

    def without_markdown(self) -> str:
        """The HTML of a text that needs no Markdown."""
        parts = _STAND_IN.split(self.markdown)
        parts[::2] = map(_prose, parts[::2])
        parts[1::2] = (self.pieces[int(number)].html for number in parts[1::2])
        return "".join(parts)


def _clean(text: str) -> str:
    """The text without what no card needs: control characters and halves of characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n")))


def _prose(text: str) -> str:
    r"""Words as HTML; a ``\(`` among them is no formula."""
    return re.sub(r"\\(?=[()\[\]])", "<span>&#92;</span>", escape(text, quote=False))


def _bare(part: str | Gap) -> str:
    return (
        _prose(part)
        if isinstance(part, str)
        else f"{OPEN}{part.number}{NUMBER}{_prose(part.text or '…')}{CLOSE}"
    )


def _glued(html: str) -> str:
    """The HTML with formulas and the signs beside them kept together.

    A browser may break a line between a formula and the comma behind it.
    """
    return _GLUED.sub(r'<span class="nobr">\g<0></span>', html)


def _inert(html: str) -> str:
    """The HTML with everything written in entities that Anki would act on."""
    return _ANKI_MARKUP.sub("&#91;", re.sub(r"\{\{(?=c\d)", "{&#123;", html))


def _code(code: str) -> str:
    return escape(code, quote=False).replace("\\(", "&#92;(").replace("\\[", "&#92;[")


def _stand_in(state: StateInline, silent: bool) -> bool:
    """The rule of Markdown that finds a stand-in."""
    found = _STAND_IN.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("stand_in", "", 0).meta = {"number": int(found[1])}
    state.pos = found.end()
    return True


# How each kind of token is written. markdown-it calls these with the renderer, all tokens, the
# place of this one, the options, and the `env` that `_render` made.


def _write_stand_in(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    sheet: _Sheet = env["sheet"]
    return str(sheet.pieces[tokens[at].meta["number"]].html)


def _write_text(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType) -> str:
    return _prose(tokens[at].content)


def _write_code(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    parts = SIGN.split(env["sheet"].in_code(tokens[at].content))
    parts[::2] = map(_code, parts[::2])
    return f"<code>{''.join(parts)}</code>"


def _write_fence(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    parts = SIGN.split(env["sheet"].in_code(tokens[at].content).rstrip("\n"))
    code = "".join(parts[::2])
    signs, place = [], 0
    for text, sign in zip(parts[::2], parts[1::2], strict=False):
        place += len(text)
        signs.append((place, sign))
    language = tokens[at].info.split(maxsplit=1)[:1]
    return f"<pre><code>{_highlighted(code, language[0] if language else '', signs)}</code></pre>\n"


def _highlighted(code: str, language: str, signs: Sequence[tuple[int, str]]) -> str:
    """The code in coloured stretches, each cut where a sign stands in it."""
    waiting = list(reversed(signs))
    told, done = "", 0
    for name, text in highlight(code, language):
        end = done + len(text)
        while True:
            cut = min(end, waiting[-1][0]) if waiting else end
            piece = _code(code[done:cut])
            told += f'<span class="{name}">{piece}</span>' if name and piece else piece
            done = cut
            if not waiting or waiting[-1][0] > end:
                break
            told += waiting.pop()[1]
    return told


def _write_link(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    """A link into the web; any other is its text and no more."""
    token = tokens[at]
    if token.nesting < 0:
        return str(env["links"].pop())
    url = str(token.attrGet("href") or "")
    is_web = _WEB.fullmatch(url) is not None and _HOLD not in unquote(url)
    env["links"].append("</a>" if is_web else "")
    return f'<a href="{escape(url)}">' if is_web else ""


def _write_image(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    name = env["picture"](unquote(str(token.attrGet("src") or "")))
    shown = " ".join(plain(env["sheet"].in_text(token.content)).split())
    if name is None:
        return f'<span class="picture">{_prose(shown)}</span>'
    return f'<img src="{escape(name)}" alt="{escape(shown)}">'


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    markdown.disable(["code", "html_block", "html_inline"])  # an indented line is no code here
    markdown.inline.ruler.before("escape", "stand_in", _stand_in)
    for name, rule in {
        "stand_in": _write_stand_in,
        "text": _write_text,
        "code_inline": _write_code,
        "fence": _write_fence,
        "link_open": _write_link,
        "link_close": _write_link,
        "image": _write_image,
    }.items():
        markdown.add_render_rule(name, rule)
    return markdown


_MARKDOWN = _markdown()
