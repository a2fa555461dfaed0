"""A curriculum of 444 topics in the shape that a grown one has: areas of many sizes, long chains, many links.

Its graph is about 25 deep, four of ten prerequisites lie in another area, some follow from others, and titles
take from one word to more than fit into a box. For the pictures of the graph, which must stay readable then.
"""

from __future__ import annotations

import random
from pathlib import Path

SIZES = (  # of areas; those that come first stand on little
    7, 15, 16, 16, 6, 6, 18, 5, 9, 13, 16, 13, 6, 5, 20, 10, 4, 15, 18, 8, 26, 8, 6, 24, 12, 16, 19, 5, 5, 24, 16, 9,
    18, 30,
)  # fmt: skip
TEXT = (
    "linear maps matrices limits proofs of and the for in general bounded random variables gradients inference "
    "initialization normalization approximation logic sets games models learning theory practice spaces measure "
    "optimization regularization embeddings attention evaluation consistency"
)
WORDS = TEXT.split()


def write(folder: Path, seed: int = 3) -> Path:
    """The curriculum's files below `folder`."""
    dice = random.Random(seed)
    areas = "".join(f"area-{at:02d}: {{title: {_title(dice, 28)}}}\n" for at in range(len(SIZES)))
    (folder / "topics").mkdir(parents=True)
    (folder / "areas.yaml").write_text(areas, encoding="utf-8")
    earlier: list[str] = []
    for at, size in enumerate(SIZES):
        area = folder / f"topics/area-{at:02d}"
        area.mkdir()
        own: list[str] = []
        for number in range(size):
            name = f"topic-{at:02d}-{number:02d}"
            needs = {dice.choice(own[-5:])} if own and dice.random() < 0.85 else set()
            needs |= {dice.choice(own)} if own and dice.random() < 0.25 else set()
            needs |= (
                {dice.choice(earlier[-120:])} if earlier and dice.random() < (0.6 if own else 1) else set()
            )
            requires = ", ".join(f"{{topic: {need}, why: needed}}" for need in sorted(needs))
            (area / f"{name}.yaml").write_text(
                f"title: {_title(dice, 58)}\nsummary: A topic. One can do it.\n"
                f"hours: {dice.randrange(2, 15)}\nrequires: [{requires}]\n",
                encoding="utf-8",
            )
            own.append(name)
        earlier += own
    return folder


def _title(dice: random.Random, longest: int) -> str:
    title = dice.choice(WORDS).capitalize()
    while len(title) < longest - 16 and dice.random() < 0.75:
        title += f" {dice.choice(WORDS)}"
    return title
