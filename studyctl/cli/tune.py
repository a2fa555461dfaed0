"""`studyctl tune`: parameters of the memory model fitted to the learner's own answers."""

from __future__ import annotations

import sys
from typing import Any

import click

from studyctl.adapters.fsrs_fit import Fitter
from studyctl.cli import practising, screen
from studyctl.cli.holding import Holding, holding
from studyctl.cli.options import json_option
from studyctl.cli.progress import progress
from studyctl.cli.retention_costs import Cost, costs
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.memory import PARAMETERS
from studyctl.core.parameters import DOUBT
from studyctl.core.problems import StudyctlError, UsageError
from studyctl.core.retention import Line, Retention, by_name, retention
from studyctl.core.tuning import LEAST, Comparison, compare

MONTHS = 6  # on the screen


class TooShortError(StudyctlError):
    """There are too few answers to fit anything to."""


@click.command("tune")
@click.option("--adopt", is_flag=True, help="Adopt the fit without being asked.")
@click.option(
    "--practice", type=click.Choice(["on", "off"]), help="Let cards of exercised topics come back later."
)
@json_option
@click.pass_obj
def command(work: Workspace, adopt: bool, practice: str | None, as_json: bool) -> None:
    """Fit the memory model to your own answers, see whether that predicts better, and adopt it or not.

    \b
    Examples:
      studyctl tune
      studyctl tune --adopt
      studyctl undo                     back to the parameters before
      studyctl tune --practice on       see below

    The fit is pulled to the defaults: n answers count n / (n + 1000). It is judged
    in the order of time, each part of your answers by a fit to those before it.
    Nothing changes without your yes; memories are told anew then, and what is due
    moves. Needs fsrs-rs-python: pip install fsrs-rs-python.

    With --practice on, cards of topics that harder ones exercise come back at 0.80,
    all but a fifth of them, so that one can tell what it costs. Off until you say so.
    """
    if practice is not None:
        if as_json:
            raise UsageError("--practice goes without --json", f"studyctl tune --practice {practice}")
        for line in practising.turn(work, on=practice == "on"):
            work.say(screen.wrap(line, work.width))
        return
    hold = holding(work)
    answers = len(hold.scored.place)
    if answers < LEAST:
        raise TooShortError(
            f"{screen.count(answers, 'answer')} after a day or more {'is' if answers == 1 else 'are'} too few to fit "
            f"anything to: {LEAST} at least, better {DOUBT}; nothing was changed",
            "studyctl review",
        )
    fitter = Fitter(hold.log)
    with progress(work, "Fitting") as tick:
        told = compare(hold.log, lambda moment: fitter.fit(until=moment), hold.parameters, tick)
    report = retention(hold.log, hold.scored, lambda card: area_of(hold, card))
    table = costs(hold)
    same = told.own == hold.parameters
    if not as_json:
        _show(work, hold, told, report, table)
    worse = told.difference.low > 0
    taken = not same and (adopt or (not as_json and not worse and _asked()))
    if taken:
        work.record([fact("tuned", parameters=list(told.own), answers=told.answers)])
    if as_json:
        work.json(_document(hold, told, report, table, adopted=taken))
    elif taken:
        work.say("Adopted; every memory is told anew by it. studyctl undo takes it back.")
    elif same:
        work.say("This fit is in force already.")
    else:
        work.say("Nothing was changed." + (" studyctl tune --adopt adopts it." if told.better else ""))


def area_of(hold: Holding, card: str) -> str:
    """The area of a card's topic; empty for a topic that is in no curriculum now."""
    outline = hold.where.outline
    number = outline.number.get(card.partition("/")[0])
    return outline.lines[number].area if number is not None else ""


def _asked() -> bool:
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return on_terminal and click.confirm("Adopt these parameters?", default=False)


