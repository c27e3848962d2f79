"""制度文件: cited documents against the register."""

from __future__ import annotations

import pytest

from tests.unit.bulletins.checks.drafts import draft, troubles, words

REGISTER = {
    "甲县公务接待管理办法": "revised",
    "甲县财政专项资金绩效评价细则（试行）": "new",
    "甲县政府投资项目全过程管理办法": "new",
    "乙省党内监督实施细则": "superior",
}


def found(text: str) -> list[tuple[str, str]]:
    made = draft(text, policies=REGISTER)
    return [
        (t.code, words(made, t.place))
        for t in troubles(made, "document.unknown", "document.role", "document.count", "document.superior")
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("制定《甲县政府投资项目全过程管理办法》。", []),
        ("出台《甲县财政专项资金绩效评价细则》。", []),  # （试行） aside
        ("修订《甲县公务接待管理办法》。", []),
        ("制定修订《甲县公务接待管理办法》《甲县政府投资项目全过程管理办法》。", []),
        ("制定《甲县公务接待管理办法》。", ["document.role"]),
        ("修订《甲县政府投资项目全过程管理办法》。", ["document.role"]),
        ("制定《甲县国有企业招聘管理规定》。", ["document.unknown"]),
        ("出台《甲县公务接待管理规定》。", ["document.unknown"]),
        ("印发《甲县县委巡察反馈意见整改落实方案》。", []),  # the plan of the rectification itself
        ("认真学习《中国共产党巡视工作条例》。", []),
        ("认真学习《乙省党内监督实施细则》。", []),
        ("认真学习《乙省党内监督的实施细则》。", ["document.superior"]),
        ("签订《校地合作框架协议》。", []),
        (
            "制定制度1项：《甲县财政专项资金绩效评价细则》《甲县政府投资项目全过程管理办法》。",
            ["document.count"],
        ),
        ("新建制度3项：《甲县财政专项资金绩效评价细则》《甲县政府投资项目全过程管理办法》等。", []),
    ],
)
def test_cited_documents(text: str, codes: list[str]) -> None:
    assert [code for code, _ in found(text)] == codes


def test_a_title_that_differs_slightly_names_the_registered_one() -> None:
    made = draft("出台《甲县公务接待管理规定》。", policies=REGISTER)
    (trouble,) = troubles(made, "document.unknown")
    assert "《甲县公务接待管理办法》" in trouble.sentence
    assert "甲县公务接待管理规定" in words(made, trouble.place)


def test_what_the_register_has_nothing_like_is_simply_unknown() -> None:
    (trouble,) = troubles(draft("制定《甲县农房安全隐患清单》。", policies=REGISTER), "document.unknown")
    assert "相近" not in trouble.sentence
