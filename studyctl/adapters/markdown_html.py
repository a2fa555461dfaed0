"""CommonMark as HTML that is harmless in a card, with pieces that Markdown must not touch.

A *piece* is a formula, or a sign of a gap, that was taken out of a text before Markdown sees it;
a *stand-in*, ``$␂7$`` for piece 7, keeps its place. To Markdown that is punctuation, as the
dollar signs were, so emphasis around a formula works as an author expects.

HTML in a text is shown, never passed on; a link leads into the web or is only its text; a
picture comes from the topic's own folder or is only its description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from studyctl.adapters.cloze_html import SIGN
from studyctl.adapters.code_html import highlight
from studyctl.core.text import plain

Picture = Callable[[str], str | None]

_HOLD = "\x02"  # a character that no text can hold
_STAND_IN = re.compile(rf"\${_HOLD}(\d+)\$")
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
# Text in which Markdown finds nothing to do: most cards are such words and formulas.
_NO_MARKDOWN = re.compile(r"(?!\s|[-+](?:\s|$)|---|>|#|~~~|\d{1,9}[.)](?:\s|$))[^\n`*_\[\]<&\\!]*(?<!\s)")


class Piece(NamedTuple):
    """What a stand-in stands for: as HTML, inside code, and in the description of a picture."""

    html: str
    code: str
    text: str


def stand_in(number: int) -> str:
    """What keeps the place of a piece."""
    return f"${_HOLD}{number}$"


def is_web(url: str) -> bool:
    """Whether a link may lead there."""
    return _WEB.fullmatch(url) is not None and _HOLD not in unquote(url)


def prose(text: str) -> str:
    r"""Words as HTML; a ``\(`` among them is no formula."""
    return re.sub(r"\\(?=[()\[\]])", "<span>&#92;</span>", escape(text, quote=False))


def render(markdown: str, pieces: Sequence[Piece], picture: Picture) -> str:
    """The HTML of a text; a single paragraph is not wrapped in ``<p>``."""
    if _NO_MARKDOWN.fullmatch(markdown):
        parts = _STAND_IN.split(markdown)
        parts[::2] = map(prose, parts[::2])
        parts[1::2] = (pieces[int(number)].html for number in parts[1::2])
        return "".join(parts)
    env: EnvType = {"pieces": pieces, "picture": picture, "links": []}
    tokens = _MARKDOWN.parse(markdown, env)
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        tokens = tokens[1:2]
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)).strip()


def _find_stand_in(state: StateInline, silent: bool) -> bool:
    """The rule of Markdown that finds a stand-in."""
    found = _STAND_IN.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("stand_in", "", 0).meta = {"number": int(found[1])}
    state.pos = found.end()
    return True


def _find_backslash(state: StateInline, silent: bool) -> bool:
    """The rule that keeps a backslash from escaping the stand-in behind it."""
    if not state.src.startswith("\\", state.pos) or not _STAND_IN.match(state.src, state.pos + 1):
        return False
    if not silent:
        state.pending += "\\"
    state.pos += 1
    return True


# How each kind of token is written. markdown-it calls these with the renderer, all tokens, the
# place of this one, the options, and the `env` that `render` made.


def _write_stand_in(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    number: int = tokens[at].meta["number"]
    return str(env["pieces"][number].html)


def _write_text(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType) -> str:
    return prose(tokens[at].content)


def _write_code(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    parts = SIGN.split(_code_as_written(tokens[at].content, env))
    parts[::2] = map(_code, parts[::2])
    return f"<code>{''.join(parts)}</code>"


def _write_fence(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    parts = SIGN.split(_code_as_written(tokens[at].content, env).rstrip("\n"))
    signs, place = [], 0
    for text, sign in zip(parts[::2], parts[1::2], strict=False):
        place += len(text)
        signs.append((place, sign))
    language = tokens[at].info.split(maxsplit=1)[:1]
    coloured = _coloured("".join(parts[::2]), language[0] if language else "", signs)
    return f"<pre><code>{coloured}</code></pre>\n"


def _code_as_written(code: str, env: EnvType) -> str:
    """Code without stand-ins: Markdown saw code where a formula was taken out."""
    pieces: Sequence[Piece] = env["pieces"]
    return _STAND_IN.sub(lambda found: pieces[int(found[1])].code, code)


def _coloured(code: str, language: str, signs: Sequence[tuple[int, str]]) -> str:
    """The code in coloured stretches, each cut where a sign stands in it."""
    waiting = list(reversed(signs))
    told, done = "", 0
    for name, text in highlight(code, language):
        end = done + len(text)
        while True:
            cut = min(end, waiting[-1][0]) if waiting else end
            stretch = _code(code[done:cut])
            told += f'<span class="{name}">{stretch}</span>' if name and stretch else stretch
            done = cut
            if not waiting or waiting[-1][0] > end:
                break
            told += waiting.pop()[1]
    return told


def _code(code: str) -> str:
    return escape(code, quote=False).replace("\\(", "&#92;(").replace("\\[", "&#92;[")


def _write_link(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    if token.nesting < 0:
        return str(env["links"].pop())
    url = str(token.attrGet("href") or "")
    env["links"].append("</a>" if is_web(url) else "")
    return f'<a href="{escape(url)}">' if is_web(url) else ""


def _write_image(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    pieces: Sequence[Piece] = env["pieces"]
    shown = plain(_STAND_IN.sub(lambda found: pieces[int(found[1])].text, token.content))
    name = env["picture"](unquote(str(token.attrGet("src") or "")))
    if name is None:
        return f'<span class="picture">{prose(shown)}</span>'
    return f'<img src="{escape(name)}" alt="{escape(shown)}">'


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    markdown.disable(["code", "html_block", "html_inline"])  # an indented line is no code here
    markdown.inline.ruler.before("escape", "stand_in", _find_stand_in)
    markdown.inline.ruler.before("escape", "backslash", _find_backslash)
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
