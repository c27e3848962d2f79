"""办结表述: a table of sentences against the state of the item they speak of."""

from __future__ import annotations

import pytest

from tests.unit.bulletins.checks.drafts import draft, item, troubles, words

TITLE = "违规发放津贴补贴，未完成清退"
OTHER = "扶贫项目后续管护责任落实不到位"
HEADING = f"1.关于“{TITLE}”问题的整改\n"
PADDING = [item(7, "农村饮水安全工程验收走过场"), item(8, "惠民补贴资金拨付滞后问题突出", "phased")]


def said(text: str, state: str, cycle: int = 1, more: list = PADDING) -> list[tuple[str, str]]:
    made = draft(text, items=[item(3, TITLE, state, cycle=cycle), item(4, OTHER, "done"), *more])
    return [(t.code, words(made, t.place)) for t in troubles(made, "claim")]


STRONGER = [
    # what is said in the item's section, and of which states it says too much
    ("目前，该问题已完成整改。", ["none", "step", "returned", "phased", "infeasible"]),
    ("该问题已全部整改到位。", ["none", "step", "phased", "infeasible"]),
    ("目前已完成。", ["none", "phased"]),
    ("已整改到位。", ["none", "phased"]),
    ("整改任务已全部完成。", ["none", "phased"]),
    ("截至2026年4月底，已完成整改。", ["none", "phased"]),
    ("已于2025年12月底前完成整改。", ["none", "phased"]),
    ("经验收，该项整改已完成。", ["none", "phased"]),
    ("按照巡察组要求，已完成整改。", ["none", "phased"]),
    ("按整改方案要求已全部完成整改。", ["none", "phased"]),
    ("该问题已得到彻底解决。", ["none", "phased"]),
    ("整改状态：已完成", ["none", "phased"]),
    ("整改状态为“已完成”。", ["none", "phased"]),
    ("问题已整改完毕。", ["none", "phased"]),
    ("整改工作已全面完成，并通过验收。", ["none", "phased"]),
    ("已完成整改并长期坚持。", ["none", "phased"]),
    ("该问题已销号。", ["none", "step", "returned"]),
    ("目前，整改取得阶段性成效。", ["none", "step", "infeasible"]),
    ("取得阶段性成效并长期坚持。", ["none", "infeasible"]),
    ("该问题基本完成整改。", ["none", "infeasible"]),
]

SILENT = [
    "该问题尚未完成整改。",
    "目前未完成整改。",
    "该问题没有完成整改。",
    "未能按期整改到位。",
    "力争2026年底前完成整改。",
    "该问题将于2026年12月底前完成整改。",
    "确保按期完成整改。",
    "计划于2027年6月完成整改。",
    "预计年底前全部完成整改。",
    "要求责任单位限期完成整改。",
    "督促责任单位尽快整改到位。",
    "下一步，全面完成整改。",
    "力争到2027年，全面完成整改任务。",
    "完成整改后及时申请销号。",
    "待整改完成后予以销号。",
    "不予销号。",
    "已申请销号。",
    "对是否完成整改进行核查。",
    "对已完成整改的问题开展回头看。",
    "整改完成率稳步提高。",
    "逐一明确完成时限。",
    "平台建设已全部完成。",
    "排查出的12处隐患已全部整改到位。",
    "已完成3项制度修订。",
    "相关违规资金已全部追缴到位。",
    "召开专题会议3次。",
    "如果未完成整改，将予以通报。",
    "正在推进整改。",
    "难以在短期内完成整改。",
    "必须彻底解决。",
    "未成年人保护机制不断健全。",
    "该问题距离全面完成整改还有差距。",
    "无法认定该问题已完成整改。",
    "取得阶段性成效后，及时申请销号。",
    "已完成平台建设。",
]


@pytest.mark.parametrize(("sentence", "state"), [(s, state) for s, states in STRONGER for state in states])
def test_too_strong_for_the_state_in_the_items_section(sentence: str, state: str) -> None:
    found = [code for code, _ in said(HEADING + sentence, state)]
    assert "claim.stronger" in found


@pytest.mark.parametrize("sentence", [s for s, _ in STRONGER])
def test_right_for_a_closure_as_done(sentence: str) -> None:
    assert "claim.stronger" not in [code for code, _ in said(HEADING + sentence, "done")]


@pytest.mark.parametrize("state", ["none", "phased", "done", "infeasible"])
@pytest.mark.parametrize("sentence", SILENT)
def test_denials_plans_and_other_subjects_are_no_statements(sentence: str, state: str) -> None:
    assert [code for code, _ in said(HEADING + sentence, state) if code != "claim.weaker"] == []


