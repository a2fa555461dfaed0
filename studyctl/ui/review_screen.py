"""The screen of a sitting: values in, rows of rich text out.

A screen has a *head* (where one is in the sitting), a *body* (the card) and a *foot* (the
keys). The body scrolls where it is taller than the screen; head and foot always stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.text import Text

from studyctl.core.counted import count
from studyctl.core.memory import Memory, Rating, State
from studyctl.core.readable import Block, cells, inert
from studyctl.core.session import Moment, Phase, Sitting, Tally
from studyctl.core.time import MINUTE
from studyctl.core.typed import Mark, Verdict
from studyctl.ui.reading import reading

WIDEST = 84  # longer lines are hard to read
MARGIN = 3
LEAST = 3  # rows of the card that are always shown
GRADES = {Rating.AGAIN: "red", Rating.HARD: "yellow", Rating.GOOD: "green", Rating.EASY: "cyan"}
HELP = (
    ("space, enter", "show the answer"),
    ("1 2 3 4", "again, hard, good, easy: how well you recalled it"),
    ("u", "take the last step back"),
    ("s", "not now: it stays due"),
    ("b", "bury: not before tomorrow"),
    ("x, !", "suspend: not until studyctl cards --unsuspend"),
    ("up, down", "scroll a tall card"),
    ("q, esc, ctrl-c", "stop; everything rated is kept"),
)


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows beside the sitting itself; texts are readable blocks."""

    sitting: Sitting
    now: Moment
    front: Sequence[Block] = ()
    back: Sequence[Block] = ()
    extra: Sequence[Block] = ()
    source: str = ""
    after: Mapping[Rating, Memory] = field(default_factory=dict)
    verdict: Verdict | None = None
    leech: str = ""  # why the card is one, and what it stands on


@dataclass(frozen=True, slots=True)
class Screen:
    """Rows that fit the terminal; the cursor (row, column) where an answer is typed."""

    rows: tuple[Text, ...]
    cursor: tuple[int, int] | None
    scroll: int  # the first row of the body that is shown, after it was brought into range


def draw(view: View, width: int, height: int, *, colour: bool, scroll: int | None = None) -> Screen:
    """The screen at this size; without `scroll` it shows what matters now, else that row of the body first."""
    width = max(20, min(width, WIDEST))
    head = [_head(view, width), Text()]
    foot = [Text(), *_foot(view, width)]
    body, anchor, cursor = _body(view, width, colour=colour)
    if height < len(head) + len(foot) + LEAST:  # a very low screen: no empty rows, and the first keys only
        head, foot = head[:1], foot[1 : max(2, height - LEAST)]
    room = max(1, height - len(head) - len(foot))
    most = max(0, len(body) - room)
    if scroll is None:
        scroll = anchor if most else 0
    scroll = max(0, min(scroll, most))
    shown = body[scroll : scroll + room]
    if scroll:
        shown[0] = Text("   ↑ more", "dim")
    if scroll < most:
        shown[-1] = Text("   ↓ more", "dim")
    rows = [*head, *shown, *foot]
    for row in rows:
        row.truncate(width, overflow="ellipsis")
    place = (len(head) + cursor[0] - scroll, cursor[1]) if cursor else None
    return Screen(tuple(rows), place, scroll)


def _head(view: View, width: int) -> Text:
    sitting = view.sitting
    card = sitting.card
    gone = max(0, view.now.ms - sitting.began) // MINUTE
    number = f"{sitting.met} of {sitting.total}"
    limit = f" of {sitting.rules.minutes:g}" if sitting.rules.minutes is not None else ""
    parts = [number, f"{gone}{limit} min", inert(card.topic) if card else ""]
    if not sitting.rules.recording:
        parts.append("cram, nothing is recorded")
    elif card and card.memory is None:
        parts.append("new")
    elif card and card.memory and card.memory.state is not State.REVIEW:
        parts.append("again")
    if sitting.waiting:
        parts.append(f"{len(sitting.waiting)} to come back")
    left = f" {' · '.join(parts)}"
    right = "esc stop" if sitting.typing else "? keys  u undo  q stop"
    gap = width - 1 - cells(left) - cells(right)
    return Text(left + (" " * gap + right if gap >= 2 else ""), "dim")


def _body(view: View, width: int, *, colour: bool) -> tuple[list[Text], int, tuple[int, int] | None]:
    """The rows of the card, the row that matters now, and the cursor's place among them."""
    sitting = view.sitting
    if sitting.help:
        return [_indented(row) for row in _help(width - MARGIN)], 0, None
    inside = width - 2 * MARGIN
    rows = reading(view.front, inside, colour=colour)
    cursor = None
    anchor = 0
    if sitting.typing:
        told = f"> {inert(sitting.typed)}"
        while cells(told) >= inside:  # what is typed scrolls to the left
            told = "> …" + told[4:]
        rows += [Text(), Text(told, "bold")]
        anchor = len(rows)
        cursor = (len(rows) - 1, MARGIN + cells(told))
    elif sitting.phase is Phase.SHOWN:
        rows += [Text(), Text("─" * inside, "dim")]
        anchor = len(rows) - 1
        rows += _answer(view, inside, colour=colour)
        small = reading(view.extra, inside, colour=colour)
        for row in small:
            row.stylize_before("dim")
        if small:
            rows += [Text(), *small]
        rows += [Text(line, "dim italic") for line in _wrapped(inert(view.source), inside)]
    return [_indented(row) for row in rows], anchor, cursor


