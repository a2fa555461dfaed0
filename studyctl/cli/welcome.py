"""What bare `studyctl` shows: five verbs to someone new, the status to everybody else."""

from __future__ import annotations

from studyctl.cli.workspace import Workspace

WELCOME = """\
studyctl helps you to study mathematics, machine learning and AI alignment
beside a job, and to keep what you learnt. Five commands to begin with:

  studyctl next               what to study tonight, and why
  studyctl know TOPIC         say what you know already
  studyctl goal add TRACK     choose where to go (studyctl tracks lists them)
  studyctl start TOPIC        begin; studyctl done TOPIC when you have it
  studyctl review             keep it, a few minutes a day

All others: studyctl --help"""


def begin(work: Workspace) -> None:
    """Show what studyctl is to an empty home, else where the learner stands."""
    if any((work.home / "journal").glob("*.jsonl")):
        from studyctl.cli.status import show  # noqa: PLC0415

        show(work)
    else:
        work.say(WELCOME)