FORMS = [
    # (whole text, state of item 3, codes without the weak hint, words at the place)
    (f"“{TITLE}”问题已完成整改，“{OTHER}”问题正在推进整改。", "phased", ["claim.stronger"], f"“{TITLE}”问题已完成整改"),
    (f"“{OTHER}”问题已完成整改，“{TITLE}”问题正在推进整改。", "phased", [], ""),
    (f"“{TITLE}”“{OTHER}”两个问题均已完成整改。", "phased", ["claim.stronger"], ""),
    (f"“{TITLE}”“{OTHER}”两个问题均已完成整改。", "done", [], ""),
    (f"针对“{TITLE}”问题，开展专项清理。目前，该问题已完成整改。", "none", ["claim.stronger"], "该问题已完成整改"),
    (f"针对“{TITLE}”问题，开展专项清理。\n目前，该问题已完成整改。", "none", ["claim.stronger"], "该问题已完成整改"),
    (f"针对“{TITLE}”问题，开展专项清理。\n二、组织领导\n县委高度重视，各项工作已完成。", "none", [], ""),
    (f"1.关于“{TITLE}”问题的整改\n加强监管。\n2.关于“{OTHER}”问题的整改\n该问题已完成整改。", "none", [], ""),
    ("关于违规发放津贴、补贴以及未完成清退的问题\n目前已完成整改。", "none", ["claim.stronger"], ""),
    ("1.关于“违规发放津贴补贴”问题的整改\n目前已完成整改。", "none", ["claim.stronger"], ""),
    (f"1.{TITLE}。已完成整改。", "none", ["claim.stronger"], "已完成整改"),
    (f"{TITLE}\n整改状态：已完成", "phased", ["claim.stronger"], "已完成"),
    (f"序号\t反馈问题\t整改状态\n1\t{TITLE}\t已完成\n2\t{OTHER}\t已完成", "phased", ["claim.stronger"], ""),
    (f"序号\t反馈问题\t整改状态\n1\t{TITLE}\t取得阶段性成效\n2\t{OTHER}\t已完成", "phased", [], ""),
    (f"序号\t反馈问题\t整改状态\n1\t{TITLE}\t正在整改\n2\t{OTHER}\t已完成", "none", [], ""),
    (f"针对“{TITLE}”问题，开展专项清理。\n整改任务已完成。", "none", [], ""),  # whose task is not said
    (f"包括“{TITLE}”在内的3个问题已完成整改。", "none", [], ""),
    (f"包括“{TITLE}”在内的2个问题均已完成整改。", "none", [], ""),  # two others are
    (f"包括“{TITLE}”在内的3个问题均已完成整改。", "none", ["claim.all"], ""),
    (HEADING + "该问题已销号。", "phased", [], ""),
    (HEADING + "该问题已销号。", "infeasible", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "state", "codes", "place"), FORMS)
def test_the_item_that_a_clause_speaks_of(text: str, state: str, codes: list[str], place: str) -> None:
    found = [pair for pair in said(text, state) if pair[0] != "claim.weaker"]
    assert [code for code, _ in found] == codes
    assert place in "".join(spot for _, spot in found)


ALL = [
    ("巡察反馈的4个问题已全部完成整改。", "none", True),
    ("巡察反馈的4个问题已全部完成整改。", "done", True),  # item 8 is phased
    ("巡察反馈的3个问题已全部完成整改。", "none", True),
    ("反馈问题均已完成整改。", "none", True),
    ("各项整改任务均已完成。", "none", True),
    ("所有问题已全部整改到位。", "none", True),
    ("反馈问题全部完成整改。", "none", True),
    ("反馈问题全部销号。", "none", True),
    ("反馈问题全部销号。", "infeasible", False),
    ("巡察反馈的4个问题均取得阶段性成效。", "none", True),
    ("巡察反馈的4个问题均取得阶段性成效。", "phased", False),
    ("巡察反馈的4个问题，完成整改2个，取得阶段性成效并长期坚持2个。", "none", False),
    ("巡察反馈的2个问题已全部完成整改。", "none", False),
    ("反馈问题尚未全部完成整改。", "none", False),
    ("确保反馈问题全部完成整改。", "none", False),
    ("力争反馈问题年底前全部完成整改。", "none", False),
    ("12处隐患已全部完成整改。", "none", False),
    ("群众反映强烈的58件环保信访问题全部办结。", "none", False),
    ("做到问题不查清不放过、整改不到位不放过。", "none", False),
    ("推动问题全部整改到位。", "none", False),
    ("巡察反馈的4个问题2026年底前全部完成整改。", "none", False),
]


@pytest.mark.parametrize(("sentence", "state", "wrong"), ALL)
def test_statements_over_all_problems(sentence: str, state: str, *, wrong: bool) -> None:
    assert [code for code, _ in said("一、总体情况\n" + sentence, state)] == ["claim.all"] * wrong


def test_all_items_that_are_done_may_be_called_done() -> None:
    text = "一、总体情况\n巡察反馈的2个问题已全部完成整改，各项整改任务均已完成。"
    assert said(text, "done", more=[]) == []


def test_a_relapsed_item_is_open_again_and_the_sentence_says_so() -> None:
    made = draft(HEADING + "该问题已完成整改。", items=[item(3, TITLE, "none", cycle=2)])
    (trouble,) = troubles(made, "claim")
    assert "第2轮" in trouble.sentence
    assert "第3号问题" in trouble.sentence


@pytest.mark.parametrize(
    ("sentence", "state", "weak"),
    [
        ("该问题取得阶段性成效。", "done", True),
        ("目前正在整改。", "done", True),
        ("目前正在整改。", "phased", True),
        ("该问题尚未完成整改。", "phased", True),
        ("该问题取得阶段性成效。", "phased", False),
        ("取得阶段性成效，目前已完成整改。", "done", False),
        ("该问题已销号。", "done", False),
        ("正在整改。", "none", False),
    ],
)
def test_a_statement_that_is_too_weak_is_a_hint(sentence: str, state: str, *, weak: bool) -> None:
    assert [code for code, _ in said(HEADING + sentence, state)] == ["claim.weaker"] * weak


def test_what_is_withheld_is_not_named_by_these_rules() -> None:
    hidden = item(9, "领导干部子女违规经商办企业问题", "none", "sensitive")
    found = said("一、总体情况\n各项整改任务均已完成。", "done", more=[hidden])
    assert found == []
