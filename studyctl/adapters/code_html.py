"""Code as HTML with a handful of classes, which the style sheet of the cards colours.

Pygments has some eighty kinds of token, and new versions of it move tokens between them. Cards
need five: keywords `k`, strings `s`, comments `c`, numbers `m` and names that do something `f`;
whatever else a token is stays plain, so the same code gives the same HTML for a long time.
"""

from __future__ import annotations

from collections.abc import Iterator

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

_CLASSES = {
    Comment: "c",
    Keyword: "k",
    Operator.Word: "k",
    Name.Builtin: "f",
    Name.Class: "f",
    Name.Decorator: "f",
    Name.Function: "f",
    Number: "m",
    String: "s",
}


def highlight(code: str, language: str) -> Iterator[tuple[str, str]]:
    """`code` in stretches, each with its class; the class is empty where nothing is to be coloured.

    A language that nobody knows is plain text.
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        yield "", code
        return
    told, stretch = "", ""
    for kind, text in _whole(lexer.get_tokens(code), code):
        name = "" if text.isspace() else _class(kind)
        if name != told and stretch:
            yield told, stretch
            stretch = ""
        told, stretch = name, stretch + text
    if stretch:
        yield told, stretch


def _whole(tokens: Iterator[tuple[object, str]], code: str) -> list[tuple[object, str]]:
    """The tokens, or the code as one if the lexer lost a part of it."""
    found = list(tokens)
    return found if "".join(text for _, text in found) == code else [(Token, code)]


def _class(kind: object) -> str:
    while kind is not None:
        if kind in _CLASSES:
            return _CLASSES[kind]
        kind = getattr(kind, "parent", None)
    return ""
