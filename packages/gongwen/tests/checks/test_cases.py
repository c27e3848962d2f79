"""Each check on its own sentences: caught with severity and place, or silent."""

from __future__ import annotations

import pytest
from cases import CAUGHT, SILENT

from gongwen import check, read
from gongwen.models import Remark


def remarks(text: str, code: str) -> list[Remark]:
    return [remark for remark in check(read(text)) if remark.code == code]


@pytest.mark.parametrize(
    ("code", "text", "severity", "words"),
    [
        pytest.param(code, *case, id=f"{code}-{n}")
        for code, cases in CAUGHT.items()
        for n, case in enumerate(cases)
    ],
)
def test_is_remarked_at_its_place(code: str, text: str, severity: str, words: str) -> None:
    found = remarks(text, code)
    assert [remark.severity for remark in found] == [severity]
    remark = found[0]
    place = "".join(text[remark.span.start : remark.span.end].split())
    assert words in place
    assert remark.message.endswith("。")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param(code, text, id=f"{code}-{n}")
        for code, texts in SILENT.items()
        for n, text in enumerate(texts)
    ],
)
def test_stays_silent(code: str, text: str) -> None:
    assert remarks(text, code) == []
