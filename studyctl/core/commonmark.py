"""Words, code and emphasis written as CommonMark, so that it finds in them what is meant and no more."""

from __future__ import annotations

import re

_AT_LINE = re.compile(r"(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|-{3,}|={3,}|~{3,})|(?<=\d)(?=[.)]\s)")
_SPECIAL = re.compile(r"[\\`*$]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=[(\[:])|~(?=~)")


def code(text: str) -> str:
    """Code in one line; signs of code in it are no end of it."""
    ticks = "``" if "`" in text else "`"
    return f"{ticks} {text} {ticks}" if "`" in text else f"`{text}`"


def fenced(code: str) -> str:
    """Code in lines of its own."""
    body = code.strip("\n")
    bar = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", body)), default=0))
    return f"\n\n{bar}\n{body}\n{bar}\n\n"


def marked(inner: str, mark: str, *, nested: bool) -> str:
    """Emphasis around words; none around several blocks, around nothing, or within the same."""
    words = inner.strip()
    if not words or nested or "\n\n" in words or words.endswith("\\"):
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def escaped(words: str, *, at_line: bool) -> str:
    """Words in which Markdown finds nothing."""
    told = _SPECIAL.sub(r"\\\g<0>", words)
    if at_line and (found := _AT_LINE.match(told) or re.match(r"\d{1,9}(?=[.)]\s)", told)):
        told = f"{told[: found.end()]}\\{told[found.end() :]}"
    return told
