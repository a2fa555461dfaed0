"""studyctl: study beside a job, and keep what you learnt.

A tour, in the order in which it is best read:

`studyctl.core` holds the words and the rules, as pure functions on frozen values:
`curriculum` (what can be learnt), `outline` (its prerequisite graph), `events` and `fold`
(what happened, and the state told from it), `memory` (what is remembered of a card),
`mastery` (of a topic), `order` and `plan` (what comes next, and when), `session` (one sitting).
`studyctl.adapters` meets the world: YAML files, the journal, the cache, FSRS, Anki.
`studyctl.ui` turns values into screens. `studyctl.cli` parses, gathers a value, shows it.

Arrows run downward only: cli may import all, adapters and ui import core, core imports
the standard library; a test keeps it so.
"""

__version__ = "0.1.0"  # a constant: reading it from the metadata costs every start-up 60 ms
