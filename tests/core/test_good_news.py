"""One encouraging thing, and it is true."""

from __future__ import annotations

from studyctl.core.good_news import Facts, good_news


def test_what_was_learnt_lately_comes_first():
    told = good_news(Facts(1, learnt_lately=["a", "b", "c", "d"], learnt=9, firm=9, hours=90))
    assert ("learnt", "Learnt in the last seven days: a, b, c and 1 more.") == told


def test_where_there_is_nothing_to_say_nothing_is_said():
    assert good_news(Facts(1)) is None
    assert ("all", "5 topics learnt so far.") == good_news(Facts(1, learnt=5))


def test_one_of_a_thing_is_one():
    assert "7 hours of study so far, on 1 day." == good_news(Facts(1, hours=7, days=1)).text


def test_there_is_another_one_each_day_and_each_holds():
    facts = Facts(0, goals_reached=["first"], learnt=12, firm=5, cards=90, recall=0.94, hours=61, days=40)
    kinds = [good_news(facts._replace(today=day)).kind for day in range(4)]
    assert ["reached", "firm", "recall", "hours"] == kinds
    assert "5 of 12 topics that you learnt" in good_news(facts._replace(today=1)).text


def test_what_is_not_so_is_not_said():
    for today in range(5):
        told = good_news(Facts(today, learnt=3, firm=0, cards=90, recall=0.7, hours=2, ready=1))
        assert ("ready", "1 topic can be begun today.") == told
