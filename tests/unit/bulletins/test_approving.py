"""审核与定版: step by step, by others, for one digest of text and bindings; then nobody can change it, and anybody can check it."""

import json

import pytest
from django.db import DatabaseError, transaction

from tests import cast, drafts
from tests.drafts import Desk
from zhenggai.bulletins import rules
from zhenggai.bulletins.actions import approving, binding, drafting, publishing
from zhenggai.bulletins.models import Approval, Bulletin, Edition, Paragraph, ParagraphVersion
from zhenggai.bulletins.queries import content_of
from zhenggai.bulletins.states import Audience, DraftState, FigureState
from zhenggai.core import clock
from zhenggai.core.errors import NotPermitted, Refusal
from zhenggai.indicators.actions.entering import withdraw
from zhenggai.indicators.states import Reach
from zhenggai.indicators.taking import take
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.journal.verify import verify

pytestmark = pytest.mark.django_db

LINES = ["全市整治排口46处。", "反馈问题3个，已完成整改问题1个。"]


@pytest.fixture
def whole():
    return drafts.public_world()


@pytest.fixture
def desk(whole):
    made = Desk(whole, LINES)
    values = take(scope=whole.inspection.code, reach=Reach.PUBLIC, by=whole.office)
    made.bind("46处", drafts.observed(whole, "整治排口", "46", "处"))
    made.bind("3个", values["ledger.items"])
    made.bind("1个", values["ledger.done"])
    fill_gaps(made)
    return made


def fill_gaps(desk):
    """What the template leaves for the office to fill in."""
    for row in desk.paragraphs:
        if "待补" in row.text:
            drafting.edit(paragraph=row, base=row.version, text="中共浅溪县委", by=desk.whole.office)


def sound():
    report = verify()
    assert report.sound, [fault.sentence for fault in report.faults]


def test_a_draft_with_an_unbound_number_cannot_be_submitted(whole):
    desk = Desk(whole, LINES)
    with pytest.raises(rules.TroublesLeft, match="46处"):
        approving.submit(bulletin=desk.bulletin, by=whole.office)


def test_the_chain_is_taken_step_by_step_by_others(desk, whole):
    approving.submit(bulletin=desk.bulletin, by=whole.office)
    with pytest.raises(rules.NotThisReviewer, match="送审人"):
        approving.approve(bulletin=desk.bulletin, by=whole.office)
    with pytest.raises(rules.NotThisReviewer, match="整改办核稿"):
        approving.approve(bulletin=desk.bulletin, by=whole.leader)
    for post in drafts.approvers(whole):
        approving.approve(bulletin=desk.bulletin, reason="同意", by=post)
    desk.bulletin.refresh_from_db()
    assert desk.bulletin.state == DraftState.APPROVED.value
    assert Approval.objects.filter(digest=desk.bulletin.digest, approved=True).count() == 3
    sound()


def test_while_under_review_neither_text_nor_bindings_change(desk, whole):
    approving.submit(bulletin=desk.bulletin, by=whole.office)
    row = desk.paragraph("46处")
    place = desk.figure("46处").figure.place
    tries = [
        lambda: desk.edit("46处", "全市整治排口47处。"),
        lambda: drafting.insert(bulletin=desk.bulletin, after=None, pasted="新段。", by=whole.office),
        lambda: drafting.remove(paragraph=row, base=row.version, by=whole.office),
        lambda: drafting.move(paragraph=row, up=True, by=whole.office),
        lambda: binding.waive(paragraph=row, start=place.start, end=place.end, reason="改", by=whole.office),
    ]
    for attempt in tries:
        with pytest.raises(rules.DraftRefused, match="送审"):
            attempt()


def test_a_row_changed_behind_the_acts_stops_the_approval(desk, whole):
    approving.submit(bulletin=desk.bulletin, by=whole.office)
    Paragraph.objects.filter(pk=desk.paragraph("46处").pk).update(text="全市整治排口40余处。")
    with pytest.raises(rules.ContentMoved):
        approving.approve(bulletin=desk.bulletin, by=whole.second_office)
    assert not verify().sound


def test_a_source_that_changes_meanwhile_stops_approval_and_publication(desk, whole):
    bulletin = drafts.approved(whole, desk.bulletin)
    row = desk.figure("46处").source
    withdraw(observations=[drafts.Observation.objects.get(pk=row.key)], reason="有误", by=whole.office)
    with pytest.raises(rules.TroublesLeft, match="46处"):
        publishing.publish(bulletin=bulletin, by=whole.office)


def test_sending_back_and_recalling_void_the_approvals(desk, whole):
    approving.submit(bulletin=desk.bulletin, by=whole.office)
    approving.approve(bulletin=desk.bulletin, by=whole.second_office)
    with pytest.raises(rules.WrongText, match="须写明理由"):
        approving.send_back(bulletin=desk.bulletin, reason="", by=whole.supervisor)
    approving.send_back(bulletin=desk.bulletin, reason="口径待核", by=whole.supervisor)
    desk.edit("46处", "全市共整治排口46处。")
    approving.submit(bulletin=desk.bulletin, by=whole.office)
    desk.bulletin.refresh_from_db()
    assert (desk.bulletin.round, desk.bulletin.step) == (2, 0)
    approving.recall(bulletin=desk.bulletin, reason="补充一段", by=whole.office)
    approving.drop(bulletin=desk.bulletin, reason="不再发布", by=whole.office)
    with pytest.raises(rules.DraftRefused, match="作废"):
        approving.submit(bulletin=desk.bulletin, by=whole.office)
    sound()


