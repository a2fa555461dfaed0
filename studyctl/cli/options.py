"""Options that many verbs share, and the kinds of values that they take."""

from __future__ import annotations

import math
import re
from typing import Any

import click

_NEGATIVE = re.compile(r"-[\d.]+")


class Number(click.FloatRange):
    """A number in a range; nan, which click takes to be in every one, is in none, and neither is inf."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; click's own error if it is none or out of the range."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number", param, ctx)
        return number


class TakesNegative(click.Command):
    """A command that understands a negative number as a value, so that it can say what is wrong with it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; ``-5`` is no option then."""
        ctx.ignore_unknown_options = any(_NEGATIVE.fullmatch(one) for one in args)
        return super().parse_args(ctx, args)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
