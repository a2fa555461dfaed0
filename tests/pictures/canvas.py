"""A small canvas for the pictures of the curriculum: mathematical coordinates in, SVG text out.

The pictures are few and plain, and must come out byte for byte alike everywhere, which a plotting
library does not promise; so they are put together here. They carry their own light ground, since
the card behind them may be light or dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

Point = tuple[float, float]
INK, BLUE, RED, GREEN, SHADE = "#1f2933", "#1d5fb4", "#b3261e", "#1b7a43", "#cfe0f5"
WIDTH = 360  # pixels; the height follows from the part of the plane that is shown


class Canvas:
    """A part of the plane, `x` and `y` from their least to their greatest; one unit is as long in both if `square`."""

    def __init__(self, title: str, x: Point, y: Point, *, square: bool = True, height: int = 220) -> None:
        self._title = title
        self._x, self._y = x, y
        self._scale_x = WIDTH / (x[1] - x[0])
        self._scale_y = self._scale_x if square else height / (y[1] - y[0])
        self._height = round(self._scale_y * (y[1] - y[0]))
        self._parts: list[str] = []

    def _place(self, point: Point) -> str:
        across = (point[0] - self._x[0]) * self._scale_x
        down = (self._y[1] - point[1]) * self._scale_y
        return f"{across:.1f},{down:.1f}"

    def _path(self, points: Iterable[Point]) -> str:
        return " ".join(map(self._place, points))

    def line(self, *points: Point, colour: str = INK, width: float = 2, dash: bool = False) -> None:
        """Straight lines from point to point."""
        dashes = ' stroke-dasharray="5 4"' if dash else ""
        self._parts.append(
            f'<polyline points="{self._path(points)}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashes}/>'
        )

    def area(self, *points: Point, colour: str = SHADE) -> None:
        """A filled shape."""
        self._parts.append(f'<polygon points="{self._path(points)}" fill="{colour}"/>')

    def curve(
        self,
        f: Callable[[float], Point],
        start: float,
        stop: float,
        colour: str = BLUE,
        *,
        dash: bool = False,
    ) -> None:
        """The curve of the points f(t)."""
        self.line(*points(f, start, stop), colour=colour, dash=dash)

    def arrow(self, start: Point, stop: Point, colour: str = INK) -> None:
        """An arrow; its head has the size of a letter."""
        ax, ay = (float(part) for part in self._place(start).split(","))
        bx, by = (float(part) for part in self._place(stop).split(","))
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        ux, uy = (bx - ax) / length, (by - ay) / length
        sides = [(bx - 9 * ux + side * 4 * uy, by - 9 * uy - side * 4 * ux) for side in (1, -1)]
        head = " ".join(f"{px:.1f},{py:.1f}" for px, py in ((bx, by), *sides))
        self._parts.append(
            f'<line x1="{ax:.1f}" y1="{ay:.1f}" x2="{bx - 6 * ux:.1f}" y2="{by - 6 * uy:.1f}" '
            f'stroke="{colour}" stroke-width="2"/><polygon points="{head}" fill="{colour}"/>'
        )

    def dot(self, *places: Point, colour: str = INK) -> None:
        """Points."""
        for place in places:
            across, down = self._place(place).split(",")
            self._parts.append(f'<circle cx="{across}" cy="{down}" r="3.5" fill="{colour}"/>')

    def text(self, place: Point, words: str, colour: str = INK, anchor: str = "middle") -> None:
        """Words, their baseline at a point."""
        across, down = self._place(place).split(",")
        self._parts.append(
            f'<text x="{across}" y="{down}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def axes(self) -> None:
        """Both axes, as far as they are in sight."""
        if self._y[0] <= 0 <= self._y[1]:
            self.line((self._x[0], 0), (self._x[1], 0), width=1)
        if self._x[0] <= 0 <= self._x[1]:
            self.line((0, self._y[0]), (0, self._y[1]), width=1)

    def svg(self) -> str:
        """The picture."""
        box = f'viewBox="0 0 {WIDTH} {self._height}" width="{WIDTH}" height="{self._height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="sans-serif" font-size="14">'
        ground = f'<rect width="{WIDTH}" height="{self._height}" rx="6" fill="#ffffff"/>'
        return "\n".join([head, f"<title>{escape(self._title)}</title>", ground, *self._parts, "</svg>\n"])


def points(f: Callable[[float], Point], start: float, stop: float, count: int = 96) -> Sequence[Point]:
    """Points f(t) at equal steps of t."""
    return [f(start + (stop - start) * step / count) for step in range(count + 1)]
