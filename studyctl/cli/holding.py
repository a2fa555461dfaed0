"""The cards and answers of a learner as arrays, as several verbs need them; loads numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studyctl.cli import gather
from studyctl.cli.workspace import Workspace
from studyctl.core.doubt import Doubt, doubt
from studyctl.core.fsrs_arrays import Floats, Trace, recall, trace
from studyctl.core.goals import interests
from studyctl.core.habits import Habits
from studyctl.core.held import Held, held
from studyctl.core.own_habits import habits
from studyctl.core.recall_history import Past, past
from studyctl.core.review_log import Judged, Log, judged, log
from studyctl.core.standing import Standing

SAMPLE = 1_500  # answers that are enough to know how somebody answers


@dataclass(frozen=True)
class Holding:
    """What there is to forecast from, each part read once."""

    work: Workspace
    where: Standing

    @cached_property
    def cards(self) -> Held:
        """The seen cards of the curriculum that are not suspended."""
        gone = set(self.work.history.gone())
        rows = [row for row in self.work.history.whole.cards() if row.card not in gone]
        return held(rows, self.where.outline.number, self.work.retention)

    @cached_property
    def log(self) -> Log:
        """All answers."""
        whole = self.work.history.whole
        return log(whole.answers(), whole.resets())

    @cached_property
    def trace(self) -> Trace:
        """The stabilities that all answers passed through."""
        told = self.log
        return trace(told.card, told.day, told.rating, self.parameters)

    @cached_property
    def past(self) -> Past:
        """What was known on any earlier day."""
        return past(self.log, self.trace.after, self.decay)

    @cached_property
    def scored(self) -> Judged:
        """What the model in force had predicted of them."""
        return judged(self.log, self.parameters, self.trace)

    @cached_property
    def parameters(self) -> tuple[float, ...]:
        """The parameters in force."""
        return self.work.history.parameters

    @property
    def decay(self) -> float:
        """The decay of the forgetting curve in force."""
        return self.parameters[20]

    @cached_property
    def _sample(self) -> tuple[Log, Judged]:
        whole = self.work.history.whole
        told = log(whole.answers(SAMPLE), whole.resets())
        return told, judged(told, self.parameters)

    @cached_property
    def habits(self) -> Habits:
        """How this learner answers, by a sample of the answers."""
        return habits(*self._sample)

    @cached_property
    def doubt(self) -> Doubt:
        """How far the stabilities may be off, by the same sample."""
        return doubt(self._sample[1], self.decay)

    @cached_property
    def recall(self) -> Floats:
        """The recall of each card today."""
        return recall(self.cards.stability, self.work.today - self.cards.last, self.decay)

    @cached_property
    def weight(self) -> Floats:
        """How much each card matters: as much as the learner's interest in its topic."""
        interest = self.work.settings.interest
        if not interest:
            return np.ones(len(self.cards.card))
        tracks = gather.track_topics(self.work)
        return np.array(interests(self.where, interest, tracks), np.float64)[self.cards.topic]


def holding(work: Workspace, where: Standing | None = None) -> Holding:
    """The learner's holding."""
    return Holding(work, where or gather.standing(work))
