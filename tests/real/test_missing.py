"""What a test does when the real thing is not on this machine."""

from __future__ import annotations

import pytest

from .conftest import missing, program


def test_what_is_missing_is_a_skip_with_a_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("STUDYCTL_REQUIRE_REAL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="a dragon is missing: feed it"):
        missing("a dragon", "feed it")


def test_what_is_missing_is_a_failure_in_the_gate(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STUDYCTL_REQUIRE_REAL", "1")
    with pytest.raises(pytest.fail.Exception, match="a dragon is missing: install one of"):
        program("a dragon", ["no-such-dragon"])
