"""`studyctl why`: why a topic is planned, or what keeps it out."""

from __future__ import annotations

import click

from studyctl.cli import gather, knowing, leeches, planning, practising, refreshing, screen
from studyctl.cli.dues import due_words
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.explain import Explanation, explain
from studyctl.core.memory import Memory, retrievability
from studyctl.core.problems import UnknownNameError
from studyctl.core.standing import Standing
from studyctl.core.time import in_words, to_date


@click.command("why")
@click.argument("name", metavar="TOPIC|CARD")
@json_option
@click.pass_obj
def command(work: Workspace, name: str, as_json: bool) -> None:
    """Why a topic stands where it stands in the plan, or what keeps it out; or why a card is due.

    \b
    Examples:
      studyctl why linear-regression
      studyctl why linear-regression/line-formulas
    """
    if "/" in name:
        _card(work, name, as_json)
        return
    topic = work.outline.number[work.topic_id(name)]
    look = gather.outlook(work)
    wanted = gather.open_goals(look)
    made = planning.make_plan(work, look) if wanted else None
    told = explain(look.standing, topic, wanted, made.plan if made else None)
    if as_json:
        memories = knowing.by_topic(work).get(work.outline.lines[topic].id, [])
        known = knowing.document(
            look.standing, topic, knowing.knowledge_of(work, look.standing, topic, memories)
        )
        work.json(_document(look.standing, told) | {"knowledge": known})
        return
    _show(work, look.standing, told)
    for one in made.refreshes if made else ():
        if topic in (one.topic, one.sake):
            what = f"{one.level.words} {work.outline.lines[one.topic].id} first"
            why = refreshing.reason(work.outline, one, work.today)
            how = refreshing.command(work.outline, one)
            work.say(screen.wrap(f"{what}: {why}. {how}", work.width, "  "))


def _document(where: Standing, told: Explanation) -> dict[str, object]:
    lines = where.outline.lines
    return {
        "topic": lines[told.topic].id,
        "state": where.learner.state(lines[told.topic].id),
        "ready": bool(where.ready[told.topic]),
        "faded": bool(where.faded[told.topic]),
        "needs": [{"any_of": [lines[one].id for one in need.topics], "met": need.met} for need in told.needs],
        "missing": [lines[one].id for one in told.missing],
        "unlocks": [lines[one].id for one in told.unlocks],
        "goals": [
            {"goal": goal, "topics_left": left, "hours_left": round(hours, 2)}
            for goal, left, hours in told.goals
        ],
        "place": told.place,
        "week": to_date(told.week).isoformat() if told.week is not None else None,
        "finish": to_date(told.finish).isoformat() if told.finish is not None else None,
    }


def _show(work: Workspace, where: Standing, told: Explanation) -> None:
    lines, width = where.outline.lines, work.width
    line = lines[told.topic]

    def say(text: str, indent: str = "") -> None:
        work.say(screen.wrap(text, width, indent))

    say(f"{line.id} ({screen.hours(where.hours[told.topic])}): {_state(where, told)}")
    if where.learner.state(line.id) == "once" and line.cards:
        work.say(screen.laid(f"  three questions tell what is left: studyctl place {line.id}", width))
    if told.needs:
        for need in told.needs:
            names = " or ".join(lines[one].id for one in need.topics)
            say(f"{'✓' if need.met else '·'} needs {names}{_recall(where, need.topics)}", "  ")
    else:
        say("needs nothing before it", "  ")
    for sentence in knowing.sentences(work, where, told.topic):
        say(sentence, "  ")
    if told.missing:
        hours = sum(where.hours[one] for one in told.missing)
        first = ", ".join(lines[one].id for one in told.missing[:4]) + (" …" if len(told.missing) > 4 else "")
        say(f"before it: {screen.count(len(told.missing), 'topic')} ({hours:.0f} h): {first}", "  ")
    if told.unlocks:
        say("unlocks " + ", ".join(lines[one].id for one in told.unlocks), "  ")
    for goal, left, hours in told.goals:
        say(f"serves the goal {goal}: {screen.count(left, 'step')}, {hours:.0f} h to go", "  ")
    if told.place is not None and told.week is not None:
        before = ", ".join(lines[one].id for one in told.before)
        say(
            f"number {told.place} in the plan, from the week of {in_words(told.week)}"
            + (f", after {before}" if before else ""),
            "  ",
        )
        if not where.known[told.topic]:
            say(
                "placed there because its closure holds the most of your goal for each hour, "
                "topics of one area together",
                "  ",
            )
    elif where.learnt[told.topic]:
        kept = ", and its cards keep it" if where.memory(told.topic).seen else ""
        say(f"not planned: it is learnt{kept}", "  ")
    elif not where.learner.goals:
        say("not planned: there is no goal. studyctl goal add " + line.id, "  ")
    else:
        say(f"not planned: no goal needs it. studyctl goal add {line.id}", "  ")


