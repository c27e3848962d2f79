"""Who sees what: every role at every page and every export. What a post may not know of is not there (404), or not in the answer.

Source: peers' checklist, row 2 (object scope, generated cross-product).
"""

import contextlib
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast, people
from tests.cast import World
from tests.factories import F, Made, enter
from tests.pages.conftest import client_of
from zhenggai.core.errors import NotFound
from zhenggai.exchange.exports import FORMS, export
from zhenggai.exchange.list_files import LIST_FORMS, export_list
from zhenggai.exchange.lists import ListKind
from zhenggai.indicators.models import Indicator
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.actions.assigning import Answers
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.handling.states import Classification, ParticipantRole
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Inspection, Reading
from zhenggai.parties.models import Post
from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web.standing import Section

MINE, OTHERS, SECRET, ELSEWHERE = "甲项本单位问题", "乙项他单位问题", "丙项敏感问题", "丁项另一检查的问题"
FIGURE, SECRET_FIGURE = "清理违建", "涉案金额笔数"
DOCUMENT, SECRET_DOCUMENT = "县河长巡查办法", "县专案处置办法"
CLAIM, SECRET_CLAIM = "违建已全部清理", "专案已全部办结"

PIECES = {
    "mine": MINE, "others": OTHERS, "secret": SECRET, "elsewhere": ELSEWHERE, "figure": FIGURE, "secret_figure": SECRET_FIGURE,
    "document": DOCUMENT, "secret_document": SECRET_DOCUMENT, "claim": CLAIM, "secret_claim": SECRET_CLAIM,
}  # fmt: skip
"""What can be seen at all, by a short name."""

READ = {"figure", "document", "claim"}
SECRETS = {"secret", "secret_figure", "secret_document", "secret_claim"}


@dataclass
class Stage:
    """Two inspections with a mine of what must not be seen, and everybody who may ask."""

    whole: World
    reading: Reading
    elsewhere: Inspection
    asked: dict[str, Post]
    code: str = ""
    sees: dict[str, set[str]] = field(default_factory=dict)


SEES: dict[str, set[str]] = {
    "office": set(PIECES),
    "reader": set(PIECES) - SECRETS,
    "unit-filler": {"mine"},
    "unit-head": {"mine"},
    "lead-head": {"mine", "others"},
    "supporter": {"others"},
    "official": {"mine"},
    "leader": {"mine", "others", "secret"},
    "member": {"mine", "others"},
    "supervisor": {"mine", "others", "secret"},
    "other-supervisor": {"elsewhere"},
    "outsider": set(),
    "unassigned-official": set(),
    "system": set(),
    "security": set(),
    "audit": set(),
}
"""Role → the pieces that it may come across, in both inspections."""


