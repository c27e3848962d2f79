"""Helpers of the reader's tests: where the documents are and short ways to ask for one kind of result."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared" / "documents"


def flat(text: str) -> str:
    """A text without its white space, as results quote it."""
    return "".join(text.split())


@pytest.fixture
def shared() -> Path:
    """The shared documents beside the repository; skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared documents are not beside this repository")
    return SHARED
