"""Every address by its name, with rows that are there: what the tests of headers and routes walk."""

from datetime import timedelta

from django.urls import URLPattern, reverse

from tests import cast
from tests.cast import World
from zhenggai.journal.heads import sign_head
from zhenggai.ledger.actions import proving, reporting, requesting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import (
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.states import Completion, WaiverKind
from zhenggai.ledger.models import Measure, Task
from zhenggai.parties.states import Role
from zhenggai.web import urls
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
        task=task, said=Said("下一期", "已清理违建12处，继续推进。", Completion.DONE), by=whole.unit.filler
    )
    requesting.request_extension(
        task=task, to_on=cast.today() + timedelta(days=300), reason="汛期", by=whole.unit.head
    )
    requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="涉密", expires_on=cast.today(), by=whole.unit.head
    )
    assert closure.finding == whole.finding()
    return whole


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
    }  # fmt: skip
    found = {}
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        own = {**values, "pk": _key(pattern.name or "")}
        if pattern.name == "list_file":
            own["form"] = "xlsx"
        wanted = {name: own[name] for name in pattern.pattern.converters}
        found[pattern.name] = reverse(f"web:{pattern.name}", kwargs=wanted)
    return found


def _key(name: str) -> int:
    deed = DEEDS.get(name.removeprefix("item_"))
    subject = deed.subject if deed and name.startswith("item_") else "evidence"
    return SUBJECTS[subject].objects.order_by("pk").first().pk if subject else 0