def _state(where: Standing, told: Explanation) -> str:
    line = where.outline.lines[told.topic]
    if where.faded[told.topic]:
        last = where.quiz(told.topic)
        if last and where.failed(told.topic):
            return f"learnt, but a quiz found it gone ({last.right} of {last.of})"
        recall = where.recall(told.topic)
        return f"learnt, but faded (recall {recall:.2f}; it comes back at 0.85)"
    state = where.learner.state(line.id)
    if state == "detoured":
        return "left for a detour; studyctl back returns to it"
    if state == "once":
        years = [str(year) for year in where.learner.topics[line.id].once if year]
        when = f", in {' and '.join(years)}" if years else ""
        return f"known once{when}"
    if state == "new":
        return "ready to start" if where.ready[told.topic] else "new; what it needs is not learnt yet"
    return str(state)


def _recall(where: Standing, topics: tuple[int, ...]) -> str:
    told = [where.memory(one).recall for one in topics]
    known = [recall for recall in told if recall is not None]
    return f" (recall {max(known):.2f})" if known else ""


def _card(work: Workspace, name: str, as_json: bool) -> None:
    card = work.catalog.card(work.catalog.card_aliases().get(name, name))
    if card is None:
        raise UnknownNameError("card", name, (one.id for one in work.catalog.cards()), "studyctl cards")
    history = work.history
    memory, learner = history.memory(card.id), work.learner()
    suspended, buried = card.id in history.suspended(), card.id in history.buried(work.today)
    facts: dict[str, object] = {
        "card": card.id,
        "topic": card.topic,
        "available": learner.available(card.topic),
        "suspended": suspended,
        "buried": buried,
        "retention": work.retention(card.topic),
        "practice": practising.about(work, card.id, card.topic),
    }
    if memory is not None:
        recall = retrievability(memory.stability, work.today - memory.last_day, history.parameters[20])
        facts |= {
            "recall": recall,
            "leech": leeches.is_leech(work, card.id),
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "reviews": memory.reviews,
            "lapses": memory.lapses,
            "due_day": to_date(memory.due_day).isoformat(),
        }
    if as_json:
        work.json(facts)
        return
    work.say(card.id)
    for line in _about_card(work, card.topic, facts, memory):
        work.say(screen.wrap(line, work.width, "  "))


def _wanted(facts: dict[str, object]) -> float:
    """The desired retention of a card, eased or not."""
    practice = facts["practice"]
    if isinstance(practice, dict) and not practice["control"]:
        return float(practice["retention"])
    return float(str(facts["retention"]))


def _about_card(work: Workspace, topic: str, facts: dict[str, object], memory: Memory | None) -> list[str]:
    told = []
    if facts["suspended"]:
        told.append(f"suspended: it is not asked until studyctl cards --unsuspend {facts['card']}")
    if facts["buried"]:
        told.append("buried until tomorrow")
    if not facts["available"]:
        told.append(f"not asked: {topic} is not learnt yet. studyctl done {topic}, or studyctl know {topic}")
    if memory is None:
        told.append(f"never seen; new cards come at {work.settings.new_per_day} a day")
        return told
    if isinstance(facts["practice"], dict):
        told.append(practising.sentence(facts["practice"]))
    if facts["leech"]:
        told.append(leeches.sentence(work, str(facts["card"])))
    then = f", {_wanted(facts):.2f} or so then" if memory.due_day > work.today else ""
    told.append(f"due {due_words(memory, work.now.ms, work.today)}; recall {facts['recall']:.2f} now{then}")
    told.append(
        f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f} of 10, "
        f"{screen.count(memory.reviews, 'review')}, {screen.count(memory.lapses, 'lapse')}"
    )
    return told
