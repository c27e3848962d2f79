"""The ledger tree as HTML. No database: rows that were never stored."""

import html

from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import Kind
from zhenggai.web.desk.address import Address, Show
from zhenggai.web.desk.outline import Pen, leftovers_html, list_html
from zhenggai.web.desk.tree import build, in_order

EVIL = '<b onclick="x">&\''


def row(pk: int, kind: Kind, parent: int | None = None, state: str = "open", **payload: str) -> Proposal:
    made = Proposal(
        pk=pk, kind=kind.value, state=state, match="new", payload=payload, position=pk, parent_id=parent
    )
    made.span_start, made.span_end = pk * 10, pk * 10 + 5
    return made


def rows() -> list[Proposal]:
    return [
        row(5, Kind.FIGURE, 3, label="河长", written="12名"),
        row(1, Kind.AREA, title="生态环境"),
        row(2, Kind.FINDING, 1, title="责任不实"),
        row(3, Kind.MEASURE, 2, "accepted", text="一是巡河"),
        row(4, Kind.ORGANISATION, name="水务局"),
        row(6, Kind.CITATION, title="河长办法"),
    ]


def pen(**changed: object) -> Pen:
    return Pen(**{"prefix": "/r/?item=", "chosen": None, "all_open": False, "compared": False, **changed})


def test_items_stand_under_what_they_belong_to():
    tree = build(rows(), Address())
    (area,) = tree.findings
    (finding,) = area.children
    (measure,) = finding.children
    assert [node.item.pk for node in measure.children] == [5]
    assert (area.below, area.open_below, finding.below, finding.open_below) == (3, 2, 2, 1)
    assert [node.item.pk for node in tree.loose[Kind.CITATION]] == [6]
    assert [item.pk for item in in_order(tree)] == [1, 2, 3, 5, 6, 4]


def test_a_filter_keeps_what_its_items_stand_in():
    tree = build(rows(), Address(kind=Kind.FIGURE))
    page = list_html(tree.findings, pen(all_open=True))
    assert [item.pk for item in in_order(tree)] == [5]
    assert page.count("is-context") == 3
    assert not tree.organisations


def test_open_items_only():
    assert 3 not in {item.pk for item in in_order(build(rows(), Address(Show.OPEN)))}


def test_an_item_whose_parent_is_not_at_hand_stands_at_the_top():
    tree = build(rows()[:1], Address())
    assert [node.item.pk for node in tree.loose[Kind.FIGURE]] == [5]


def test_the_chosen_item_is_shown_whatever_the_filter_and_its_branch_is_open():
    address = Address(Show.CHANGED, item=5)
    page = list_html(build(rows(), address).findings, pen(chosen=5))
    assert page.count('aria-current="true"') == 1
    assert '<details class="branch" open>' in page


def test_findings_begin_closed_with_their_numbers_told():
    page = list_html(build(rows(), Address()).findings, pen())
    assert '<details class="branch"><summary>其下 2 条，待核 1 条</summary>' in page


def test_whatever_stands_in_a_document_is_escaped():
    evil = row(1, Kind.FINDING, title=EVIL)
    evil.number = EVIL
    page = list_html(build([evil], Address()).findings, pen(prefix='/r/?a=1&"b=2&item='))
    page += leftovers_html([(EVIL, EVIL, f"#{EVIL}")])
    assert "<b " not in page
    assert 'href="/r/?a=1&amp;&quot;b=2&amp;item=1#m-1"' in page
    assert html.unescape(page).count(EVIL) >= 4


def test_what_is_new_is_told_only_against_an_earlier_edition():
    assert "badge-new" not in list_html(build(rows(), Address()).findings, pen())
    assert "badge-new" in list_html(build(rows(), Address()).findings, pen(compared=True))
