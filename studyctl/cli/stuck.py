"""`studyctl stuck`: what is in the way, and a detour to it."""

from __future__ import annotations

from dataclasses import dataclass

import click

from studyctl.cli import detouring, gather, quiz, reading, screen
from studyctl.cli.workspace import Workspace
from studyctl.core import blame, clues
from studyctl.core.blame import Step, Suspect
from studyctl.core.detours import box, needs_another_way
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.standing import Standing

SHOWN = 3  # suspects
MOST_QUIZZES = 3  # in one call


@click.command("stuck")
@click.option("--because", metavar="TOPIC", help="What you think it is; the detour goes there.")
@click.option("--note", metavar="TEXT", help="Where you are; it is shown when you come back.")
@click.pass_obj
def command(work: Workspace, because: str | None, note: str | None) -> None:
    """It is too hard: find what is in the way, and step back to it for a while.

    Everything underneath is weighed: what is not learnt, what its cards say, what you lapsed
    on, how far this topic leans on it. On a terminal three questions can tell. The detour has
    a box of hours, and `studyctl back` returns to where you were.

    \b
    Examples:
      studyctl stuck
      studyctl stuck --because self-attention
      studyctl stuck --note "shapes in the attention head do not match"
    """
    look = gather.outlook(work)
    where = look.standing
    source = where.here
    if source is None:
        raise UsageError("on what? You are at no topic now", "studyctl start TOPIC")
    name = work.outline.lines[source].id
    said = _said(work, where, name, because)
    case = _Case(work, look, source, blamed(work, look, source, said), note)
    if said is not None:
        case.open(said, "you")
    elif quiz.on_terminal():
        _talk(case)
    else:
        _tell(case)


def _said(work: Workspace, where: Standing, source: str, because: str | None) -> int | None:
    if because is None:
        return None
    name = work.topic_id(because)
    if name == source:
        raise UsageError(f"{name} is where you are; what is in its way?", "studyctl stuck")
    if any(frame.source == name for frame in where.learner.detours):
        raise UsageError(f"you left {name} for a detour and are on it", "studyctl back")
    return work.outline.number[name]


def blamed(work: Workspace, look: gather.Outlook, source: int, said: int | None = None) -> list[Suspect]:
    """The topics that may be in the way of one, the likeliest first."""
    where = look.standing
    steps = blame.below(where.outline, source, where.known)
    seconds = gather.seconds(work)
    signs = {}
    for topic in steps:
        name = where.outline.lines[topic].id
        memories = list(work.history.of_topic(name).values()) if where.memory(topic).seen else []
        signs[topic] = clues.sign(
            where,
            topic,
            source,
            memories,
            hours=look.work.hours[topic],
            seconds=seconds,
            said=topic == said,
        )
    return blame.suspects(steps, signs)


@dataclass
class _Case:
    """One call of `stuck`: who is at what, and what is suspected."""

    work: Workspace
    look: gather.Outlook
    source: int
    suspects: list[Suspect]
    note: str | None
    batch: str | None = None

    @property
    def name(self) -> str:
        return self.topic(self.source)

    def topic(self, number: int) -> str:
        return self.work.outline.lines[number].id

    def shown(self) -> list[Suspect]:
        """The likeliest suspects."""
        return [one for one in self.suspects[:SHOWN] if one.chance >= 0.01]

    def rows(self, *, numbered: bool) -> None:
        """The likeliest suspects with what speaks for each."""
        self.work.say(f"Most likely in the way of {self.name}:")
        shown = self.shown()
        width = max((screen.columns(self.topic(one.topic)) for one in shown), default=0)
        for at, one in enumerate(shown, 1):
            head = f"  {at}" if numbered else ""
            head += f"  {screen.pad(self.topic(one.topic), width)}  {one.chance:4.0%}".replace("%", " %")
            lines = screen.wrap(self.evidence(one), self.work.width - screen.columns(head) - 3).splitlines()
            self.work.say(f"{head}   {lines[0]}")
            for line in lines[1:]:
                self.work.say(f"{'':{screen.columns(head)}}   {line}")
        itself = blame.leak(self.suspects)
        if itself >= 0.10:
            self.work.say(f"  (the topic itself, or its text: {itself:.0%})".replace("%", " %"))

    def evidence(self, one: Suspect) -> str:
        name = self.topic(one.topic)
        memories = list(self.work.history.of_topic(name).values())
        return "; ".join(clues.words(self.look.standing, one.topic, self.source, memories, self.work.today))

    def askable(self) -> set[int]:
        """The suspects that have cards for a quiz."""
        lines = self.work.outline.lines
        return {one.topic for one in self.suspects if lines[one.topic].cards}

    def suspect(self, number: int) -> Suspect | None:
        return next((one for one in self.suspects if one.topic == number), None)

    def open(self, number: int, cause: str, evidence: str = "") -> None:
        """Open the detour, and say where it leads and what brings back."""
        work, topic = self.work, self.topic(number)
        one = self.suspect(number)
        hours = box(one.repair if one else self.look.work.hours[number])
        note = self.note
        if note is None and quiz.on_terminal():
            note = click.prompt(
                "Where were you? A line for when you come back", default="", show_default=False
            )
        told = fact(
            "detoured", topic=topic, cause=cause, evidence=evidence or None, box=hours, note=note or None
        )
        running = self.look.standing.learner.running
        work.record([told._replace(facts={**told.facts, "from": self.name})], self.batch)
        if running and running.topic != self.name:
            work.say(f"Stopped {running.topic}.")
        work.say(f"Detour to {topic}, box of {screen.minutes(hours * 60)}; its clock runs.")
        kept = work.learner().topics[self.name].note
        if kept:
            work.say(screen.wrap(f"You left {self.name} at: {screen.clean(kept)}", work.width))
        core = next((text for text in work.catalog.topic(topic).resources if text.role != "extra"), None)
        if core is not None:
            work.say(screen.wrap(f"Read: {reading.cited(work, core)}", work.width))
        work.say(
            screen.with_right(f"All about it: studyctl show {topic}", "studyctl back returns", work.width)
        )
        learner = work.learner()
        if needs_another_way(learner.detours, detouring.spent(work, learner)):
            work.say()
            for line in detouring.another_way(work, gather.standing(work)):
                work.say(line)

    def elsewhere(self) -> None:
        """Nothing underneath is to blame: another text, another way, or a pause."""
        work = self.work
        work.say(f"Nothing underneath {self.name} seems to be in the way; it may be the text, or the day.")
        for line in detouring.other_texts(work, self.name):
            work.say(screen.wrap(line, work.width, "  "))
        work.say(f"  the same with its exit test in mind: studyctl show {self.name}")
        work.say(f"  something else for now: studyctl park {self.name}, then studyctl next")
        work.say("  you know what it is: studyctl stuck --because TOPIC")


