"""版本、定版页和下载: what changed between revisions and since an edition, restoring, an edition as officials see it, and drafts as files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import gongwen
from tests import drafts
from tests.drafts import Desk
from tests.pages.conftest import client_of
from zhenggai.bulletins import files as bulletin_files
from zhenggai.bulletins.actions import drafting
from zhenggai.bulletins.files import MEDIA_TYPES
from zhenggai.bulletins.models import Bulletin, ParagraphVersion

pytestmark = pytest.mark.django_db

LINES = ["全市整治排口46处。", "印发制度文件2项。"]


@pytest.fixture
def desk() -> Desk:
    return Desk(drafts.public_world(), LINES)


@pytest.fixture
def at(desk: Desk) -> Client:
    return client_of(desk.whole.office.holder)


def versions(desk: Desk, query: str = "") -> str:
    return reverse("web:bulletin_versions", args=[desk.bulletin.pk]) + query


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- versions ---


def test_each_revision_says_who_did_what(at: Client, desk: Desk):
    desk.edit("46处", "全市整治排口47处。")
    drafting.move(paragraph=desk.paragraph("47处"), up=False, by=desk.whole.second_office)
    row = desk.paragraph("2项")
    drafting.remove(paragraph=row, base=row.version, by=desk.whole.office)
    drafting.restore(version=ParagraphVersion.objects.get(paragraph=row, number=1), by=desk.whole.office)
    page = text_of(at.get(versions(desk)))
    said = [line.strip() for line in page.splitlines()]
    for word in ("增加", "修改", "移动", "删除", "恢复"):
        assert word in said
    assert desk.whole.second_office.title in page


def test_any_two_revisions_are_compared_word_by_word(at: Client, desk: Desk):
    desk.edit("46处", "全市整治排口48处。")
    page = text_of(at.get(versions(desk, "?old=2&new=3")))
    assert "<del>46</del><ins>48</ins>" in page
    assert "<del>46</del><ins>48</ins>" in text_of(at.get(versions(desk, "?old=3&new=2"))), (
        "the older one is always the first"
    )
    assert "文字没有差异" in text_of(at.get(versions(desk, "?old=3&new=3")))
    assert at.get(versions(desk, "?old=x&new=999999999999999999999")).status_code == 200


def test_a_version_of_a_paragraph_is_shown_and_restored(at: Client, desk: Desk):
    row = desk.paragraph("46处")
    desk.edit("46处", "全市整治排口49处。")
    page = text_of(at.get(versions(desk, f"?paragraph={row.pk}")))
    assert "<del>46</del><ins>49</ins>" in page
    first = ParagraphVersion.objects.get(paragraph=row, number=1)
    address = reverse("web:bulletin_restore", args=[desk.bulletin.pk, first.pk])
    assert address in page
    at.post(address)
    assert desk.paragraph("46处").pk == row.pk
    assert desk.paragraph("46处").version == 3


def test_a_correction_shows_what_differs_from_the_edition(at: Client, desk: Desk):
    desk.waive_the_rest()
    edition = drafts.published(desk.whole, desk.bulletin)
    address = reverse("web:edition_revise", args=[edition.pk])
    answer = at.post(address, {"correction": " "})
    assert answer.status_code == 422
    assert "更正须写明理由" in answer.content.decode()
    answer = at.post(address, {"correction": "排口数误写"})
    made = Bulletin.objects.get(replaces=edition)
    assert answer["Location"] == reverse("web:bulletin", args=[made.pk])
    row = made.paragraphs.get(text__contains="46处")
    drafting.edit(paragraph=row, base=1, text="全市整治排口45处。", by=desk.whole.office)
    page = text_of(at.get(reverse("web:bulletin_versions", args=[made.pk]) + "?edition=1"))
    assert "与第 1 版的差异" in page
    assert "<del>46</del><ins>45</ins>" in page
    page = text_of(at.get(reverse("web:bulletin", args=[made.pk])))
    assert "本稿更正第 1 版：排口数误写" in page
    page = text_of(at.get(reverse("web:edition", args=[edition.pk])))
    assert "更正的第 2 版正在办理" in page
    answer = at.post(address, {"correction": "再更正一次"})
    assert answer.status_code == 409


# --- an edition ---


def test_an_edition_tells_every_figure_with_its_source_and_who_approved(at: Client, desk: Desk):
    desk.bind("46处", drafts.observed(desk.whole, "整治排口", "46", "处"))
    desk.waive_the_rest()
    edition = drafts.published(desk.whole, desk.bulletin)
    page = text_of(at.get(reverse("web:edition", args=[edition.pk])))
    assert 'href="#n-1"' in page
    assert 'id="n-1"' in page
    assert "整治排口" in page
    assert "引自来源文件所载" in page
    assert "免予绑定" in page
    for post in drafts.approvers(desk.whole):
        assert post.organisation.name in page
    assert edition.content_digest in page
    assert f"--edition {edition.code}-1-proof.json" in page


def test_proofs_and_verifier_are_downloaded_and_agree(
    at: Client, desk: Desk, tmp_path: Path, django_capture_on_commit_callbacks
):
    desk.waive_the_rest()
    with django_capture_on_commit_callbacks(execute=True):
        edition = drafts.published(desk.whole, desk.bulletin)
    answer = at.get(reverse("web:edition_proof", args=[edition.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    (tmp_path / "proof.json").write_bytes(answer.content)
    (tmp_path / "verify_journal.py").write_bytes(at.get(reverse("web:verifier")).content)
    assert json.loads(answer.content)["content"]["code"] == edition.code
    command = [sys.executable, "verify_journal.py", "--edition", "proof.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- files ---


@pytest.mark.parametrize("form", [form for form in MEDIA_TYPES if form != "pdf"])
def test_a_draft_is_downloaded_marked_as_one(at: Client, desk: Desk, form: str, tmp_path: Path):
    answer = at.get(reverse("web:bulletin_file", args=[desk.bulletin.pk, form]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == MEDIA_TYPES[form]
    assert f"-draft.{form}" in answer["Content-Disposition"]
    assert "%E8%8D%89%E7%A8%BF" in answer["Content-Disposition"], "草稿"
    assert answer["X-Content-Type-Options"] == "nosniff"
    file = tmp_path / f"draft.{form}"
    file.write_bytes(answer.content)
    if form != "json":
        assert any(each.text == "46处" for each in gongwen.read(file).quantities)


def test_an_unknown_form_is_not_there(at: Client, desk: Desk):
    assert at.get(reverse("web:bulletin_file", args=[desk.bulletin.pk, "exe"])).status_code == 404


def test_what_is_missing_is_said_on_a_page(at: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def missing(*_arguments: object, **_options: object) -> bytes:
        raise gongwen.GongwenError("没有找到字体“仿宋”，请安装；docx 不受影响。")

    monkeypatch.setattr(bulletin_files.layout, "layout", missing)
    answer = at.get(reverse("web:bulletin_file", args=[desk.bulletin.pk, "pdf"]))
    assert answer.status_code == 409
    assert "没有找到字体" in answer.content.decode()


# --- an indicator's page ---


def test_the_page_of_an_indicator_names_the_drafts_that_rest_on_it(at: Client, desk: Desk):
    source = drafts.observed(desk.whole, "整治排口", "46", "处")
    address = reverse("web:indicator", args=[source.indicator_id])
    assert "用到这些数值的文稿" not in text_of(at.get(address))
    desk.bind("46处", source)
    page = text_of(at.get(address))
    assert "用到这些数值的文稿" in page
    assert reverse("web:bulletin", args=[desk.bulletin.pk]) in page
    drafts.observed(desk.whole, "整治排口", "47", "处", corrects=source.pk)
    assert reverse("web:bulletin", args=[desk.bulletin.pk]) in text_of(at.get(address))
    reader = client_of(desk.whole.reader.holder).get(address)
    assert reverse("web:bulletin", args=[desk.bulletin.pk]) not in reader.content.decode()
