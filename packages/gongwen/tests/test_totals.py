"""Which figures are counts a document states about its own rectification, and which look like them."""

from __future__ import annotations

import pytest

from gongwen import read

# words, labels of the totals among their figures
TOTALS = [
    ("反馈问题38个，制定整改措施112条。", ["反馈问题", "整改措施"]),
    # the unit is one of figures that count problems, but it says by how much they became fewer
    ("全市信访件同比减少38件。", []),
    # the unit alone bars it
    ("整改问题涉及公里数38公里。", []),
    ("反馈问题整改率为94.7%。", ["反馈问题整改率"]),
    # a rate of one's own has a short name; one of ten characters speaks of something else
    ("老旧小区改造项目整改完成率为94.7%。", []),
    ("群众满意率为94.7%。", []),
    # no problem, task or measure is counted at all
    ("新建泵站17个。", []),
    # what was done is named, but it is a meeting's
    ("召开问题专题会议17个。", []),
]


@pytest.mark.parametrize(("words", "labels"), TOTALS)
def test_totals_are_of_the_documents_own(words: str, labels: list[str]) -> None:
    assert [total.label for total in read(words).totals] == labels