@pytest.fixture
def stage(db: None) -> Stage:
    found = [
        F(MINE, ["落实甲项"], [(FIGURE, "12", "处")], [(DOCUMENT, "new")], [(CLAIM, "completed")], area="一方面"),
        F(OTHERS, ["落实乙项"], area="一方面"),
        F(SECRET, ["落实丙项"], [(SECRET_FIGURE, "7", "笔")], [(SECRET_DOCUMENT, "new")], [(SECRET_CLAIM, "completed")]),
    ]  # fmt: skip
    whole = cast.world(found, units=2)
    second = enter(
        Made([F(ELSEWHERE, ["落实丁项"])], team="市委第九巡察组", party="中共远山县委", feedback_on="2024-01-09"),
        by=whole.office, name="elsewhere.txt",
    )  # fmt: skip
    accept(proposals=acceptable(second), by=whole.office)
    lead, (first, other) = whole.lead.organisation, whole.units
    official = whole.official
    mine = Answers(lead_official=official, lead_unit=lead, responsible=[first.organisation])
    assigning.assign(task=whole.task(0), answers=mine, by=whole.office)
    theirs = Answers(lead_unit=lead, supporting=[other.organisation])
    assigning.assign(task=whole.task(1), answers=theirs, by=whole.office)
    assigning.classify(
        finding=whole.finding(2), classification=Classification.SENSITIVE, reason="涉案", by=whole.office
    )
    member = cast.seat("member", "辛", Role.OFFICIAL, cast.people.organisation("浅溪县人大"))
    assigning.appoint(inspection=whole.inspection, role=ParticipantRole.MEMBER, post=member, by=whole.office)
    far = cast.seat("far", "庚", Role.SUPERVISOR, cast.people.organisation("远山县纪委监委"))
    elsewhere = Inspection.objects.get(pk=second.inspection_id)
    assigning.appoint(
        inspection=elsewhere, role=ParticipantRole.SUPERVISOR, organisation=far.organisation, by=whole.office
    )
    unit = whole.office.organisation
    asked = {
        "office": whole.office, "reader": whole.reader, "unit-filler": first.filler, "unit-head": first.head,
        "lead-head": whole.lead.head, "supporter": other.filler, "official": official, "leader": whole.leader,
        "member": member, "supervisor": whole.supervisor, "other-supervisor": far, "outsider": whole.outsider.head,
        "unassigned-official": cast.seat("idle", "壬", Role.OFFICIAL, unit),
        **{role.value: people.administrator(role, role.label) for role in ADMINISTRATORS},
    }  # fmt: skip
    reading = Reading.objects.get(inspection=whole.inspection)
    return Stage(whole, reading, elsewhere, asked, whole.inspection.code)


def pieces_in(content: bytes) -> set[str]:
    """The pieces that an answer names; what is packed is looked into."""
    text = content.decode("utf-8", "ignore")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            text = "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    with contextlib.suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return {name for name, words in PIECES.items() if words in text}


def pages_of(stage: Stage, inspection: Inspection) -> Iterator[str]:
    """Every address that shows or exports something of an inspection."""
    code = inspection.code
    yield from (f"{reverse('web:ledger', args=[code])}?section={section.code}" for section in Section)
    yield from (reverse("web:export", args=[code, form]) for form in FORMS)
    for kind in ListKind:
        yield reverse("web:list", args=[code, kind])
        yield from (reverse("web:list_file", args=[code, kind, form]) for form in LIST_FORMS)
    yield reverse("web:roles", args=[code])
    for reading in inspection.readings.all():
        yield reverse("web:desk", args=[reading.pk])
        yield reverse("web:original", args=[reading.document_id])


def general_pages() -> list[str]:
    """Addresses that belong to no inspection."""
    return [
        reverse("web:inspections"), reverse("web:work"), reverse("web:new_reading"), reverse("web:unreadable"),
        reverse("web:indicators"), *(reverse("web:indicator", args=[row.pk]) for row in Indicator.objects.all()),
        *(f"{reverse('web:work')}?kind=overdue" for _ in range(1)),
    ]  # fmt: skip


@pytest.mark.parametrize("who", SEES)
def test_nobody_comes_across_what_he_may_not_know_of(stage: Stage, who: str):
    post = stage.asked[who]
    client = client_of(post.holder)
    came_across: set[str] = set()
    for inspection in (stage.whole.inspection, stage.elsewhere):
        for url in [*general_pages(), *pages_of(stage, inspection)]:
            answer = client.get(url)
            assert answer.status_code in (200, 302, 404), url
            came_across |= pieces_in(answer.content) if answer.status_code == 200 else set()
    assert came_across == SEES[who]


@pytest.mark.parametrize("who", SEES)
def test_an_inspection_that_one_may_not_know_of_is_not_there(stage: Stage, who: str):
    post = stage.asked[who]
    client = client_of(post.holder)
    of_first, of_second = SEES[who] - {"elsewhere"}, SEES[who] & {"elsewhere"}
    for inspection, seen in ((stage.whole.inspection, of_first), (stage.elsewhere, of_second)):
        for url in pages_of(stage, inspection):
            status = client.get(url).status_code
            assert status == 404 if not seen else status in (200, 404), url
        listed = client.get(reverse("web:inspections"))
        assert (inspection.code in listed.content.decode()) == bool(seen)
        if post.role in {role.value for role in ADMINISTRATORS}:
            assert listed.status_code == 302  # to his own first page


