"""Events as the lines that the journal writes: many of one shape at a time, since a pull has a hundred thousand.

The events of a portion are turned into columns and each column into text at once; one event takes
the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice, repeat
from typing import Any

from studyctl.core.events import ENVELOPE, VERSION, Event
from studyctl.core.time import to_iso

_BLOCK = 1 << 11  # events made into text at once, which stay in the processor's cache
_MANY = 5_000  # events from which on numpy, which has to be loaded, is faster
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_text = json.encoder.encode_basestring
_INTEGERS = {int}
_TEXTS = {str}


def to_lines(events: Sequence[Event]) -> Iterator[bytes]:
    """The lines of events one after the other, every newline included, in portions."""
    moments = iter(_moments([event.at for event in events]))
    for _, alike in groupby(events, _kind):
        while portion := list(islice(alike, _BLOCK)):
            yield _portion(portion, moments)


def _moments(ats: Sequence[int]) -> Iterable[str]:
    """Moments as `studyctl.core.time.to_iso` writes them."""
    if len(ats) < _MANY:
        return map(to_iso, ats)
    import numpy as np  # noqa: PLC0415 (most commands write a line or two)

    told: list[str] = np.datetime_as_string(np.array(ats, "datetime64[ms]"), timezone="UTC").tolist()
    return told


def _kind(event: Event) -> tuple[str, tuple[str, ...]]:
    return event.do, tuple(event.facts)


def _portion(events: Sequence[Event], moments: Iterator[str]) -> bytes:
    """The lines of events of one kind with the same facts."""
    names, _, offsets, batches, dos, facts = zip(*events, strict=True)
    columns = [_values([told[key] for told in facts]) for key in facts[0]]
    # `moments` goes on behind this portion, so the names, which end, come first
    rows = zip(map(_text, names), moments, offsets, map(_text, batches), *columns, strict=False)
    lines = list(map(str.__mod__, repeat(_shape(dos[0], tuple(facts[0]))), rows))
    try:
        return "".join(lines).encode()
    except UnicodeEncodeError:  # half a surrogate, from an argument that was no UTF-8
        return b"".join(json.dumps(json.loads(line), allow_nan=False).encode() + b"\n" for line in lines)


def _values(column: Sequence[Any]) -> Iterable[object]:
    """The values of one key as JSON."""
    kinds = set(map(type, column))
    if kinds == _INTEGERS:
        return column
    return map(_text if kinds == _TEXTS else _JSON.encode, column)


@lru_cache(maxsize=256)
def _shape(do: str, keys: tuple[str, ...]) -> str:
    """The line of an event with gaps for its values."""
    assert ENVELOPE.isdisjoint(keys), f"{do}: a fact has the name of an envelope's key"
    head = f'{{"v": {VERSION}, "id": %s, "at": "%s", "offset": %s, "batch": %s, "do": {_plain(do)}'
    return head + "".join(f", {_plain(key)}: %s" for key in keys) + "}\n"


def _plain(text: str) -> str:
    """A text in a line in which a per cent sign marks a gap."""
    return _text(text).replace("%", "%%")
