"""Placement, simulated: how much of what somebody knows is found with few questions.

Learners know the closures of some goals, rarely visit two areas, and differ from the graph in
3 % of the topics; one answer in ten is wrong either way.
"""

from __future__ import annotations

import time

import numpy as np
from layered import layered

from studyctl.core.outline import Outline
from studyctl.core.placement import CARD, LEARNERS, WORD, Noise, Placement, library

CAREFUL = Noise(0.05, 0.05)


def learner(outline: Outline, dice: np.random.Generator, holes: float) -> np.ndarray:
    """What one learner really knows, by topic."""
    closures: list[set[int]] = []
    for topic, needs in enumerate(outline.requires):
        closures.append({topic}.union(*(closures[need] for need in needs)))
    count = len(outline.lines)
    known = np.zeros(count, bool)
    wanted = dice.uniform(0.15, 0.85) * count
    areas = sorted({line.area for line in outline.lines})
    rare = set(dice.choice(areas, 2, replace=False))
    goals = sorted(range(count), key=lambda one: 0.5 * (outline.lines[one].area in rare) + dice.random())
    for goal in goals:
        if known.sum() >= wanted:
            break
        known[list(closures[goal])] = True
    return known ^ (dice.random(count) < holes)


def accuracy(noise: Noise, holes: float, questions: int, graphs: int = 5, learners: int = 4) -> float:
    """The share of topics that are judged right, over some learners on some graphs."""
    told = []
    for seed in range(graphs):
        outline = layered(300, seed=seed)
        base = Placement.of(outline, range(300))
        for number in range(learners):
            dice = np.random.default_rng(1000 + seed * 10 + number)
            truth = learner(outline, dice, holes)
            placement = Placement(base.topics, base.needs, base.mean, base.cov.copy(), {}, base.open)
            for _ in range(questions):
                topic = placement.next()
                if topic is None:
                    break
                right = dice.random() < (1 - noise.slip if truth[topic] else noise.guess)
                placement.answer(topic, bool(right), noise)
            told.append(((placement.chances() > 0.5) == truth[list(placement.topics)]).mean())
    return float(np.mean(told))


def test_sixty_noisy_questions_place_nine_topics_of_ten():
    told = accuracy(CARD, 0.03, 60)
    print(f"placement: {told:.3f} right after 60 questions at 10 % noise on 300 topics")
    assert told >= 0.90


def test_careful_answers_place_better():
    told = accuracy(CAREFUL, 0.0, 60)
    print(f"placement: {told:.3f} right after 60 careful questions")
    assert told >= 0.94


def test_a_question_takes_no_time():
    placement = Placement.of(layered(300), range(300))
    began = time.perf_counter()
    asked = 0
    while asked < 60 and (topic := placement.next()) is not None:
        placement.answer(topic, right=topic % 2 == 0)
        asked += 1
    print(f"placement: {(time.perf_counter() - began) / asked * 1000:.2f} ms a question")
    assert asked == 60


def test_who_knows_everything_or_nothing_is_soon_placed():
    for right in (True, False):
        placement = Placement.of(layered(300), range(300))
        asked = 0
        while (topic := placement.next()) is not None:
            placement.answer(topic, right=right)
            asked += 1
        told = placement.verdict()
        assert len(told.known if right else told.unknown) > 270
        assert asked < 60


def test_one_answer_says_nothing_of_what_has_nothing_to_do_with_it():
    outline = layered(300)
    for right in (True, False):
        for topic in (0, 150, 299):
            placement = Placement.of(outline, range(300))
            placement.answer(topic, right=right)
            told = placement.verdict()
            assert topic not in (told.unknown if right else told.known)
            assert len(told.known) <= (1 + len(outline.prerequisites(topic)) + 30) * right
            assert len(told.unsure) > 150
    assert 300 == len(Placement.of(outline, range(300)).verdict().unsure), "nothing was asked"


def test_the_library_knows_what_its_topics_stand_on():
    outline = layered(100, seed=3)
    known = library(outline.requires, [line.area for line in outline.lines])
    assert (LEARNERS, 100) == known.shape
    assert np.array_equal(known, library(outline.requires, [line.area for line in outline.lines]))
    broken = [
        (known[:, topic] & ~known[:, list(needs)].all(axis=1)).mean()
        for topic, needs in enumerate(outline.requires)
        if needs
    ]
    assert max(broken) < 0.1


def test_an_answer_speaks_for_what_is_underneath_and_above():
    outline = layered(100, seed=3)
    deep = max(range(100), key=lambda topic: len(outline.prerequisites(topic)))
    below = outline.prerequisites(deep)[0]
    placement = Placement.of(outline, range(100))
    place = {topic: at for at, topic in enumerate(placement.topics)}
    before = placement.chances()
    placement.answer(deep, right=True)
    assert placement.chances()[place[below]] > before[place[below]]
    placement = Placement.of(outline, range(100))
    placement.answer(below, right=False)
    assert placement.chances()[place[deep]] < before[place[deep]]


def test_a_word_of_ones_own_says_less_than_a_card():
    outline = layered(60, seed=1)
    card, word = Placement.of(outline, range(60)), Placement.of(outline, range(60))
    topic = card.next()
    assert topic is not None
    card.answer(topic, right=True, noise=CARD)
    word.answer(topic, right=True, noise=WORD)
    assert card.mean[list(card.topics).index(topic)] > word.mean[list(word.topics).index(topic)]


def test_an_empty_scope_is_at_its_end_at_once():
    placement = Placement.of(layered(10), ())
    assert placement.next() is None
    assert ((), (), ()) == placement.verdict()


def test_a_cycle_is_cut():
    outline = layered(6)
    turned = Outline(
        outline.lines, [(1,), (0,), (), (), (), ()], outline.any_of, outline.helps, outline.weights
    )
    assert 6 == sum(map(len, Placement.of(turned, range(6)).verdict()))
