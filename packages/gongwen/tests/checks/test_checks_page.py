"""The page on checks is what the checks themselves say."""

from __future__ import annotations

from cases import CAUGHT
from make_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_code_is_explained() -> None:
    written = page()
    assert [code for code in CAUGHT if f"`{code}`" not in written] == []
