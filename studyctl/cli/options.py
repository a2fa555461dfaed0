"""Options that many verbs share."""

from __future__ import annotations

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