@pytest.mark.parametrize("who", ["leader", "supervisor", "reader", "official"])
def test_only_the_office_submits_and_publishes(desk, whole, who):
    post = getattr(whole, who)
    with pytest.raises(NotPermitted):
        approving.submit(bulletin=desk.bulletin, by=post)
    bulletin = drafts.approved(whole, desk.bulletin)
    with pytest.raises(NotPermitted):
        publishing.publish(bulletin=bulletin, by=post)


def test_an_edition_says_text_figures_closures_and_can_be_checked_by_anybody(desk, whole, tmp_path):
    edition = drafts.published(whole, desk.bulletin)
    content = content_of(edition)
    assert [figure["text"] for figure in content["figures"]] == ["46处", "3个", "1个"]
    by_text = {figure["text"]: figure for figure in content["figures"]}
    assert by_text["3个"]["source"] == "computed"
    assert by_text["3个"]["definition"]
    assert by_text["46处"]["value"] == "46"
    assert [(each["number"], each["grade"]) for each in content["closures"]] == [
        (whole.finding(0).number, "done")
    ]
    package = json.loads(edition.package.text)
    outside.checked_edition(package)
    file = tmp_path / "edition.json"
    file.write_text(edition.package.text, encoding="utf-8")
    assert outside.main(["--edition", str(file)]) == 0
    sound()


def test_the_database_refuses_an_edition_that_nobody_approved(desk, whole):
    bulletin = desk.bulletin
    for state in (DraftState.DRAFTING, DraftState.APPROVED):
        Bulletin.objects.filter(pk=bulletin.pk).update(
            state=state.value,
            digest="0" * 64,
            submitted_at=clock.now(),
            submitted_by="office",
            submitter=whole.office.holder,
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.create(
                bulletin=bulletin, inspection=whole.inspection, code=bulletin.code, number=1, kind="x", audience="public", title="x",
                content="{}", content_digest="0" * 64, algorithm="sha256", published_on=cast.today(), published_at="2026-11-24T00:00Z",
                published_by="office",
            )  # fmt: skip


def test_what_was_published_approved_or_kept_stays(desk, whole):
    edition = drafts.published(whole, desk.bulletin)
    for rows in (
        Edition.objects.filter(pk=edition.pk),
        Approval.objects.all(),
        ParagraphVersion.objects.filter(bulletin=desk.bulletin),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(
                **{"title" if rows.model is Edition else "reason" if rows.model is Approval else "text": "改"}
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_correction_is_a_new_edition_that_cites_the_old_one(desk, whole):
    first = drafts.published(whole, desk.bulletin)
    with pytest.raises(rules.WrongText):
        drafting.revise(edition=first, correction=" ", by=whole.office)
    draft = drafting.revise(edition=first, correction="排口数更正为47处", by=whole.office)
    with pytest.raises(rules.DraftRefused, match="第 2 版"):
        drafting.revise(edition=first, correction="再改", by=whole.office)
    again = Desk.__new__(Desk)
    again.whole, again.bulletin = whole, draft
    assert {each.state for each in again.sheet.figures} == {FigureState.BOUND}
    again.edit("46处", "全市整治排口47处。")
    assert again.state("47处") is FigureState.CONTRADICTED
    old = again.figure("47处").source.key
    drafts.observed(whole, "整治排口", "47", "处", corrects=old)
    assert again.state("47处") is FigureState.BOUND
    second = drafts.published(whole, draft)
    assert (second.code, second.number, second.replaces) == (first.code, 2, first)
    assert content_of(second)["replaces"]["digest"] == first.content_digest
    assert content_of(second)["correction"] == "排口数更正为47处"
    sound()


def test_nothing_of_a_withheld_item_is_in_a_public_edition(whole):
    secret = whole.finding(1)
    drafts.assigning.classify(
        finding=secret, classification=drafts.Classification.SENSITIVE, reason="涉密", by=whole.office
    )
    desk = Desk(whole, ["整改工作正在推进。", f"关于“{secret.title}”的问题，正在推进。"])
    with pytest.raises(rules.TroublesLeft):
        approving.submit(bulletin=desk.bulletin, by=whole.office)
    row = desk.paragraph(secret.title)
    drafting.remove(paragraph=row, base=row.version, by=whole.office)
    fill_gaps(desk)
    edition = drafts.published(whole, desk.bulletin)
    assert secret.title not in edition.content
    progress = {each["code"]: each["value"] for each in content_of(edition)["progress"]}
    assert progress["ledger.items"] == "2"


def test_an_internal_edition_names_no_sensitive_item_either(whole):
    secret = whole.finding(1)
    drafts.assigning.classify(
        finding=secret, classification=drafts.Classification.SENSITIVE, reason="涉密", by=whole.office
    )
    desk = Desk(whole, [f"关于“{secret.title}”的问题，正在推进。"], Audience.INTERNAL)
    fill_gaps(desk)
    with pytest.raises(Refusal):
        approving.submit(bulletin=desk.bulletin, by=whole.office)