def _tell(case: _Case) -> None:
    """Without a terminal: the likeliest with evidence; a detour only if one is clear."""
    step, _ = blame.advice(case.suspects, ())
    if step is Step.LOOK_ELSEWHERE:
        case.elsewhere()
        return
    case.rows(numbered=False)
    likely = case.suspects[0]
    if blame.is_clear(case.suspects):
        case.open(likely.topic, "odds", _chance(likely))
    else:
        told = "That is not sure enough to open a detour by itself; the likeliest"
        case.work.say(
            screen.laid(f"{told}: studyctl stuck --because {case.topic(likely.topic)}", case.work.width)
        )


def _chance(one: Suspect) -> str:
    return f"{one.chance:.0%}".replace("%", " %")


def _talk(case: _Case) -> None:
    """On a terminal: ask where that pays, and open what the answers point to."""
    work = case.work
    declined = False
    for _ in range(MOST_QUIZZES + 1):
        step, one = blame.advice(case.suspects, () if declined else case.askable())
        if one is None:
            case.elsewhere()
            return
        if not declined:
            case.rows(numbered=True)
        if step is Step.REPAIR:
            work.say()
            _choose(case, one)
            return
        topic = case.topic(one.topic)
        count = len(quiz.cards(work, topic))
        asked = f"{screen.count(count, 'question')} on {topic}"
        question = f"{asked} would tell ({quiz.duration(count)}). Ask?"
        if one.topic != case.suspects[0].topic:
            question = f"Quickest to rule out: {asked} ({quiz.duration(count)}).\nAsk?"
        work.say()
        if not click.confirm(question, default=True):
            declined = True
            continue
        told, case.batch = quiz.ask(work, topic, case.batch)
        if told is None:
            declined = True
            continue
        case.suspects = blame.after_quiz(case.suspects, one.topic, told.right, told.of)
        if told.of < count:  # broken off: what was answered counts, and no more is asked
            declined = True
            case.rows(numbered=True)
            continue
        step, found = blame.advice(case.suspects, case.askable())
        score = f"{told.right} of {told.of}"
        if step is Step.REPAIR and found is not None and found.topic == one.topic:
            work.say(f"{topic} it is: {score}.")
            case.open(one.topic, "quiz", score)
            return
        work.say(f"{topic}: {score}, so probably not that.")
        work.say()
    case.rows(numbered=True)
    work.say()
    _choose(case, case.suspects[0])


def _choose(case: _Case, best: Suspect) -> None:
    """Let the learner say which one; the best is proposed."""
    shown = [one.topic for one in case.shown()]
    proposed = shown.index(best.topic) + 1 if best.topic in shown else case.topic(best.topic)
    while True:
        told = str(
            click.prompt("Detour to which? A number or a topic, 0 to stay", default=str(proposed))
        ).strip()
        if told == "0":
            case.work.say("Then go on; studyctl stuck asks again.")
            return
        try:
            number = shown[int(told) - 1] if told.isdigit() else _said_now(case, told)
        except IndexError:
            continue
        except UsageError as error:
            case.work.say(f"  {error.what}")
            continue
        if number is not None:
            one = case.suspect(number)
            case.open(number, "you" if number != best.topic else "odds", _chance(one) if one else "")
            return


def _said_now(case: _Case, text: str) -> int | None:
    return _said(case.work, case.look.standing, case.name, text)
