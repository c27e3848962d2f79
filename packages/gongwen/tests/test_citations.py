"""Documents in 《…》: words → title, verb, role."""

from __future__ import annotations

import pytest

from gongwen import read

CITATIONS = [
    ("印发《甲办法》", [("甲办法", "印发", "new")]),
    ("修订《甲规则》", [("甲规则", "修订", "revised")]),
    ("认真落实《甲措施》", [("甲措施", "认真落实", "existing")]),
    ("严格执行《中国共产党甲条例》", [("中国共产党甲条例", "严格执行", "superior")]),
    ("与邻市签订《甲合作框架协议》", [("甲合作框架协议", "签订", "agreement")]),
    ("研究制定《甲整改落实方案》", [("甲整改落实方案", "研究制定", "plan")]),
    # the verb is shared by an enumeration
    ("制定《甲》《乙》等2项制度", [("甲", "制定", "new"), ("乙", "制定", "new")]),
    (
        "学习《甲意见》和省委办公厅《乙措施》",
        [("甲意见", "学习", "existing"), ("乙措施", "学习", "superior")],
    ),
    # or stands behind
    ("舞台剧《甲》在大剧院上演", [("甲", "上演", "other")]),
    ("《甲规划》已经市政府常务会议审议通过", [("甲规划", "审议通过", "new")]),
    ("《甲制度》得到严格执行", [("甲制度", "执行", "existing")]),
    # … of a whole enumeration, also with a name for all of it
    ("《甲意见》《乙计划》相继出台", [("甲意见", "出台", "new"), ("乙计划", "出台", "new")]),
    (
        "《甲制度》《乙制度》“两项制度”全面落实",
        [("甲制度", "落实", "existing"), ("乙制度", "落实", "existing")],
    ),
    # a verb behind the one before is not that of the next
    (
        "《甲方案》经审议通过后印发，《乙台账》实行销号管理",
        [("甲方案", "审议通过", "new"), ("乙台账", None, "other")],
    ),
    # a volume or an issue number does not end an enumeration
    (
        "学习《甲文集》第四卷、《乙条例》（某发\u30142025\u30153号）和《丙规定》",
        [("甲文集", "学习", "existing"), ("乙条例", "学习", "existing"), ("丙规定", "学习", "existing")],
    ),
    ("学习宣传贯彻《甲办法》", [("甲办法", "学习宣传贯彻", "existing")]),
    ("向社会公开《甲指南》", [("甲指南", "公开", "new")]),
    # nesting: only the outermost counts
    ("制定《市贯彻〈省甲办法〉若干措施》", [("市贯彻〈省甲办法〉若干措施", "制定", "new")]),
    ("制定《市贯彻《省甲办法》若干措施》", [("市贯彻《省甲办法》若干措施", "制定", "new")]),
    # broken by the page in mid-word
    ("印发《甲\n\n办 法》", [("甲办法", "印发", "new")]),
    # never closed
    ("印发《甲办法", []),
]


@pytest.mark.parametrize(("words", "expected"), CITATIONS)
def test_citation(words: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [(c.title, c.verb, c.role) for c in read(words).citations] == expected


def test_a_shared_verb_is_marked_as_concluded() -> None:
    assert [c.inferred for c in read("制定《甲》《乙》等2项制度").citations] == [False, True]


def test_the_span_holds_the_marks() -> None:
    source = "印发《甲办法》。"
    span = read(source).citations[0].span
    assert source[span.start : span.end] == "《甲办法》"
