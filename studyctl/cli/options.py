"""Options that many verbs share, and the kinds of values that they take."""

from __future__ import annotations

import math
from typing import Any

import click


class Number(click.FloatRange):
    """A number in a range; nan, which click takes to be in every one, is in none, and neither is inf."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; click's own error if it is none or out of the range."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number", param, ctx)
        return number


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
