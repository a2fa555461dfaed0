"""There is always exactly one decision, and the most pressing one comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.decision import Choice, Week, decide

PRESSING = Week(
    conflict="by March 60 h are needed, there are 40",
    repairs=(Choice("8 h a week", "studyctl config set hours_per_week 8"),),
    planned=6.0,
    spent=1.0,
    usual=1.5,
    a_week=6.0,
    detour=("sums", "products", 2.0, 1.0),
    faded=("a", "b", "c", "d"),
    leech=("sums/parts.c1", "forgotten 7 times", "numbers"),
    goals=1,
    open_goals=1,
    next=("products",),
)


def test_what_stands_in_the_way_of_the_rest_is_asked_first():
    assert "dates" == decide(PRESSING).kind
    assert "hours" == decide(PRESSING._replace(conflict="")).kind
    assert "detour" == decide(PRESSING._replace(conflict="", spent=5.5)).kind
    assert "memory" == decide(PRESSING._replace(conflict="", spent=5.5, detour=None)).kind
    calm = PRESSING._replace(conflict="", spent=5.5, detour=None, faded=())
    assert "leech" == decide(calm).kind
    assert "goal" == decide(calm._replace(leech=None, open_goals=0)).kind
    assert "next" == decide(calm._replace(leech=None)).kind
    assert "parked" == decide(calm._replace(leech=None, next=())).kind


def test_a_break_comes_before_everything_else():
    told = decide(PRESSING._replace(waiting=140, minutes_due=90.0))
    assert "comeback" == told.kind
    assert "After a break 140 cards wait, 90 minutes of reviews." == told.why
    assert "studyctl comeback" == told.choices[0].command


def test_every_answer_is_a_command():
    for week in (PRESSING, PRESSING._replace(conflict=""), PRESSING._replace(conflict="", spent=5.5)):
        assert all(choice.command for choice in decide(week).choices)
    keep = decide(PRESSING._replace(conflict="", a_week=7.0)).choices[1].command
    assert 'studyctl config set hours_per_week "{tue: 2.5, sat: 4.5}"' == keep


def test_one_bad_week_is_no_reason_to_doubt_the_hours():
    assert "hours" != decide(Week(planned=6, spent=1, usual=5.5, a_week=6, open_goals=1)).kind
    assert "hours" != decide(Week(planned=1, spent=0, usual=0, a_week=6, open_goals=1)).kind


def test_the_hours_that_are_proposed_are_those_that_there_were():
    told = decide(Week(planned=6, spent=1, usual=2.2, a_week=6, open_goals=1))
    assert "studyctl config set hours_per_week 2" == told.choices[0].command
    told = decide(Week(planned=6, spent=0, usual=0.0, a_week=6, open_goals=1))
    assert "studyctl config set hours_per_week 0.5" == told.choices[0].command


numbers = st.floats(0, 40)


@given(
    st.builds(
        Week,
        conflict=st.sampled_from(["", "no plan"]),
        repairs=st.just(()),
        planned=numbers,
        spent=numbers,
        usual=numbers,
        a_week=numbers,
        detour=st.none() | st.tuples(st.just("a"), st.just("b"), numbers, numbers),
        faded=st.lists(st.just("x"), max_size=5),
        leech=st.none() | st.just(("c/d", "failed", "")),
        goals=st.integers(0, 2),
        open_goals=st.integers(0, 2),
        next=st.lists(st.just("t"), max_size=4).map(tuple),
    )
)
def test_every_week_has_one_question_with_answers_that_are_commands(week: Week):
    told = decide(week)
    assert told.question.endswith("?")
    assert told.why
    assert told.choices
    assert all(one.command.startswith("studyctl ") for one in told.choices if one.command)
    assert any(one.command for one in told.choices)
