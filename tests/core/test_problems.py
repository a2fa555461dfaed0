"""Names that are near to what somebody wrote."""

from __future__ import annotations

from studyctl.core.problems import nearest


def test_large_letters_are_no_reason_to_find_nothing():
    assert ("svd",) == nearest("SVD", ["svd", "entropy"])
    assert ("Julia",) == nearest("julai", ["Julia", "entropy"])
    assert () == nearest("xyz", ["svd", "entropy"])
