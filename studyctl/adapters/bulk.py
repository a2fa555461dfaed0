"""Loading much at once without the garbage collector looking through all of it again and again.

Python's collector is woken by the number of new objects; while thousands of rows become values
it would walk over them several times and find nothing, which takes three quarters of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bulk() -> Iterator[None]:
    """The collector rests inside, unless it rested already."""
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()
