"""What `new` writes: the beginning of a topic or a track, with everything explained in comments.

What has to be filled in says TODO, and `check` names it until it is; the rest passes as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from studyctl.core.curriculum import title_of

_TOPIC = """\
# The format: docs/curriculum-format.md. Whatever says TODO is yours to write;
# studyctl check tells what is missing.
title: {title}
summary: TODO                # two sentences: what it is, and what one can do with it
hours: 6                     # of study, reviews apart
{kind}
# What must be learnt first, and what of it is needed here. practises (0 to 1) says how far
# work on this topic exercises that one, too.
requires:
#  - {{topic: derivatives, why: "the rule multiplies two of them", practises: 0.5}}

# Useful before, but never blocking; and lists of which one topic is enough.
# helps: [functions-and-relations]
# any_of: [[python-basics, julia-basics]]

# Something checkable that one can do at the end; three to five of them.
objectives:
  - {{id: first, text: TODO}}

# ref is a key of resources.yaml; one text to work through is core, the others are extra.
resources:
#  - {{ref: some-book, where: "Title of the chapter", role: core}}

{end}
# Six to twelve cards. An id is never changed and never used again. Quote math in single quotes.
cards:
  - id: first
    objective: first
    q: TODO                  # one clear question, understood without having read the source
    a: TODO                  # one right answer, 25 words at most
#    extra: 'Small print under the answer.'
#    source: {{ref: some-book, where: "Title of the section"}}
#  - {{id: second, objective: first, cloze: 'In $a + b = c$, {{{{c1::$a$}}}} is a summand.'}}
#  - {{id: third, objective: first, q: 'How much is $6 \\cdot 7$?', a: '42', typed: true}}
"""

_EXIT_TEST = """\
# Who can answer these unaided can go on; three to eight questions.
exit_test:
#  - {q: 'How much is $6 \\cdot 7$?', a: '42', objective: first}
"""

_PROJECT = """\
# What exists at the end, and the mark at which it has succeeded.
project:
  deliverable: TODO
  pass: TODO
"""

_TRACK = """\
# The format: docs/curriculum-format.md. Whatever says TODO is yours to write;
# studyctl check tells what is missing.
title: {title}
summary: TODO                # where it leads
for_whom: TODO               # who it is for
# begin: place               # begin with placement

# Stretches of the way, each with its topics in the order in which they are best met. What they
# require need not be named: studyctl plan adds it.
sections:
  - title: {title}
    topics: [{topics}]
#    optional: [side-roads]
"""


def topic_template(name: str, kind: str, title: str = "") -> str:
    """The beginning of a topic file."""
    return _TOPIC.format(
        title=_scalar(title or title_of(name)),
        kind="" if kind == "concept" else f"kind: {kind}\n",
        end=_PROJECT if kind == "project" else _EXIT_TEST,
    )


def track_template(name: str, topics: Sequence[str], title: str = "") -> str:
    """The beginning of a track file over some topics."""
    return _TRACK.format(title=_scalar(title or title_of(name)), topics=", ".join(topics))


def _scalar(text: str) -> str:
    """Text as YAML in single quotes, which take everything as it is; on one line."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