DOCUMENT_ROLES = ("office", "reader")


@pytest.mark.parametrize("who", SEES)
def test_documents_are_for_office_and_readers_only(stage: Stage, who: str):
    client = client_of(stage.asked[who].holder)
    sections = [section for section in Section if section is not Section.FINDINGS]
    urls = [f"{reverse('web:ledger', args=[stage.code])}?section={section.code}" for section in sections]
    urls += [reverse("web:new_reading"), reverse("web:unreadable")]
    wanted = 200 if who in DOCUMENT_ROLES else 404
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, wanted)


@pytest.mark.parametrize("who", SEES)
def test_a_document_with_a_sensitive_item_is_not_shown_in_part(stage: Stage, who: str):
    client = client_of(stage.asked[who].holder)
    desk, original = (
        reverse("web:desk", args=[stage.reading.pk]),
        reverse("web:original", args=[stage.reading.document_id]),
    )
    other = stage.elsewhere.readings.get()
    assert client.get(desk).status_code == (200 if who == "office" else 404)
    assert client.get(original).status_code == (200 if who == "office" else 404)
    elsewhere = client.get(reverse("web:desk", args=[other.pk])).status_code
    assert elsewhere == (200 if who in DOCUMENT_ROLES else 404)
    for act in ("accept", "correct", "reject", "keep", "identify"):
        item = stage.reading.proposals.last()
        status = client.post(reverse(f"web:{act}", args=[stage.reading.pk, item.pk])).status_code
        assert (status == 404) == (who != "office")


@pytest.mark.parametrize("who", SEES)
def test_exports_ask_who_asks_not_only_their_pages(stage: Stage, who: str):
    post = stage.asked[who]
    for inspection in (stage.whole.inspection, stage.elsewhere):
        seen = SEES[who] & {"elsewhere"} if inspection == stage.elsewhere else SEES[who] - {"elsewhere"}
        made = [lambda form=form: export(inspection, form, by=post) for form in FORMS]  # noqa: B023  # called at once
        made += [
            lambda kind=kind, form=form: export_list(inspection, kind, form, by=post)  # noqa: B023
            for kind in ListKind
            for form in LIST_FORMS
        ]
        for write in made:
            if not seen:
                with pytest.raises(NotFound):
                    write()
            else:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    assert pieces_in(write().content) <= seen


def test_what_an_export_leaves_out_is_not_counted_either(stage: Stage):
    made = json.loads(export(stage.whole.inspection, "json", by=stage.asked["unit-head"]).content)
    assert [finding["title"] for finding in made["findings"]] == [MINE]
    for name in ("documents", "figures", "policy_documents", "claims", "organisations"):
        assert made[name] == []


def test_a_reader_is_offered_no_way_to_a_closed_desk(stage: Stage):
    client = client_of(stage.asked["reader"].holder)
    desk = reverse("web:desk", args=[stage.reading.pk])
    for url in (reverse("web:inspections"), *pages_of(stage, stage.whole.inspection)):
        answer = client.get(url)
        assert f'href="{desk}' not in answer.content.decode("utf-8", "ignore"), url


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("office", {"待办", "检查", "读入文件"}),
        ("reader", {"检查"}),
        ("unit-filler", {"待办", "检查"}),
        ("leader", {"待办", "检查"}),
        ("system", set()),
    ],
)
def test_the_masthead_offers_what_one_may_use(stage: Stage, who: str, links: set[str]):
    page = client_of(stage.asked[who].holder).get(reverse("web:gallery")).content.decode()
    places = page.split('class="places"')[1].split("</nav>")[0]
    assert {name for name in ("待办", "检查", "读入文件") if f">{name}</a>" in places} == links


def test_a_stranger_gets_nothing_of_all_this(stage: Stage):
    for url in [*general_pages(), *pages_of(stage, stage.whole.inspection)]:
        assert Client().get(url).status_code == 302
