"""谁见谁办: state × act × person for drafts, and who sees which edition. What one may not see is not there."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse

from tests import cast, drafts
from tests.cast import World
from tests.drafts import Desk
from tests.pages.conftest import client_of
from zhenggai.bulletins.actions import approving
from zhenggai.bulletins.models import Binding, Bulletin, Edition, Paragraph, ParagraphVersion
from zhenggai.bulletins.states import Audience, DraftState
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.handling.states import ParticipantRole
from zhenggai.parties.models import Post
from zhenggai.web.bulletin.deeds import DEEDS

pytestmark = pytest.mark.django_db

SUBJECTS = {"paragraph": Paragraph, "binding": Binding, "version": ParagraphVersion}

READERS = ("office", "second_office", "leader", "supervisor")
OTHERS = ("official", "reader", "unit_head", "unit_filler", "outsider")

STATES: dict[DraftState, Callable[[World, Bulletin], object]] = {
    DraftState.DRAFTING: lambda _whole, _row: None,
    DraftState.REVIEW: lambda whole, row: approving.submit(bulletin=row, by=whole.office),
    DraftState.APPROVED: drafts.approved,
    DraftState.PUBLISHED: drafts.published,
    DraftState.DROPPED: lambda whole, row: approving.drop(bulletin=row, reason="另行起草", by=whole.office),
}

WRITES = frozenset(DEEDS) - {"submit", "approve", "send_back", "recall", "publish", "drop"}

ALLOWED: dict[DraftState, set[str]] = {
    DraftState.DRAFTING: {*WRITES, "submit", "drop"},
    DraftState.REVIEW: {"recall"},
    DraftState.APPROVED: {"publish", "recall"},
    DraftState.PUBLISHED: set(),
    DraftState.DROPPED: set(),
}
"""What the office may do in each state besides reviewing; 409 for everything else."""

REVIEWS = frozenset({"approve", "send_back"})

TURNS = {
    (DraftState.REVIEW, "approve", "second_office"), (DraftState.REVIEW, "send_back", "second_office"),
    *((DraftState.APPROVED, "send_back", who) for who in READERS),
}  # fmt: skip
"""The first step of a review is a second person's of the office; what is approved may be sent back by whoever reviews."""

NOTHING_TO_DO = frozenset({"bind_sure", "renew"})
"""The one number is bound, and its source has not changed."""


def people(whole: World) -> dict[str, Post]:
    return {
        "office": whole.office, "second_office": whole.second_office, "leader": whole.leader, "supervisor": whole.supervisor,
        "official": whole.official, "reader": whole.reader, "unit_head": whole.unit.head, "unit_filler": whole.unit.filler,
        "outsider": whole.outsider.head,
    }  # fmt: skip


def sent(desk: Desk, name: str) -> tuple[str, dict[str, object]]:
    """The address of an act and a form with which the office succeeds."""
    deed, row = DEEDS[name], desk.paragraph("46处")
    place = desk.figure("46处").figure.place
    keys = {"paragraph": row.pk, "binding": desk.figure("46处").binding, "version": 0}
    if deed.subject == "version":
        keys["version"] = ParagraphVersion.objects.filter(paragraph=row).order_by("number").first().pk
    source = desk.sheet.bindings[0].observation_id
    form = {
        "base": row.version, "text": "全市整治排口46处，均已验收。", "role": "text", "after": row.pk, "start": place.start, "end": place.end,
        "reason": "按程序办理", "observation": source, "bindings": str(desk.figure("46处").binding),
    }  # fmt: skip
    arguments = [desk.bulletin.pk, *([keys[deed.subject]] if deed.subject else [])]
    return reverse(f"web:bulletin_{name}", args=arguments), form


def made(state: DraftState) -> Desk:
    whole = drafts.public_world()
    desk = Desk(whole, ["全市整治排口45处。", "各项工作按计划推进。"])
    desk.edit("45处", "全市整治排口46处。")
    desk.bind("46处", drafts.observed(whole, "整治排口", "46", "处"))
    STATES[state](whole, desk.bulletin)
    return desk


