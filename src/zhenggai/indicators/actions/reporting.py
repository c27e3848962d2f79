"""Acts by which a unit reports the values of its indicators: 填报、签发、更正."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.models import StoredFile
from zhenggai.evidence.reception import Received
from zhenggai.indicators import rules
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.periods import check_period
from zhenggai.indicators.permissions import standing_to
from zhenggai.indicators.queries import locked_observation, standing_reports
from zhenggai.indicators.rules import WrongFigure
from zhenggai.indicators.states import Reach, Source
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity


@dataclass(frozen=True)
class Said:
    """What a unit says of an indicator: the value as written (288.88万元), for which period, as of which day.

    ``scope`` is the code of the inspection that it belongs to, ``applies_to`` what it is said of, if not the whole.
    """

    value: str
    period: str
    as_of: date | None
    scope: str = ""
    applies_to: Sequence[str] = ()


@dataclass(frozen=True)
class Proof:
    """佐证 of a value, as it was received and not kept yet: its name and what :func:`zhenggai.evidence.reception.receive` returned."""

    name: str
    received: Received


@act("figure.report", "填报指标值")
def report(*, indicator: Indicator, said: Said, file: StoredFile | Proof | None, by: Actor) -> Observation:
    """Report a value with the file that proves it; signed at once if the head of the unit does it.

    WrongFigure and ImpossibleFigure name the field; NotPermitted, and what :func:`keep_file` raises.
    """
    held = standing_to(by, indicator)
    check(by, "figure.report", held)
    if indicator.source != Source.REPORTED.value:
        raise WrongFigure(
            f"“{indicator.name}”的来源是“{Source(indicator.source).label}”，不由单位填报；请整改办先在指标定义中指定填报单位。",
            field="indicator",
        )
    today = timezone.localdate(moment())
    as_of = rules.check_as_of(said.as_of, today)
    value = rules.read_value(said.value, indicator.unit)
    row = Observation(
        indicator=indicator, value=value.value, written=value.written, source=Source.REPORTED.value,
        reach=Reach.WHOLE.value, organisation_id=indicator.organisation_id, as_of=as_of, observed_at=moment(),
        period=_period(said.period, today),
        scope=rules.check_text(said.scope, most=32, field="scope", label="所属检查"),
        applies_to=[rules.check_text(each, most=200, field="applies_to", label="适用对象") for each in said.applies_to],
    )  # fmt: skip
    if any(known.as_of == as_of for known in standing_reports(row)):
        raise WrongFigure(
            f"“{indicator.name}”{row.period}截至 {as_of} 的数值已经填报；如果有误，请在那一条上办理更正。",
            field="as_of",
        )
    row.file = _kept(file, by, held)
    _sign(row, held)
    row.save()
    record(subject=row, changes=[created(row)])
    return row


@act("figure.sign", "签发指标值")
def sign(*, observation: Observation, by: Actor) -> Observation:
    """主要负责人 signs a reported value: only so it leaves the unit and counts. WrongFigure where there is nothing to sign."""
    row = locked_observation(observation.pk)
    check(by, "figure.sign", standing_to(by, row.indicator))
    if row.source != Source.REPORTED.value:
        raise WrongFigure(
            f"“{row.indicator.name}”的这个数值不是单位填报的，不需要签发。", field="observation"
        )
    if row.withdrawn_at is not None:
        raise WrongFigure(
            f"“{row.indicator.name}”的这个数值已经撤回，不能签发，请重新填报。", field="observation"
        )
    if row.corrected_by.filter(withdrawn_at=None).exists():
        raise WrongFigure(
            f"“{row.indicator.name}”的这个数值已有更正，请签发更正后的那一条。", field="observation"
        )
    if row.signed_at is not None:
        raise WrongFigure(f"“{row.indicator.name}”的这个数值已经签发，不必重复。", field="observation")
    before = snapshot(row)
    row.signed_at, row.signed_by = moment(), actor_name()
    row.save(update_fields=["signed_at", "signed_by"])
    record(subject=row, changes=[changed(row, before)])
    return row


@act("figure.correct", "更正指标值")
def correct(
    *,
    observation: Observation,
    value: str,
    reason: str,
    as_of: date | None = None,
    file: StoredFile | Proof | None = None,
    by: Actor,
) -> Observation:
    """Enter a value that takes the place of another and cites it; the other stays, marked as corrected.

    What a unit reported, the unit corrects, with the file that proved it or another; until its head has signed, the old value stands. What the
    office took from a progress report, the office corrects; what was read from a document is corrected at the desk, by the act
    ``proposal.correct``, so that the ledger and its source stay in step. ``as_of`` left out is that of the old value. WrongFigure, ImpossibleFigure, NotPermitted.
    """
    old = locked_observation(observation.pk)
    reported = old.source == Source.REPORTED.value
    held = standing_to(by, old.indicator)
    # The office does not speak for a unit, nor a unit for a document.
    own = {Capacity.UNIT_HEAD, Capacity.UNIT_FILLER} if reported and old.file_id else {Capacity.OFFICE}
    check(by, "figure.correct", held & own)
    _check_correctable(old)
    today = timezone.localdate(moment())
    reason = rules.check_text(reason, most=500, field="reason", label="更正理由", needed=True)
    new = rules.read_value(value, old.indicator.unit)
    day = rules.check_as_of(as_of, today) if as_of is not None else old.as_of
    if (new.value, day, None) == (old.value, old.as_of, old.value_max):
        raise WrongFigure("数值和截至日期都没有变化，不必更正。", field="value")
    row = Observation(
        indicator=old.indicator, value=new.value, written=new.written, source=old.source, reach=old.reach, scope=old.scope,
        period=old.period, applies_to=old.applies_to, organisation_id=old.organisation_id, as_of=day, corrects=old, reason=reason,
        observed_at=moment(),
    )  # fmt: skip
    if reported:
        if (
            old.file_id is None
        ):  # read out of a signed progress report: what was signed stays, the reading of it is put right
            row.signed_at, row.signed_by = old.signed_at, old.signed_by
        else:
            row.file = _kept(file, by, held) if file is not None else old.file
            _sign(row, held)
    row.save()
    record(subject=row, changes=[created(row)], reason=reason)
    return row


def _check_correctable(old: Observation) -> None:
    """Raise WrongFigure for a value that comes of others, was taken back, or was corrected before."""
    name = old.indicator.name
    if old.source in (Source.COMPUTED.value, Source.DERIVED.value):
        raise WrongFigure(
            f"“{name}”的数值是{Source(old.source).label}得出的，不能直接更正；请改正它所依据的台账或数值，再重新取数。",
            field="observation",
        )
    if old.document_id is not None:
        raise WrongFigure(
            f"“{name}”的这个数值是从文件读入的，请在读件台上更正那一条，台账和指标会一并更新。",
            field="observation",
        )
    if old.withdrawn_at is not None:
        raise WrongFigure(f"“{name}”的这个数值已经撤回，不能更正，请重新填报。", field="observation")
    if old.corrected_by.filter(withdrawn_at=None).exists():
        raise WrongFigure(f"“{name}”的这个数值已经更正过，请在更正后的那一条上办理。", field="observation")


def _period(written: str, today: date) -> str:
    return check_period(rules.check_text(written, most=64, field="period", label="时期", needed=True), today)


def _kept(file: StoredFile | Proof | None, by: Actor, held: Collection[Capacity]) -> StoredFile:
    if file is None:
        raise WrongFigure("没有附佐证材料，请上传能证明这个数值的文件（报表、证明、截图等）。", field="file")
    if isinstance(file, StoredFile):
        return file
    return keep_file(name=file.name, data=file.received, by=by, capacities=held)


def _sign(row: Observation, held: Collection[Capacity]) -> None:
    """The head's own entry needs no second signature of his."""
    if Capacity.UNIT_HEAD in held:
        row.signed_at, row.signed_by = moment(), actor_name()
