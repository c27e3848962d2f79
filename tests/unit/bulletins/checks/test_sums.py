"""合计: figures bound to the ledger, by their codes."""

from __future__ import annotations

import pytest

from tests.unit.bulletins.checks.drafts import draft, source, troubles, words

CODES = {
    "34个": "ledger.items", "27个": "ledger.done", "6个": "ledger.phased", "1个": "ledger.infeasible", "33个": "ledger.closed",
    "2个": "ledger.reviewing", "0个": "ledger.returned", "3个": "ledger.unapplied",
    "9项": "ledger.results", "5项": "ledger.results_new", "4项": "ledger.results_revised", "3项": "ledger.results_revised",
    "20万元": "ledger.money_total", "15万元": "ledger.money_done", "25万元": "ledger.money_done",
}  # fmt: skip


def found(text: str) -> list[tuple[str, str]]:
    sources = {words_: source("1", code) for words_, code in CODES.items()}
    made = draft(text, sources=sources)
    return [(t.code, words(made, t.place)) for t in troubles(made, "total")]


PARTS = "完成整改27个，取得阶段性成效并长期坚持6个，不再整改1个"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"巡察反馈的34个问题，{PARTS}，审核中2个，退回0个，未申请3个。", [("total.parts", "34个")]),
        (f"巡察反馈的34个问题，{PARTS}。", []),  # exactly used up: the others are none
        ("巡察反馈的34个问题，完成整改27个，取得阶段性成效并长期坚持6个。", []),  # not all parts are named
        (f"巡察反馈的33个问题已销号，{PARTS}。", [("total.parts", "33个")]),
        ("巡察反馈的34个问题，已销号33个，审核中2个。", [("total.parts", "34个")]),
        ("巡察反馈的34个问题。\n已销号33个，审核中2个。", []),  # not the same paragraph
        ("巡察反馈的约34个问题，已销号33个，审核中2个。", []),
        ("形成制度成果9项，新建制度5项，修订制度4项。", []),
        ("形成制度成果9项，新建制度5项，修订制度3项。", [("total.parts", "9项")]),
        ("问题金额20万元，已整改金额15万元。", []),
        ("问题金额20万元，已整改金额25万元。", [("total.parts", "20万元")]),
        ("巡察反馈的34个问题，完成整改27个，完成率79.4%。", []),
        ("巡察反馈的34个问题，完成整改27个，完成率79.41%。", []),
        ("巡察反馈的34个问题，完成整改27个，完成率85%。", [("total.rate", "85%")]),
        ("巡察反馈的34个问题，完成整改27个，取得阶段性成效6个，完成率97.1%。", []),
        ("巡察反馈的34个问题，销号33个，销号率97%。", []),
        ("巡察反馈的34个问题，销号33个，销号率95%。", [("total.rate", "95%")]),
        ("巡察反馈的34个问题，完成整改27个。完成率85%。", []),  # not the same sentence
        ("巡察反馈的34个问题，完成整改27个，群众满意度85%。", []),
    ],
)
def test_totals_and_rates(text: str, wrong: list[tuple[str, str]]) -> None:
    assert found(text) == wrong


def test_a_total_that_is_rounded_may_be_off_by_the_rounding() -> None:
    sources = {"20.1万元": source("1", "ledger.results"), "9.96万元": source("1", "ledger.results_new"),
               "10.11万元": source("1", "ledger.results_revised"), "10.31万元": source("1", "ledger.results_revised")}  # fmt: skip
    assert troubles(draft("合计20.1万元，甲9.96万元，乙10.11万元。", sources=sources), "total.parts") == []
    assert (
        len(troubles(draft("合计20.1万元，甲9.96万元，乙10.31万元。", sources=sources), "total.parts")) == 1
    )
