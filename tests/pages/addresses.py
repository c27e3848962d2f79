"""Every address by its name, with rows that are there: what the tests of headers and routes walk."""

from datetime import timedelta

from django.urls import URLPattern, reverse

from tests import cast, drafts
from tests.cast import World
from zhenggai.bulletins.models import Binding, Bulletin, Edition, Paragraph, ParagraphVersion
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Details, Proof, Said
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.states import Source
from zhenggai.journal.heads import sign_head
from zhenggai.ledger.actions import assigning, proving, reporting, requesting
from zhenggai.ledger.actions.reporting import Said as Reported
from zhenggai.ledger.handling.models import (
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.states import Completion, ParticipantRole, WaiverKind
from zhenggai.ledger.models import Measure, Task
from zhenggai.parties.states import Role
from zhenggai.web import urls
from zhenggai.web.bulletin.deeds import DEEDS as DRAFT_DEEDS
from zhenggai.web.item.deeds import DEEDS

SUBJECTS = {
    "task": Task, "measure": Measure, "report": ProgressReport, "figure": ReportedFigure, "evidence": Evidence,
    "extension": Extension, "waiver": Waiver, "closure": Closure,
}  # fmt: skip


def busy() -> World:
    """A world with one row of everything that an address can name, on its first item."""
    whole = cast.world()
    closure = cast.applied(whole)
    task = whole.task()
    proving.attach(task=task, handed=cast.handed(), by=whole.unit.filler)
    reporting.fill_in(
        task=task,
        said=Reported("下一期", "已清理违建12处，继续推进。", Completion.DONE),
        by=whole.unit.filler,
    )
    requesting.request_extension(
        task=task, to_on=cast.today() + timedelta(days=300), reason="汛期", by=whole.unit.head
    )
    requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="涉密", expires_on=cast.today(), by=whole.unit.head
    )
    assert closure.finding == whole.finding()
    measured(whole)
    composed(whole)
    return whole


def composed(whole: World) -> None:
    """A draft with a binding, and an edition; the lead official belongs to the group, so that he may read them."""
    assigning.appoint(
        inspection=whole.inspection, role=ParticipantRole.MEMBER, post=whole.official, by=whole.office
    )
    desk = drafts.Desk(whole, ["全市整治排口46处。"])
    desk.bind("46处", drafts.observed(whole, "整治排口", "46", "处"))
    drafts.published(whole, drafts.Desk(whole, ["各项工作按计划推进。"]).bulletin)


def measured(whole: World) -> Observation:
    """An indicator of the unit, and a value of it that nobody has signed yet."""
    details = Details(source=Source.REPORTED, organisation=whole.unit.organisation)
    indicator = actions.define(name=("清理违建", "处", "count", ""), details=details, by=whole.office)
    handed = cast.handed()
    return actions.report(
        indicator=indicator,
        said=Said("12处", "2025年", cast.today(), whole.inspection.code),
        file=Proof(handed.name, handed.received),
        by=whole.unit.filler,
    )


def seat(whole: World, role: Role):
    """The post of the cast that has a part in the item in this role."""
    return {
        Role.OFFICE: whole.office, Role.OFFICIAL: whole.official, Role.HEAD: whole.unit.head, Role.FILLER: whole.unit.filler,
        Role.SUPERVISOR: whole.supervisor, Role.READER: whole.reader,
    }[role]  # fmt: skip


def every_url(whole: World) -> dict[str, str]:
    """Every address by its name."""
    reading = whole.inspection.readings.get()
    post = whole.office
    values = {
        "reading_id": reading.pk, "item_id": reading.proposals.first().pk, "document_id": reading.document_id,
        "code": whole.inspection.code, "form": "json", "kind": "problems", "number": whole.finding().number,
        "participant_id": whole.inspection.participants.first().pk,
        "person_id": post.holder_id, "organisation_id": post.organisation_id, "post_id": post.pk, "size": sign_head().size,
        "value_id": Observation.objects.filter(source="reported").first().pk,
        "path": "dictionary/",
    }  # fmt: skip
    found = {}
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        own = {**values, "pk": _key(pattern.name or ""), "row": _row(pattern.name or "")}
        if pattern.name == "list_file":
            own["form"] = "xlsx"
        wanted = {name: own[name] for name in pattern.pattern.converters}
        found[pattern.name] = reverse(f"web:{pattern.name}", kwargs=wanted)
    return found


def _row(name: str) -> int:
    """What an act on a draft is done to."""
    rows = {"paragraph": Paragraph, "binding": Binding, "version": ParagraphVersion}
    deed = DRAFT_DEEDS.get(name.removeprefix("bulletin_"))
    return rows[deed.subject].objects.order_by("pk").first().pk if deed and deed.subject else 0


def _key(name: str) -> int:
    if name.startswith("bulletin"):
        return Bulletin.objects.order_by("pk").first().pk
    if name.startswith("edition"):
        return Edition.objects.get().pk
    if name.startswith(("indicator", "figure_")):
        return Indicator.objects.filter(source="reported").first().pk
    deed = DEEDS.get(name.removeprefix("item_"))
    subject = deed.subject if deed and name.startswith("item_") else "evidence"
    return SUBJECTS[subject].objects.order_by("pk").first().pk if subject else 0
