"""Draws the pictures of the curriculum: `python -m tests.pictures.draw` writes those that changed.

Each is named `<topic>-<card>.svg` and lies in the `media/` of its area; the card's `extra` shows it
with a text for who cannot see it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from .canvas import BLUE, GREEN, INK, RED, Canvas, Point, points

TOPICS = Path(__file__).parents[2] / "curriculum" / "topics"


def tangent_to_log() -> Canvas:
    made = Canvas("The graph of log x lies below its tangent x - 1", (-0.6, 4.2), (-1.6, 2.6))
    made.axes()
    made.curve(lambda x: (x, math.log(x)), 0.2, 4.2)
    made.line((-0.6, -1.6), (3.6, 2.6), colour=RED)
    made.dot((1, 0))
    made.text((3.5, 0.85), "log x", BLUE)
    made.text((2.35, 2.1), "x − 1", RED)
    return made


def riemann_gap() -> Canvas:
    made = Canvas(
        "Right minus left Riemann sum of an increasing function: one column", (-0.2, 5.4), (-0.3, 2.6)
    )

    def f(x: float) -> float:
        return 0.5 + 0.08 * x * x

    for at in range(4):
        made.area((at, f(at)), (at, f(at + 1)), (at + 1, f(at + 1)), (at + 1, f(at)))
        made.area((4.3, f(at)), (4.3, f(at + 1)), (5.3, f(at + 1)), (5.3, f(at)))
        made.line((at, 0), (at, f(at + 1)), (at + 1, f(at + 1)), (at + 1, 0), width=1)
        made.line((at, f(at)), (at + 1, f(at)), width=1)
        made.line((4.3, f(at)), (5.3, f(at)), (5.3, f(at + 1)), (4.3, f(at + 1)), (4.3, f(at)), width=1)
    made.line((-0.2, 0), (5.4, 0), width=1)
    made.curve(lambda x: (x, f(x)), 0, 4)
    made.text((4.8, 2.0), "f(b) − f(a)", INK)
    made.text((4.8, 0.18), "(b − a)/n", INK)
    return made


def root_polygon() -> Canvas:
    made = Canvas("The five fifth roots of a number lie on a regular pentagon", (-2.2, 2.2), (-1.4, 1.4))
    made.axes()
    made.curve(lambda t: (math.cos(t), math.sin(t)), 0, 2 * math.pi, "#7b8794", dash=True)
    roots = [(math.cos(0.5 + k * math.tau / 5), math.sin(0.5 + k * math.tau / 5)) for k in range(5)]
    made.line(*roots, roots[0], colour=BLUE)
    made.line((0, 0), roots[0], colour=RED)
    made.line((0, 0), roots[1], colour=RED)
    made.dot(*roots)
    made.text((0.1, 0.5), "2π/5", RED, "start")
    return made


def closest_point() -> Canvas:
    made = Canvas(
        "b, its projection Pb and another point u of U form a right triangle", (-0.5, 5.5), (-0.7, 3)
    )
    made.line((-0.5, -0.125), (5.5, 1.375), width=1.5)
    b, p, u = (2.0, 2.75), (2.5294, 0.6324), (4.6, 1.15)
    made.line(b, p, colour=RED)
    made.line(p, u, colour=GREEN, width=3)
    made.line(b, u, colour=BLUE, dash=True)
    across, down = (0.2425, 0.0606), (-0.0606, 0.2425)
    corner = [(p[0] + down[0], p[1] + down[1]), (p[0] + across[0] + down[0], p[1] + across[1] + down[1])]
    made.line(*corner, (p[0] + across[0], p[1] + across[1]), width=1)
    made.dot(b, p, u)
    made.text((1.75, 2.75), "b", INK)
    made.text((2.53, 0.25), "Pb", INK)
    made.text((4.7, 0.78), "u", INK)
    made.text((0.3, 0.3), "U", INK)
    return made


def image_of_the_disk() -> Canvas:
    made = Canvas(
        "A matrix sends the unit circle to an ellipse with the singular values as semi-axes",
        (-1.4, 6),
        (-1.7, 1.7),
    )
    turn, s1, s2, there = math.radians(25), 1.7, 0.6, 4.0

    def image(a: float) -> Point:
        x, y = s1 * math.cos(a), s2 * math.sin(a)
        return (there + x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))

    made.area(*points(lambda a: (math.cos(a), math.sin(a)), 0, math.tau))
    made.area(*points(image, 0, math.tau))
    made.curve(lambda a: (math.cos(a), math.sin(a)), 0, math.tau)
    made.curve(image, 0, math.tau)
    made.arrow((0, 0), (math.cos(0.9), math.sin(0.9)), RED)
    made.arrow((0, 0), (-math.sin(0.9), math.cos(0.9)), GREEN)
    made.arrow((there, 0), image(0), RED)
    made.arrow((there, 0), image(math.pi / 2), GREEN)
    made.arrow((1.2, 0), (2.15, 0), INK)
    made.text((1.65, 0.15), "A", INK)
    made.text((0.62, 0.25), "v₁", RED)
    made.text((-0.62, 0.1), "v₂", GREEN)
    made.text((4.75, 0.02), "σ₁u₁", RED)
    made.text((3.35, 0.5), "σ₂u₂", GREEN)
    return made


def first_order() -> Canvas:
    made = Canvas("A convex function lies on or above each of its tangents", (-2.4, 2.9), (-1.2, 2.6))
    made.axes()

    def f(x: float) -> float:
        return 0.35 * x * x + 0.12 * x**4 / 4 + 0.1

    def slope(x: float) -> float:
        return 0.7 * x + 0.12 * x**3

    made.curve(lambda x: (x, f(x)), -2.4, 2.4)
    for at, colour in ((1.2, RED), (-1.0, GREEN)):
        made.line(*((x, f(at) + slope(at) * (x - at)) for x in (at - 1.8, at + 1.5)), colour=colour)
        made.dot((at, f(at)), colour=colour)
    made.text((1.75, 2.1), "f", BLUE)
    return made


def normal_curve(x: float, mean: float = 0.0) -> float:
    """The density of a normal distribution with variance 1."""
    return math.exp(-((x - mean) ** 2) / 2) / math.sqrt(math.tau)


def standard_deviations() -> Canvas:
    made = Canvas(
        "Under the normal curve 68 % lie within one standard deviation, 95 % within two",
        (-3.6, 3.6),
        (-0.08, 0.46),
        square=False,
    )
    for reach, colour in ((2, "#e4eefa"), (1, "#b9d2f0")):
        made.area(
            (-reach, 0), *points(lambda x: (x, normal_curve(x)), -reach, reach), (reach, 0), colour=colour
        )
    made.line((-3.6, 0), (3.6, 0), width=1)
    made.curve(lambda x: (x, normal_curve(x)), -3.6, 3.6)
    for at, words in ((-2, "μ − 2σ"), (-1, "μ − σ"), (0, "μ"), (1, "μ + σ"), (2, "μ + 2σ")):
        made.line((at, 0), (at, -0.012), width=1)
        made.text((at, -0.06), words)
    made.text((0, 0.16), "68 %")
    made.text((-1.5, 0.03), "95 %", anchor="middle")
    return made


def ravine() -> Canvas:
    made = Canvas("Gradient descent zigzags across a ravine and creeps along it", (-0.6, 5), (-1.3, 1.3))
    for level in (0.5, 1.0, 1.6, 2.4, 3.4, 4.6):
        made.curve(
            lambda t, level=level: (level * math.cos(t), level * math.sin(t) / 4),
            -math.pi,
            math.pi,
            "#9fb3c8",
        )
    path = [(4.2, 0.95)]
    for _ in range(12):
        x, y = path[-1]
        path.append((x * (1 - 0.11), y * (1 - 0.11 * 16)))
    made.line(*path, colour=RED)
    made.dot(*path, colour=RED)
    made.dot((0, 0))
    made.text((4.45, 1.05), "start", RED, "start")
    return made


def tangent_contour() -> Canvas:
    made = Canvas(
        "At the maximum of f on the curve g = c a contour of f touches the curve", (-2.6, 3.4), (-1.9, 2.1)
    )
    for level in (-1.414, 0.3, 2.0, 3.7):
        made.line((level + 1.9, -1.9), (level - 2.1, 2.1), colour="#9fb3c8", width=1.5)
    made.curve(lambda t: (1.414 * math.cos(t), 1.414 * math.sin(t)), 0, math.tau)
    made.arrow((1, 1), (1.75, 1.75), RED)
    made.arrow((1, 1), (1.4, 1.4), GREEN)
    made.arrow((-1.414, 0), (-0.66, 0.75), RED)
    made.arrow((-1.414, 0), (-2.2, 0), GREEN)
    made.dot((1, 1), (-1.414, 0))
    made.text((1.85, 1.5), "∇f", RED, "start")
    made.text((1.15, 1.55), "∇g", GREEN, "end")
    made.text((-0.6, 0.55), "∇f", RED, "start")
    made.text((-2.2, -0.35), "∇g", GREEN)
    made.text((0.55, -0.75), "g = c", BLUE)
    return made


def two_errors() -> Canvas:
    made = Canvas(
        "The two errors of a test: beyond the threshold under the null, short of it under the alternative",
        (-3.4, 6),
        (-0.08, 0.5),
        square=False,
    )
    cut, away = 1.645, 2.6
    made.area((cut, 0), *points(lambda x: (x, normal_curve(x)), cut, 4), (4, 0), colour="#f3b8b2")
    made.area((-1, 0), *points(lambda x: (x, normal_curve(x, away)), -1, cut), (cut, 0), colour="#bfe3cd")
    made.line((-3.4, 0), (6, 0), width=1)
    made.curve(lambda x: (x, normal_curve(x)), -3.4, 6, RED)
    made.curve(lambda x: (x, normal_curve(x, away)), -3.4, 6, GREEN)
    made.line((cut, 0), (cut, 0.46), dash=True)
    made.text((-0.2, 0.42), "H₀", RED)
    made.text((2.9, 0.42), "H₁", GREEN)
    made.text((1.92, 0.012), "α", RED)
    made.text((1.0, 0.04), "β", GREEN)
    made.text((2.75, 0.16), "power", GREEN)
    made.text((cut, -0.06), "reject from here on")
    return made


PICTURES: dict[str, Callable[[], Canvas]] = {
    "calculus/media/derivatives-tangent-to-log.svg": tangent_to_log,
    "calculus/media/integrals-left-right-gap.svg": riemann_gap,
    "calculus/media/complex-numbers-root-polygon.svg": root_polygon,
    "linear-algebra/media/projections-and-least-squares-why-closest.svg": closest_point,
    "linear-algebra/media/svd-image-of-the-disk.svg": image_of_the_disk,
    "multivariable-calculus/media/lagrange-multipliers-why-parallel.svg": tangent_contour,
    "optimization/media/convex-functions-first-order.svg": first_order,
    "optimization/media/gradient-descent-standardise.svg": ravine,
    "probability/media/continuous-random-variables-standardise.svg": standard_deviations,
    "statistics/media/hypothesis-testing-power-z.svg": two_errors,
}


def main() -> None:
    """Write the pictures that are not as they are drawn."""
    for name, draw in PICTURES.items():
        path, text = TOPICS / name, draw().svg()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