def _document(
    hold: Holding, told: Comparison, report: Retention, table: list[Cost], *, adopted: bool
) -> dict[str, Any]:
    return {
        "answers": told.answers,
        "judged": told.judged,
        "parameters": list(told.own),
        "in_force": list(told.own if adopted else hold.parameters),
        "adopted": adopted,
        "better": told.better,
        "scores": {name: score._asdict() for name, score in told.scores.items()},
        "difference": told.difference._asdict(),
        "retention": retention_document(report),
        "desired_retention": [one.document() for one in table],
        "practice": {
            "on": hold.where.learner.practising,
            "topics": sorted(hold.work.history.due_days.eased),
            "groups": [line._asdict() for line in _practice(hold)],
        },
    }


def retention_document(report: Retention) -> dict[str, Any]:
    """The retention report for other programs."""
    groups = ("months", "areas", "gaps", "calibration", "grades")
    lines = {name: [one._asdict() for one in getattr(report, name)] for name in groups}
    whole = report.all._asdict() if report.all else None
    return {"answers": report.answers, "scored": report.scored, "all": whole} | lines


def _practice(hold: Holding) -> list[Line]:
    """What was recalled of eased cards, and of the control group, since they are eased."""
    place = hold.scored.place
    cards = [hold.log.names[card] for card in hold.log.card[place].tolist()]
    names = practising.groups(hold.work, cards, hold.log.at[place].tolist())
    return [line for line in by_name(hold.scored, names) if line.name]


def _show(work: Workspace, hold: Holding, told: Comparison, report: Retention, table: list[Cost]) -> None:
    work.say(f"Fitted to {told.answers} answers after a day or more; the last {told.judged} judged, each")
    work.say("by what was known before it (less is better):")
    names = {
        "default": "defaults",
        "own": "your fit, pulled to the defaults",
        "average": "the average so far",
        "in force": "in force now",
    }
    rows = [("", "log loss", "calibration error")]
    rows += [
        (names[name], f"{score.log_loss:.4f}", f"{score.calibration:.4f}")
        for name, score in told.scores.items()
    ]
    for line in screen.table(rows, gap=3, right=(1, 2)):
        work.say(f"  {line}")
    work.say(screen.wrap(_verdict(told), work.width))
    work.say()
    _months(work, report)
    for group in _practice(hold):
        share = f"{group.recalled:.2f} recalled, {group.predicted:.2f} predicted, of {group.answers} answers"
        work.say(f"{'Eased cards' if group.name == 'eased' else 'Their control group'}: {share}")
    _costs(work, table)
    if hold.parameters != PARAMETERS:
        work.say("Parameters of your own are in force already.")


def _verdict(told: Comparison) -> str:
    apart, low, high = told.difference
    span = f"{apart:+.4f}, between {low:+.4f} and {high:+.4f}"
    if told.better:
        return f"Your fit predicts better than the defaults ({span} in log loss)."
    if low > 0:
        return f"Your fit predicts worse than the defaults ({span} in log loss): better not adopt it."
    return f"Your fit and the defaults predict alike ({span} in log loss): adopting it changes little."


def _months(work: Workspace, report: Retention) -> None:
    rows = [("", "answers", "recalled", "predicted")]
    rows += [
        (line.name, str(line.answers), f"{line.recalled:.2f}", f"{line.predicted:.2f}")
        for line in report.months[-MONTHS:]
    ]
    work.say("Recalled, and predicted by the parameters in force:")
    for text in screen.table(rows, gap=3, right=(1, 2, 3)):
        work.say(f"  {text}")
    work.say()


def _costs(work: Workspace, table: list[Cost]) -> None:
    """What each desired retention costs, for all cards; by area in the JSON."""
    work.say("What each desired retention would cost with the cards you have, in the next year:")
    rows = [("", "min a week", "recall", "")]
    for one in table:
        if not one.area:
            mark = "now" if one.retention is None else f"{one.retention:.2f}"
            rows.append((mark, f"{one.minutes:.0f}", f"{one.recall:.2f}", ""))
    for line in screen.table(rows, gap=3, right=(1, 2)):
        work.say(f"  {line}")
    work.say(screen.wrap("Set it for all, or by area, track or topic:", work.width))
    work.say('  studyctl config set desired_retention "{default: 0.9, probability: 0.85}"')
    work.say()
