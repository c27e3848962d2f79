"""Acts on figures: who may, what they record, what they refuse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests import cast, people
from tests.unit.indicators.figures import GREEN, entered, said
from zhenggai.core.errors import NotFound, NotPermitted
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Details, NewObservation
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.queries import candidates
from zhenggai.indicators.rules import WrongFigure
from zhenggai.indicators.states import Reach, Source
from zhenggai.indicators.taking import take
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.actions.reporting import take_figure
from zhenggai.ledger.handling.models import ReportedFigure
from zhenggai.ledger.handling.states import Classification

pytestmark = pytest.mark.django_db

# --- 填报、签发 --------------------------------------------------------------------------------------------------------------------------


def test_a_report_counts_once_the_head_has_signed(green, unit):
    row = entered(green, unit, unit.filler, scope="2025-XC-01")
    assert (row.source, row.organisation, row.value, row.written) == (
        "reported",
        unit.organisation,
        10,
        "10户",
    )
    assert row.file.name == "说明.txt"
    assert candidates("2025-XC-01") == []
    row = actions.sign(observation=row, by=unit.head)
    assert (row.signed_by, candidates("2025-XC-01")) == ("gy-head", [row])
    assert verify().sound


def test_the_heads_own_report_is_signed_at_once(green, unit):
    assert entered(green, unit).signed_by == "gy-head"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "12家"}, "本指标的单位是“户”"),
        ({"value": "约300"}, "带有“约”"),
        ({"value": "十二点五"}, "中文数字"),
        ({"value": "10-12户"}, "区间"),
        ({"value": ""}, "“数值”不能为空"),
        ({"as_of": None}, "“截至日期”没有填写"),
        ({"as_of": cast.today() + timedelta(days=1)}, "在今天"),
        ({"period": f"{cast.today().year + 1}年"}, "还没有到"),
        ({"period": ""}, "“时期”不能为空"),
        ({"period": "年" * 65}, "最多 64 字"),
        ({"scope": "x" * 33}, "最多 32 字"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(green, unit, change, words):
    with pytest.raises(WrongFigure, match=words) as refused:
        entered(green, unit, **change)
    assert "请" in refused.value.sentence
    assert refused.value.facts["field"] == next(iter(change))
    assert not Observation.objects.exists()


def test_a_report_needs_its_proof(green, unit):
    with pytest.raises(WrongFigure, match="没有附佐证材料，请"):
        actions.report(indicator=green, said=said(), file=None, by=unit.head)


def test_the_same_day_is_reported_once(green, unit):
    entered(green, unit)
    with pytest.raises(WrongFigure, match="请在那一条上办理更正"):
        entered(green, unit, value="11")
    entered(green, unit, value="11", as_of=cast.today() - timedelta(days=1))
    entered(green, unit, value="11", period="2024年")


def test_only_the_reporting_unit_reports_and_signs(green, unit, office, reader):
    other = cast.unit("浅溪县农业局", "ny")
    row = entered(green, unit, unit.filler)
    for by in (other.head, other.filler, office, reader):
        with pytest.raises(NotPermitted):
            entered(green, unit, by, period="2024年")
        with pytest.raises(NotPermitted):
            actions.sign(observation=row, by=by)
        with pytest.raises(NotPermitted):
            actions.correct(observation=row, value="11", reason="笔误", by=by)
    with pytest.raises(NotPermitted):
        actions.sign(observation=row, by=unit.filler)
    actions.sign(observation=row, by=unit.head)
    with pytest.raises(WrongFigure, match="已经签发"):
        actions.sign(observation=row, by=unit.head)


def test_an_indicator_that_no_unit_reports_cannot_be_reported(office, unit):
    row = actions.define(name=("会议", "次", "count", ""), by=office)
    with pytest.raises(NotPermitted):
        entered(row, unit)


# --- 更正、撤回 --------------------------------------------------------------------------------------------------------------------------


def test_a_correction_cites_what_it_corrects(green, unit):
    old = entered(green, unit, scope="S")
    new = actions.correct(observation=old, value="12户", reason="漏计两户", by=unit.filler)
    assert (new.corrects, new.reason, new.file) == (old, "漏计两户", old.file)
    assert candidates("S") == [old]  # until the head has signed
    actions.sign(observation=new, by=unit.head)
    assert candidates("S") == [new]
    with pytest.raises(WrongFigure, match="已经更正过"):
        actions.correct(observation=old, value="13户", reason="又漏", by=unit.head)
    actions.withdraw(observations=[new], reason="全错", by=unit.head)
    assert candidates("S") == []  # what was said to be wrong does not come back
    assert verify().sound


def test_a_correction_says_why_and_changes_something(green, unit):
    old = entered(green, unit)
    with pytest.raises(WrongFigure, match="“更正理由”不能为空"):
        actions.correct(observation=old, value="12户", reason=" ", by=unit.head)
    with pytest.raises(WrongFigure, match="没有变化"):
        actions.correct(observation=old, value="10", reason="一样", by=unit.head)
    actions.withdraw(observations=[old], reason="错", by=unit.head)
    with pytest.raises(WrongFigure, match="已经撤回"):
        actions.correct(observation=old, value="12户", reason="改", by=unit.head)
    with pytest.raises(WrongFigure, match="已经撤回"):
        actions.sign(observation=old, by=unit.head)
    with pytest.raises(WrongFigure, match="已经撤回"):
        actions.withdraw(observations=[old], reason="错", by=unit.head)


def test_what_the_office_entered_the_office_corrects(unit):
    whole = cast.world()
    value = NewObservation(("会议", "次", "count", ""), Decimal(3), None, "3次", "", "", [], None, scope="S")
    (old,) = actions.observe(values=[value], by=whole.office)
    with pytest.raises(NotPermitted):
        actions.correct(observation=old, value="4次", reason="误读", by=unit.head)
    new = actions.correct(observation=old, value="4次", reason="误读", by=whole.office)
    assert (new.source, candidates("S")) == ("document", [new])


def test_what_was_corrected_is_signed_no_more(green, unit):
    old = entered(green, unit, unit.filler)
    new = actions.correct(observation=old, value="12户", reason="漏计", by=unit.filler)
    with pytest.raises(WrongFigure, match="请签发更正后的那一条"):
        actions.sign(observation=old, by=unit.head)
    assert actions.sign(observation=new, by=unit.head).signed_by == "gy-head"


def test_a_figure_of_a_signed_report_belongs_to_its_unit_and_inspection():
    whole = cast.world()
    cast.reported(whole, cast.assigned(whole), narrative="累计清理违建12处，整改取得实效。")
    figure = ReportedFigure.objects.get()
    row = take_figure(figure=figure, accepted=True, by=whole.office).observation
    assert (row.source, row.organisation_id, row.scope) == (
        "reported",
        whole.unit.organisation.pk,
        whole.inspection.code,
    )
    assert (row.signed_by, row.as_of) == ("unit1-head", cast.today())
    assert candidates(whole.inspection.code)[-1] == row
    with pytest.raises(NotPermitted):
        actions.correct(observation=row, value="13处", reason="误读", by=whole.unit.head)
    new = actions.correct(observation=row, value="13处", reason="误读", by=whole.office)
    assert (new.signed_by, candidates(whole.inspection.code)[-1]) == ("unit1-head", new)
    assert verify().sound


# --- 取数 --------------------------------------------------------------------------------------------------------------------------------


def test_taking_records_what_is_news_and_nothing_else():
    whole = cast.world()
    code = whole.inspection.code
    first = take(scope=code, reach=Reach.WHOLE, by=whole.office)
    assert len(first) == 24
    assert first["ledger.items"].value == 3
    assert first["ledger.items"].basis["query"] == "ledger.items"
    assert Indicator.objects.get(code="ledger.items").numerator
    events = Event.objects.count()
    assert take(scope=code, reach=Reach.WHOLE, by=whole.office) == first
    assert Event.objects.count() == events
    cast.assigned(whole)
    again = take(scope=code, reach=Reach.WHOLE, by=whole.office)
    assert {c for c in again if again[c] != first[c]} == {"ledger.units"}
    assert again["ledger.units"].corrects is None
    assert set(candidates(code, Reach.WHOLE)) == set(again.values())
    assert verify().sound


def test_taking_is_for_each_reach():
    whole = cast.world()
    assigning.classify(
        finding=whole.finding(), classification=Classification.PUBLIC, reason="可公开", by=whole.office
    )
    code = whole.inspection.code
    everything = take(scope=code, reach=Reach.WHOLE, by=whole.office)
    public = take(scope=code, reach=Reach.PUBLIC, by=whole.office)
    assert (everything["ledger.items"].value, public["ledger.items"].value) == (3, 1)
    assert set(candidates(code, Reach.PUBLIC)) == set(public.values())
    assert set(candidates(code)) == {*everything.values(), *public.values()}


def test_an_indicator_known_from_a_document_becomes_the_computed_one():
    whole = cast.world()
    value = NewObservation(
        ("反馈问题", "个", "count", ""), Decimal(3), None, "3个", "", "", [], None, scope="S"
    )
    (read,) = actions.observe(values=[value], by=whole.office)
    taken = take(scope=whole.inspection.code, reach=Reach.WHOLE, by=whole.office)
    assert taken["ledger.items"].indicator == read.indicator
    assert Indicator.objects.get(pk=read.indicator_id).source == "computed"
    assert verify().sound


def test_taking_is_the_offices(unit):
    whole = cast.world()
    for by in (whole.reader, whole.supervisor, unit.head):
        with pytest.raises(NotPermitted):
            take(scope=whole.inspection.code, reach=Reach.WHOLE, by=by)
    with pytest.raises(NotFound, match="请核对编号"):
        take(scope="2099-XS-01", reach=Reach.WHOLE, by=whole.office)


# --- 定义 --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "details", "words"),
    [
        (("", "户", "count", ""), None, "“指标名称”不能为空"),
        (("甲", "户", "nonsense", ""), None, "请重新选择"),
        (("反馈问题", "个", "count", ""), Details(numerator="自己数"), "由台账计算"),
        (("甲", "户", "count", ""), Details(source=Source.COMPUTED), "请选择其他来源类别"),
        (("甲", "户", "count", ""), Details(source=Source.REPORTED), "须指定填报单位"),
        (("甲", "户", "count", ""), Details(source=Source.DERIVED), "须写明推算公式"),
        (("甲", "户", "count", ""), Details(numerator="长" * 1001), "最多 1000 字"),
        (("甲", "%", "percent", ""), Details(source=Source.DERIVED, formula={"op": "rate", "of": ["x", "y"]}), "不是已登记的指标"),
        (("甲", "%", "percent", ""), Details(source=Source.DERIVED, formula={"op": "rate", "of": ["ledger.items"]}), "须由 2 项"),
        (("甲", "户", "count", ""), Details(source=Source.DERIVED, formula={"op": "rate", "of": ["ledger.closed", "ledger.items"]}), "单位是“%”"),
    ],
)  # fmt: skip
def test_definitions_that_cannot_be(office, name, details, words):
    with pytest.raises(WrongFigure, match=words):
        actions.define(name=name, details=details, by=office)
    assert not Indicator.objects.exists()


def test_a_definition_is_completed_later(office, green, unit):
    row = actions.describe(
        indicator=green,
        details=Details(source=Source.REPORTED, exclusions="省级以下称号", organisation=unit.organisation),
        by=office,
    )
    assert (row.exclusions, row.numerator) == ("省级以下称号", "")
    with pytest.raises(NotPermitted):
        actions.describe(indicator=green, details=Details(), by=unit.head)
    with pytest.raises(WrongFigure, match="没有变化"):
        actions.describe(
            indicator=green,
            details=Details(
                source=Source.REPORTED, exclusions="省级以下称号", organisation=unit.organisation
            ),
            by=office,
        )
    with pytest.raises(WrongFigure, match="已经登记"):
        actions.define(name=GREEN, by=office)
    assert verify().sound


# --- 只增不改 ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"value": 11}, {"written": "11户"}, {"period": "2024年"}, {"scope": "别处"}, {"reach": "public"}, {"basis": None, "source": "document"},
        {"as_of": None}, {"file": None}, {"applies_to": ["甲"]}, {"reason": "改"}, {"observed_at": "2020-01-01T00:00Z"},
        {"signed_at": None, "signed_by": ""}, {"signed_by": "another"}, {"organisation": None, "source": "document"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_to_change_a_value(green, unit, change):
    row = entered(green, unit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(**change)


def test_the_database_refuses_to_remove_or_replace_a_value(green, unit):
    row = entered(green, unit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.create(pk=row.pk, indicator=green, value=9, observed_at=row.observed_at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.create(indicator=green, value=9, observed_at=row.observed_at, corrects=row)
    actions.withdraw(observations=[row], reason="错", by=people.SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(withdrawn_at=None)
