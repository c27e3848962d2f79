"""定版内容: everything that an edition says, as plain JSON values. The public pages, the files and the verifier read this and nothing else.

Keys: ``code number kind kind_name audience title issuer issued_on published_on inspection paragraphs figures closures progress waived approvals
replaces correction``. A figure has ``n paragraph start end text label value unit period as_of source definition evidence reason``; places are
indices of paragraphs and characters of their text, numbers are decimals in words, dates ISO.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from zhenggai.bulletins.facts import Bound
from zhenggai.bulletins.kinds import kind_of
from zhenggai.bulletins.models import Binding, Bulletin
from zhenggai.bulletins.queries import Sheet
from zhenggai.bulletins.states import Audience, FigureState, ParagraphRole
from zhenggai.indicators import computing
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.states import Reach, Source
from zhenggai.journal.chain import plain
from zhenggai.ledger.handling.models import Seal
from zhenggai.ledger.handling.queries import items, profile
from zhenggai.ledger.handling.states import Classification, Review
from zhenggai.ledger.models import Inspection


def contents(sheet: Sheet, today: date) -> dict[str, Any]:
    """The content of the edition that a draft becomes; each closure must have its seal. A fixed number of statements."""
    bulletin = sheet.bulletin
    figures = [_figure(number, each, row) for number, (each, row) in enumerate(_with_bindings(sheet), 1)]
    signature = [row.text for row in sheet.paragraphs if row.role == ParagraphRole.SIGNATURE.value]
    return {
        "code": bulletin.code,
        "number": bulletin.number,
        "kind": bulletin.kind,
        "kind_name": kind_of(bulletin.kind).name,
        "audience": bulletin.audience,
        "title": title_of(sheet),
        "issuer": sheet.read.bulletin.issuer or (signature[0] if signature else ""),
        "issued_on": sheet.read.bulletin.issued_on or "",
        "published_on": today.isoformat(),
        "inspection": _inspection(bulletin.inspection),
        "paragraphs": [{"role": row.role, "text": row.text} for row in sheet.paragraphs],
        "figures": figures,
        "waived": sum(each.state is FigureState.WAIVED for each in sheet.figures),
        "closures": _closures(bulletin),
        "progress": _progress(bulletin, today),
        "approvals": _approvals(bulletin),
        "replaces": _replaced(bulletin),
        "correction": bulletin.correction,
    }


def title_of(sheet: Sheet) -> str:
    """The title as it stands in the text; the draft's name where there is none."""
    titles = [row.text for row in sheet.paragraphs if row.role == ParagraphRole.TITLE.value]
    return "".join(titles) or sheet.bulletin.title


def _inspection(row: Inspection) -> dict[str, str]:
    days = {name: getattr(row, name) for name in ("started_on", "ended_on", "feedback_on")}
    words = {
        name: str(getattr(row, name)) for name in ("code", "kind", "authority", "team", "round", "party")
    }
    return words | {name: day.isoformat() if day else "" for name, day in days.items()}


def _with_bindings(sheet: Sheet) -> Iterable[tuple[Bound, Binding | None]]:
    rows = {row.pk: row for row in sheet.bindings}
    return [(each, rows.get(each.binding)) for each in sheet.figures]


def _figure(number: int, each: Bound, row: Binding | None) -> dict[str, Any]:
    figure, place = each.figure, each.figure.place
    observation = row.observation if row else None
    said = {
        "n": number,
        "paragraph": place.line,
        "start": place.start,
        "end": place.end,
        "text": figure.text,
        "label": observation.indicator.name if observation else figure.label,
        "value": plain(each.source.now if each.source and each.source.now is not None else figure.value),
        "unit": figure.unit,
        "period": (observation.period if observation else "") or figure.period,
        "as_of": "",
        "source": "waived",
        "definition": "",
        "evidence": [],
        "reason": each.waived.reason if each.waived else "",
    }
    if observation is not None and each.source is not None:
        behind = digests_behind(observation)
        said |= {
            "as_of": each.source.as_of.isoformat() if each.source.as_of else "",
            "source": observation.source,
            "definition": definition_of(observation.indicator, observation.source, proven=bool(behind)),
            "evidence": behind,
        }
    return said