@pytest.mark.parametrize("state", DraftState)
def test_who_may_do_what_in_which_state(state: DraftState):
    desk = made(state)
    clients = {who: client_of(post.holder) for who, post in people(desk.whole).items()}
    wrong = []
    for name in DEEDS:
        address, form = sent(desk, name)
        for who, client in clients.items():
            with transaction.atomic():  # each from the same state
                status = client.post(address, form).status_code
                transaction.set_rollback(True)
            if status != expected(state, name, who):
                wrong.append((name, who, status, expected(state, name, who)))
    assert wrong == []


def expected(state: DraftState, name: str, who: str) -> int:
    """The answer's status: 302 done, 409 not now, 403 not by him, 404 he knows of no draft."""
    if who in OTHERS:
        return 404
    if name in REVIEWS:
        return 302 if (state, name, who) in TURNS else 409
    if who not in ("office", "second_office"):
        return 403
    return 302 if name in ALLOWED[state] - NOTHING_TO_DO else 409


READ = ("bulletin", "bulletin_versions")


@pytest.mark.parametrize("name", [*READ, "bulletin_file"])
def test_who_reads_a_draft(name: str):
    desk = made(DraftState.DRAFTING)
    arguments = [desk.bulletin.pk, *(["txt"] if name == "bulletin_file" else [])]
    for who, post in people(desk.whole).items():
        status = client_of(post.holder).get(reverse(f"web:{name}", args=arguments)).status_code
        assert status == (200 if who in READERS else 404), who


def test_a_member_of_the_group_reads_and_another_inspections_supervisor_does_not():
    desk = made(DraftState.DRAFTING)
    whole, address = desk.whole, reverse("web:bulletin", args=[desk.bulletin.pk])
    assigning.appoint(
        inspection=whole.inspection, role=ParticipantRole.MEMBER, post=whole.official, by=whole.office
    )
    assert client_of(whole.official.holder).get(address).status_code == 200
    other = cast.seat("supervisor2", "庚", cast.Role.SUPERVISOR, cast.people.organisation("浅溪县审计局"))
    assert client_of(other.holder).get(address).status_code == 404


def edition(audience: Audience) -> tuple[World, Edition]:
    whole = drafts.public_world()
    desk = Desk(whole, ["各项工作按计划推进。"], audience)
    return whole, drafts.published(whole, desk.bulletin)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", ["edition", "edition_proof"])
def test_who_sees_an_edition(audience: Audience, name: str):
    whole, row = edition(audience)
    for who, post in people(whole).items():
        status = client_of(post.holder).get(reverse(f"web:{name}", args=[row.pk])).status_code
        sees = who in READERS or (who == "reader" and audience is Audience.PUBLIC)
        assert status == (200 if sees else 404), who


def test_readers_find_the_public_editions_in_the_list_and_nothing_else():
    whole, row = edition(Audience.PUBLIC)
    draft = Desk(whole, ["另一份起草中的文稿。"]).bulletin
    inner = drafts.published(whole, Desk(whole, ["内部报送的情况。"], Audience.INTERNAL).bulletin)
    page = (
        client_of(whole.reader.holder)
        .get(reverse("web:bulletins", args=[whole.inspection.code]))
        .content.decode()
    )
    assert reverse("web:edition", args=[row.pk]) in page
    assert reverse("web:edition", args=[inner.pk]) not in page
    assert reverse("web:bulletin", args=[draft.pk]) not in page
    assert "起草文稿" not in page


@pytest.mark.parametrize("who", ["official", "unit_head", "unit_filler", "outsider"])
def test_who_reads_neither_drafts_nor_editions_has_no_list(who: str):
    whole, _row = edition(Audience.PUBLIC)
    answer = client_of(people(whole)[who].holder).get(reverse("web:bulletins", args=[whole.inspection.code]))
    assert answer.status_code == 404


def test_a_row_of_another_draft_is_not_there():
    whole = drafts.public_world()
    one, other = Desk(whole, ["全市整治排口46处。"]), Desk(whole, ["全市整治排口46处。"])
    address = reverse("web:bulletin_edit", args=[one.bulletin.pk, other.paragraph("46处").pk])
    answer = client_of(whole.office.holder).post(address, {"base": 1, "text": "改。"})
    assert answer.status_code == 404
    assert other.paragraph("46处").version == 1
