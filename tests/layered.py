"""Random curricula for simulations: layers of topics, each standing on a few of earlier ones."""

from __future__ import annotations

import numpy as np

from studyctl.core.outline import Line, Outline


def layered(count: int = 300, areas: int = 8, seed: int = 0) -> Outline:
    """About sqrt(count)/1.4 layers, one to three prerequisites each, three of four in the own area."""
    dice = np.random.default_rng(seed)
    layers = max(4, int(np.sqrt(count) / 1.4))
    layer = np.sort(dice.integers(0, layers, count))
    layer[0] = 0
    area = dice.integers(0, areas, count)
    members: dict[tuple[int, int], list[int]] = {}
    for topic in range(count):
        members.setdefault((layer[topic], area[topic]), []).append(topic)
    starts = np.searchsorted(layer, np.arange(layers + 1))
    requires: list[tuple[int, ...]] = []
    for topic in range(count):
        needs: set[int] = set()
        for _ in range(dice.integers(1, 4) if layer[topic] else 0):
            back = max(0, layer[topic] - int(dice.geometric(0.6)))
            if dice.random() < 0.75 and (back, area[topic]) in members:
                needs.add(int(dice.choice(members[back, area[topic]])))
            elif starts[back + 1] > starts[back]:
                needs.add(int(dice.integers(starts[back], starts[back + 1])))
        requires.append(tuple(sorted(need for need in needs if need < topic)))
    hours = np.clip(dice.lognormal(np.log(3.3), 0.6, count), 0.5, 20)
    lines = [
        Line(f"t{n}", f"Topic {n}", f"area-{area[n]}", "concept", float(hours[n]), 10) for n in range(count)
    ]
    nothing: list[tuple[int, ...]] = [()] * count
    return Outline(lines, requires, [()] * count, nothing, [{}] * count)