def definition_of(indicator: Indicator, source: str, *, proven: bool) -> str:
    """What an indicator counts, in one sentence; else where its value comes from, and that it was ``proven`` only if there is a proof."""
    parts = [
        ("分子", indicator.numerator) if indicator.denominator else ("统计口径", indicator.numerator),
        ("分母", indicator.denominator),
        ("不含", indicator.exclusions),
    ]
    said = "；".join(f"{name}：{words.rstrip('。；')}" for name, words in parts if words)
    if said:
        return f"{said}。"
    return _UNPROVEN if source == Source.REPORTED.value and not proven else _UNSAID[Source(source)]


_UNSAID = {
    Source.COMPUTED: "由台账按办理情况逐项计算。",
    Source.DERIVED: "由其他指标推算。",
    Source.REPORTED: "由责任单位填报，附佐证材料，经单位主要负责人签发。",
    Source.DOCUMENT: "引自来源文件所载。",
}
_UNPROVEN = "引自责任单位填报的进展情况，经单位主要负责人签发。"


def digests_behind(observation: Observation) -> list[str]:
    """SHA-256 of what a value rests on: the evidence handed in, the document it stands in, the rows that were counted."""
    found: list[str] = []
    if observation.file is not None:
        found.append(observation.file.sha256)
    if observation.document is not None:
        found.append(observation.document.sha256)
    basis = observation.basis or {}
    if basis.get("digest"):
        found.append(str(basis["digest"]))
    return found


def _named(inspection: Inspection, audience: str) -> Any:
    rows = items(inspection)
    if audience == Audience.PUBLIC.value:
        return rows.filter(classification=Classification.PUBLIC.value)
    return rows.exclude(classification=Classification.SENSITIVE.value)


def _closures(bulletin: Bulletin) -> list[dict[str, Any]]:
    """The closures that the edition rests on, as their seals tell them: of every item that may be named and is closed. One statement."""
    closed = _named(bulletin.inspection, bulletin.audience).filter(review=Review.CLOSED.value)
    rows = Seal.objects.filter(finding__in=closed.values("pk"), cycle=F("finding__cycle"))
    return [
        {
            "inspection": row.inspection,
            "number": row.number,
            "cycle": row.cycle,
            "grade": row.grade,
            "closed_on": row.closed_on.isoformat(),
            "closure_digest": row.closure_digest,
            "evidence": row.evidence,
            "title": row.finding.title,
        }
        for row in rows.select_related("finding").order_by("number")
    ]  # fmt: skip


_WITHIN = frozenset({"ledger.returns", "ledger.waivers", "ledger.relapses", "ledger.checks"})
"""Indicators of how the office works, not of what was reached: no charts of them for the public."""


def _progress(bulletin: Bulletin, today: date) -> list[dict[str, str]]:
    """What the charts show: the computed indicators as they stood, of the reach that the audience may know."""
    reach = Reach.PUBLIC if bulletin.audience == Audience.PUBLIC.value else Reach.WHOLE
    values = computing.values(bulletin.inspection.code, reach, today)
    return [
        {"code": each.code, "name": each.name, "unit": each.unit, "value": plain(values[each.code].value)}
        for each in computing.definitions().values()
        if each.code in values and (bulletin.audience != Audience.PUBLIC.value or each.code not in _WITHIN)
    ]


def _approvals(bulletin: Bulletin) -> list[dict[str, str]]:
    """Which steps were taken, by which units and when; no names of people."""
    labels = {step.code: step.label for step in profile(bulletin.inspection).publication}
    rows = bulletin.approvals.filter(round=bulletin.round, approved=True).select_related("unit")
    return [
        {
            "step": labels.get(row.step, row.step),
            "unit": row.unit.name,
            "on": timezone.localdate(row.taken_at).isoformat(),
        }
        for row in rows
    ]


def _replaced(bulletin: Bulletin) -> dict[str, Any] | None:
    old = bulletin.replaces
    if old is None:
        return None
    words = {"code": old.code, "digest": old.content_digest, "published_on": old.published_on.isoformat()}
    return {**words, "number": old.number}
