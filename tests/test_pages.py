"""The pages of the manual that are made are up to date."""

from __future__ import annotations

import pytest
from pages.__main__ import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_made_page_is_up_to_date(name: str):
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "run: python -m tests.pages"
