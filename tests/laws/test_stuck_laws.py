"""Being stuck, simulated: how many hours until the culprit is found and mended.

Learners are stuck on topics with at least eight topics underneath. Each of those is missing
with a chance that its cards predict; a missing one blocks the less the further down it lies.
Someone who answers a question about a missing topic is right in 22 %, else in 86 %. Mending a
topic takes 60 % of its hours and half an hour to try the hard one again; a quiz five minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from layered import layered

from studyctl.core import blame
from studyctl.core.blame import Sign, Step

REDO = 0.6
NOISE = 0.10


@dataclass
class Episode:
    """One learner, stuck on one topic."""

    steps: dict[int, int]
    recall: dict[int, float]
    missing: set[int]
    blocking: set[int]
    repair: dict[int, float]
    dice: np.random.Generator
    spent: float = 0.0

    def mend(self, topic: int) -> None:
        self.spent += self.repair[topic] + blame.TRY_HOURS
        self.blocking.discard(topic)

    def ask(self, topic: int) -> int:
        self.spent += blame.QUIZ_HOURS
        right = NOISE + (1 - 2 * NOISE) * (0.15 if topic in self.missing else 0.95)
        return int(self.dice.binomial(3, right))


def nearest_first(episode: Episode) -> None:
    for topic in sorted(episode.steps, key=lambda one: episode.steps[one]):
        episode.mend(topic)
        if not episode.blocking:
            return


def as_studyctl(episode: Episode) -> None:
    signs = {topic: Sign(episode.recall[topic], repair=episode.repair[topic]) for topic in episode.steps}
    told = blame.suspects(episode.steps, signs)
    for _ in range(4 * len(told)):
        step, one = blame.advice(told, episode.steps)
        if one is None:  # all explained away: look at what is left again, with other eyes
            left = [replace(each, odds=1.0, tested=False) for each in told if each.odds > 0]
            told = blame.weighed(left)
        elif step is Step.QUIZ:
            told = blame.after_quiz(told, one.topic, episode.ask(one.topic), 3)
        else:
            episode.mend(one.topic)
            told = blame.without(told, one.topic)
        if not episode.blocking:
            return
    nearest_first(episode)


def hours(strategy: Callable[[Episode], None], *, recalled: tuple[float, float], informed: bool) -> float:
    """The mean hours until unstuck over some hundred learners."""
    spent = []
    for seed in range(5):
        outline = layered(300, seed=seed)
        dice = np.random.default_rng(seed)
        nobody = bytearray(300)
        deep = [topic for topic in range(300) if len(blame.below(outline, topic, nobody)) >= 8]
        for topic in dice.choice(deep, 50):
            own = np.random.default_rng(seed * 1000 + int(topic))
            steps = blame.below(outline, int(topic), nobody)
            recall = {one: float(own.beta(*recalled)) for one in steps}
            missing = {one for one in steps if own.random() < 1 - recall[one]}
            blocking = {
                one
                for one in sorted(missing)
                if own.random() < blame.STRENGTH * blame.FAINTER ** (steps[one] - 1)
            }
            if blocking:
                repair = {one: outline.lines[one].hours * REDO for one in steps}
                told = recall if informed else dict.fromkeys(steps, 0.7)
                episode = Episode(steps, told, missing, blocking, repair, own)
                strategy(episode)
                spent.append(episode.spent)
    return float(np.mean(spent))


@pytest.mark.parametrize(
    ("recalled", "informed"),
    [((6, 1.5), True), ((6, 1.5), False), ((20, 1.2), True)],
    ids=["recall 0.80", "no cards seen", "recall 0.94"],
)
def test_the_way_out_takes_at_most_half_the_hours_of_nearest_first(
    recalled: tuple[float, float], informed: bool
):
    own = hours(as_studyctl, recalled=recalled, informed=informed)
    nearest = hours(nearest_first, recalled=recalled, informed=informed)
    print(f"stuck: {own:.1f} h, nearest prerequisite first: {nearest:.1f} h, ratio {own / nearest:.2f}")
    assert own <= 0.5 * nearest
