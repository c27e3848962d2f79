"""Acts that define indicators (指标): what is counted, in which unit, by whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from zhenggai.indicators import computing, deriving
from zhenggai.indicators.actions.entering import IndicatorName
from zhenggai.indicators.models import Indicator
from zhenggai.indicators.permissions import standing_to
from zhenggai.indicators.queries import indicators_named, named_in_formula, operands_of
from zhenggai.indicators.rules import WrongFigure, check_text
from zhenggai.indicators.states import Change, Direction, FigureKind, Source
from zhenggai.journal.acts import Actor, act, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.parties.models import Organisation
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity

LONGEST = 1000
"""Most characters of each part of a definition."""


@dataclass(frozen=True)
class Details:
    """定义 of an indicator beyond its name: where its values come from, which way is better, and what is counted, in words.

    ``organisation`` reports it if its source is 单位填报; ``formula`` is ``{"op": …, "of": [code or key, …]}`` if it is derived.
    """

    source: Source = Source.DOCUMENT
    direction: Direction = Direction.NONE
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    period_kind: str = ""
    organisation: Organisation | None = None
    formula: Mapping[str, Any] | None = None


@act("indicator.define", "登记指标")
def define(
    *,
    name: IndicatorName,
    details: Details | None = None,
    by: Actor,
    capacities: Collection[Capacity] | None = None,
) -> Indicator:
    """Register an indicator that is not known yet; look it up with :func:`zhenggai.indicators.queries.indicators_named` first.

    ``capacities`` are those in which the actor stands to what it is an aim of. Only the office gives its details.
    WrongFigure, also for one that is known.
    """
    check(by, "indicator.define", capacities)
    title, unit, kind, change = _named(name)
    row = Indicator(name=title, unit=unit, kind=kind, change=change)
    if indicators_named([(title, unit, kind, change)]):
        raise WrongFigure(
            f"指标“{title}”（{unit or '无单位'}）已经登记，请直接使用或完善它的定义。", field="name"
        )
    if details is not None:
        check(by, "indicator.describe")
        _describe(row, details)
    row.save()
    record(subject=row, changes=[created(row)])
    return row


@act("indicator.describe", "完善指标定义")
def describe(*, indicator: Indicator, details: Details, by: Actor) -> Indicator:
    """Complete or change an indicator's definition; values entered before stay as they are. WrongFigure."""
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    check(by, "indicator.describe", standing_to(by, row))
    before = snapshot(row)
    _describe(row, details)
    if snapshot(row) == before:
        raise WrongFigure("指标定义没有变化，不必重复提交。", field="numerator")
    row.save()
    record(subject=row, changes=[changed(row, before)])
    return row


def _named(name: IndicatorName) -> IndicatorName:
    """The name as it is kept; WrongFigure."""
    title, unit, kind, change = name
    title = check_text(title, most=200, field="name", label="指标名称", needed=True)
    unit = check_text(unit, most=32, field="unit", label="计量单位")
    try:
        return title, unit, FigureKind(kind).value, Change(change).value
    except ValueError as error:
        raise WrongFigure(
            f"没有“{kind}”“{change}”这样的指标类别或增减，请重新选择。", field="kind"
        ) from error


def _describe(row: Indicator, details: Details) -> None:
    """Set an indicator's definition; WrongFigure if its parts do not fit together."""
    if row.source == Source.COMPUTED.value or (row.name, row.unit) in _computed_names():
        raise WrongFigure(
            f"“{row.name}”由台账计算，定义随程序确定，不能改动；请换一个指标名称另行登记。", field="name"
        )
    source = details.source
    if source is Source.COMPUTED:
        raise WrongFigure("台账计算的指标由系统登记，请选择其他来源类别。", field="source")
    if (source is Source.REPORTED) is not (details.organisation is not None):
        raise WrongFigure(
            "单位填报的指标须指定填报单位，其他来源的不指定，请核对“来源类别”和“填报单位”。",
            field="organisation",
        )
    if (source is Source.DERIVED) is not (details.formula is not None):
        raise WrongFigure("推算的指标须写明推算公式，其他来源的不写，请核对。", field="formula")
    for name, label, most in (
        ("numerator", "统计内容", LONGEST), ("denominator", "分母", LONGEST), ("exclusions", "不计入", LONGEST),
        ("period_kind", "统计周期", 32),
    ):  # fmt: skip
        setattr(row, name, check_text(getattr(details, name), most=most, field=name, label=label))
    if source is Source.DERIVED and row.pk and named_in_formula(row):
        raise WrongFigure(
            f"“{row.name}”是别的推算指标的来源，不能再改为推算，请先改那些指标的公式。", field="source"
        )
    row.source, row.direction = source.value, details.direction.value
    row.organisation_id = details.organisation.unit_key if details.organisation else None
    row.formula = _formula(row, details.formula) if details.formula is not None else None


def _computed_names() -> set[tuple[str, str]]:
    return {(known.name, known.unit) for known in computing.definitions().values()}


def _formula(row: Indicator, said: Mapping[str, Any]) -> dict[str, Any]:
    """The formula as the row keeps it; WrongFigure unless its operands exist, fit, and do not lead back to the indicator itself."""
    formula = deriving.formula_of(said)
    found = operands_of([formula])
    units = []
    for reference in formula.of:
        known = found.get(reference)
        definition = computing.definitions().get(reference) if isinstance(reference, str) else None
        if known is None and definition is None:
            raise WrongFigure(f"推算公式中的“{reference}”不是已登记的指标，请重新选择。", field="formula")
        if known is not None and (known.pk == row.pk or known.formula):
            raise WrongFigure(
                f"“{known.name}”本身也是推算的，推算须直接由取得的数值得出，请改选它的来源指标。",
                field="formula",
            )
        unit, kind = (known.unit, known.kind) if known else (definition.unit, definition.kind)  # type: ignore[union-attr]  # one of the two is there
        units.append((unit, kind))
    deriving.check_units(formula, units, row.unit, row.kind)
    return formula.as_dict()
