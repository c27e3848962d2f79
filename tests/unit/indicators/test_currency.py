"""What the series of a value says now, live."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import cast
from tests.unit.indicators.figures import GREEN, entered
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Details, NewObservation
from zhenggai.indicators.currency import now_of
from zhenggai.indicators.deriving import NoValue
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import candidates
from zhenggai.indicators.rules import WrongFigure
from zhenggai.indicators.states import Change, Reach, Source
from zhenggai.indicators.taking import take
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import correct as correct_proposal
from zhenggai.ledger.actions.deciding import reject
from zhenggai.ledger.models import Proposal

pytestmark = pytest.mark.django_db

TODAY = cast.today()


def now(row):
    return now_of([row], TODAY)[row.pk]


def value(row):
    return now(row).value


# --- 单位填报 ----------------------------------------------------------------------------------------------------------------------------


def test_the_latest_report_of_a_series_is_what_it_says_now(green, unit):
    old = entered(green, unit, value="10", as_of=date(2026, 6, 30))
    assert now(old).observation == old.pk
    new = entered(green, unit, value="12", as_of=date(2026, 9, 30))
    late = entered(green, unit, value="11", as_of=date(2026, 8, 31))  # entered later, but older
    other = entered(green, unit, value="7", period="2024年")
    assert {(value(row), now(row).observation) for row in (old, new, late)} == {(Decimal(12), new.pk)}
    assert value(other) == 7
    actions.withdraw(observations=[new], reason="错", by=unit.head)
    assert value(old) == 11
    unsigned = entered(green, unit, unit.filler, value="13")
    assert (value(old), value(unsigned)) == (11, 11)
    actions.sign(observation=unsigned, by=unit.head)
    assert (value(old), now(old).as_of) == (13, TODAY)


def test_nothing_stands_where_all_was_taken_back(green, unit):
    row = entered(green, unit)
    actions.withdraw(observations=[row], reason="错", by=unit.head)
    assert (value(row), now(row).observation, bool(now(row).why)) == (None, None, True)


# --- 文件所载 ----------------------------------------------------------------------------------------------------------------------------


def test_what_a_document_says_follows_its_corrections(office):
    reading = cast.factories.enter(cast.factories.Made(cast.factories.USUAL), by=office)
    cast.accept(proposals=cast.acceptable(reading), by=office)
    scope = reading.inspection.code
    assert {row.scope for row in Observation.objects.all()} == {scope}
    first = Observation.objects.order_by("pk")[0]
    item = Proposal.objects.get(kind="figure", target_id=first.pk)
    correct_proposal(proposal=item, content={**item.payload, "value": "13"}, by=office)
    second = Observation.objects.get(corrects=first)
    assert second.reason == "重新核定文件“made.txt”所载数字。"
    assert (value(first), now(first).observation) == (13, second.pk)
    item.refresh_from_db()
    reject(proposals=[item], reason="不采", by=office)
    assert value(first) is value(second) is None
    assert first not in candidates(scope)
    assert second not in candidates(scope)
    assert verify().sound


def test_two_places_of_a_text_do_not_contradict_each_other(office):
    def said_in(number):
        return NewObservation(
            ("会议", "次", "count", ""), Decimal(number), None, "", "", "", [], None, scope="S"
        )

    three, five = actions.observe(values=[said_in(3), said_in(5)], by=office)
    assert (value(three), value(five)) == (3, 5)
    assert candidates("S") == [three, five]


# --- 台账计算 ----------------------------------------------------------------------------------------------------------------------------


def test_a_computed_value_is_live():
    whole = cast.world()
    scope = whole.inspection.code
    taken = take(scope=scope, reach=Reach.WHOLE, by=whole.office)
    units = taken["ledger.units"]
    assert (value(units), now(units).observation) == (0, units.pk)
    cast.assigned(whole)
    assert (value(units), now(units).observation, now(units).as_of) == (1, None, TODAY)
    again = take(scope=scope, reach=Reach.WHOLE, by=whole.office)["ledger.units"]
    assert now(units).observation == again.pk
    assert now_of(candidates(scope), TODAY)[again.pk].value == 1


def test_statements_do_not_grow_with_the_values(django_assert_num_queries):
    whole = cast.world()
    taken = take(scope=whole.inspection.code, reach=Reach.WHOLE, by=whole.office)
    rows = list(taken.values())
    details = Details(source=Source.REPORTED, organisation=whole.unit.organisation)
    indicator = actions.define(name=GREEN, details=details, by=whole.office)
    reports = [entered(indicator, whole.unit, period=f"{year}年") for year in range(2000, 2012)]
    with django_assert_num_queries(12):
        now_of([rows[0], reports[0]], TODAY)
    with django_assert_num_queries(12):
        now_of([*rows, *reports], TODAY)


# --- 推算 --------------------------------------------------------------------------------------------------------------------------------


def derived(office, op, of, *, name="推算", unit="%", kind="percent"):
    details = Details(source=Source.DERIVED, formula={"op": op, "of": of})
    return actions.define(name=(name, unit, kind, ""), details=details, by=office)


def test_year_on_year_is_derived_and_goes_with_its_operands(green, unit, office):
    entered(green, unit, value="14", period="2024年", as_of=date(2024, 12, 31))
    latest = entered(green, unit, value="10", period="2025年", as_of=date(2025, 12, 31))
    growth = derived(office, "year_on_year", [green.pk])
    row = actions.derive(indicator=growth, period="2025年", by=office)
    assert (row.value, row.change, row.written) == (Decimal("28.571429"), Change.DOWN, "下降28.571429%")
    assert (row.as_of, [each["value"] for each in row.basis["operands"]]) == (
        date(2024, 12, 31),
        ["10", "14"],
    )
    assert (now(row).value, now(row).observation, now(row).change) == (row.value, row.pk, Change.DOWN)
    with pytest.raises(WrongFigure, match="没有变化"):
        actions.derive(indicator=growth, period="2025年", by=office)
    actions.correct(observation=latest, value="21", reason="漏报", by=unit.head)
    assert (now(row).value, now(row).observation, now(row).change) == (50, None, Change.UP)
    again = actions.derive(indicator=growth, period="2025年度", by=office)
    assert (now(row).observation, candidates("")[-1]) == (again.pk, again)
    actions.withdraw(observations=[latest], reason="错", by=unit.head)
    assert verify().sound


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025年", "没有“绿色工厂”2025年的现行数值"),
        ("2024年", "没有“绿色工厂”2023年的现行数值"),
        ("整改期间", "推不出上年同期"),
    ],
)
def test_no_value_without_operands(green, unit, office, period, words):
    entered(green, unit, value="14", period="2024年")
    entered(green, unit, value="14", period="整改期间")
    growth = derived(office, "year_on_year", [green.pk])
    with pytest.raises(NoValue, match=words):
        actions.derive(indicator=growth, period=period, by=office)


def test_a_rate_of_computed_values_is_live():
    whole = cast.world()
    rate = derived(whole.office, "rate", ["ledger.closed", "ledger.items"], name="整改完成率")
    scope = whole.inspection.code
    row = actions.derive(indicator=rate, scope=scope, by=whole.office)
    assert (row.value, now(row).observation) == (0, row.pk)
    cast.closed(whole)
    assert (now(row).value, now(row).observation) == (Decimal("33.333333"), None)
    unknown = pytest.raises(NoValue, match="台账中没有检查“别处”")
    with unknown:
        actions.derive(indicator=rate, scope="别处", by=whole.office)


def test_what_texts_say_differently_gives_no_value(office):
    def said_in(number):
        return NewObservation(
            ("会议", "次", "count", ""), Decimal(number), None, "", "", "2025年", [], None, scope="S"
        )

    rows = actions.observe(values=[said_in(3), said_in(3)], by=office)
    other = actions.define(name=("走访", "次", "count", ""), by=office)
    actions.observe(
        values=[
            NewObservation(
                ("走访", "次", "count", ""), Decimal(4), None, "", "", "2025年", [], None, scope="S"
            )
        ],
        by=office,
    )
    total = derived(office, "sum", [rows[0].indicator_id, other.pk], name="活动", unit="次", kind="count")
    assert actions.derive(indicator=total, scope="S", period="2025年", by=office).value == 7
    actions.observe(values=[said_in(5)], by=office)
    with pytest.raises(NoValue, match="有 2 个不同的数值"):
        actions.derive(indicator=total, scope="S", period="2025年", by=office)


def test_points_are_the_difference_of_two_percents(office, unit):
    details = Details(source=Source.REPORTED, organisation=unit.organisation)
    online = actions.define(name=("网办率", "%", "percent", ""), details=details, by=office)
    entered(online, unit, value="97.9%", period="2024年")
    entered(online, unit, value="１００％", period="2025年")
    rise = derived(office, "points", [online.pk], name="网办率变动", unit="百分点", kind="percentage_point")
    row = actions.derive(indicator=rise, period="2025年", by=office)
    assert (row.value, row.change, row.written) == (Decimal("2.1"), Change.UP, "上升2.1百分点")


def test_a_source_of_others_stays_one_and_derived_ones_are_no_source(green, unit, office):
    growth = derived(office, "year_on_year", [green.pk])
    with pytest.raises(WrongFigure, match="本身也是推算的"):
        derived(office, "sum", [growth.pk, green.pk], name="再推")
    with pytest.raises(WrongFigure, match="别的推算指标的来源"):
        actions.describe(
            indicator=green,
            details=Details(
                source=Source.DERIVED, formula={"op": "rate", "of": ["ledger.closed", "ledger.items"]}
            ),
            by=office,
        )


def test_old_reports_are_no_candidates(green, unit):
    entered(green, unit, scope="S", as_of=TODAY - timedelta(days=3))
    new = entered(green, unit, value="12", scope="S")
    assert candidates("S") == [new]