def _indented(row: Text) -> Text:
    return Text(" " * MARGIN) + row if row.plain else row


def _answer(view: View, width: int, *, colour: bool) -> list[Text]:
    """The answer; where one was typed, beside it and with what is different in it."""
    verdict = view.verdict
    answer = reading(view.back, width, colour=colour)
    if verdict is None or not verdict.given:
        return answer
    if verdict.right:
        typed = "".join(mark.text for mark in verdict.given)
        same = verdict.expected == verdict.given
        if same and len(answer) == 1:
            return [Text(f"✓ {typed}", GRADES[Rating.GOOD])]
        return [*answer, Text(), Text(f"✓ {inert(typed)}", GRADES[Rating.GOOD])]
    both = [
        *_marked("you", verdict.given, GRADES[Rating.AGAIN], width),
        *_marked("answer", verdict.expected, GRADES[Rating.GOOD], width),
    ]
    return both if len(answer) == 1 and answer[0].cell_len + 8 <= width else [*answer, Text(), *both]


def _marked(name: str, marks: Sequence[Mark], style: str, width: int) -> list[Text]:
    """A text, and under it a sign for each letter that the other text does not have."""
    text, under = Text.assemble((f"{name:8}", "dim")), " " * 8
    for mark in marks:
        told = inert(mark.text)
        text.append(told, "" if mark.same else style)
        under += (" " if mark.same else "^") * cells(told)
    text.truncate(width, overflow="ellipsis")
    partly = any(mark.same for mark in marks) and "^" in under
    return [text, Text(under.rstrip()[:width], style)] if partly else [text]


def _foot(view: View, width: int) -> list[Text]:
    sitting = view.sitting
    rows: list[Text] = []
    if sitting.notice:
        rows.append(Text(f" {inert(sitting.notice)}", "dim"))
    if sitting.help:
        return [*rows, *_laid([_key("any key", "goes on")], width)]
    if sitting.typing:
        return [*rows, *_laid([_key("enter", "compare")], width)]
    if view.leech and sitting.phase is Phase.SHOWN:
        rows.append(Text(f" {inert(view.leech)}", "yellow"))
        rows += _laid([_key("e", "rewrite it"), _key("d", "step back to that"), _key("x", "suspend")], width)
    if sitting.phase is Phase.ASKING:
        rows += _laid([_key("space", "show the answer")], width)
    else:
        right = view.verdict.right if view.verdict and view.verdict.given else None
        likely = None if right is None else Rating.GOOD if right else Rating.AGAIN
        rows += _laid([_grade(view, rating, likely) for rating in Rating], width)
    others = (
        [("s", "not now"), ("b", "bury"), ("x", "suspend")] if sitting.rules.recording else [("s", "skip")]
    )
    if width < 60:
        others += [("u", "undo"), ("q", "stop"), ("?", "keys")]
    small = _laid([_key(key, what) for key, what in others], width)
    for row in small:
        row.stylize_before("dim")
    return [*rows, *small]


def _key(key: str, what: str) -> Text:
    return Text.assemble((key, "bold"), f" {what}")


def _grade(view: View, rating: Rating, likely: Rating | None) -> Text:
    memory = view.after.get(rating)
    told = f"{rating} {wait(memory, view.now)}" if memory and view.sitting.rules.recording else str(rating)
    pointer = "→ " if rating is likely else ""
    style = f"bold {GRADES[rating]}"
    return Text.assemble((f"{pointer}{int(rating)}", style), (f" {told}", style if pointer else ""))


def wait(memory: Memory, now: Moment) -> str:
    """How long until a card comes back: ``10 min``, ``9 d``, ``4.5 mo``, ``2.1 y``."""
    if memory.due_ms is not None:
        minutes = max(1, round((memory.due_ms - now.ms) / MINUTE))
        return f"{minutes} min" if minutes < 60 else f"{round(minutes / 60)} h"
    days = max(1, memory.due_day - now.day)
    if days < 100:
        return f"{days} d"
    return f"{days / 30.44:.1f} mo" if days < 365 else f"{days / 365.25:.1f} y"


def _laid(items: Iterable[Text], width: int) -> list[Text]:
    """Items side by side, in as many rows as they need."""
    rows: list[Text] = []
    for item in items:
        if rows and rows[-1].cell_len + 3 + item.cell_len <= width:
            rows[-1] = Text.assemble(rows[-1], "   ", item)
        else:
            rows.append(Text.assemble(" ", item))
    return rows


def _help(width: int) -> list[Text]:
    """The keys with what they do, beside them or, on a narrow screen, under them."""
    column = 16 if width >= 44 else 2
    rows: list[Text] = []
    for keys, what in HELP:
        lines = _wrapped(what, width - column)
        if column > len(keys):
            rows.append(Text.assemble((f"{keys:{column}}", "bold"), lines.pop(0)))
        else:
            rows.append(Text(keys, "bold"))
        rows += [Text(" " * column + line) for line in lines]
    return rows


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def summary(tally: Tally, minutes: float, *, recording: bool) -> str:
    """One line about a sitting that is over."""
    told = "Nothing was rated"
    if tally.rated:
        told = f"{count(tally.rated, 'answer')} in {max(1, round(minutes))} min, {tally.again / tally.rated * 100:.0f} % forgotten"
    if tally.skipped:
        told += f", {tally.skipped} put off"
    if tally.set_aside:
        told += f", {tally.set_aside} set aside"
    return f"{told}." if recording else f"{told}; nothing was recorded."
