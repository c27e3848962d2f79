"""检查角色: profile, leading group, task force, supervising bodies."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import World
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, statements
from zhenggai.journal.verify import verify
from zhenggai.ledger.handling.models import Participant
from zhenggai.ledger.handling.states import ParticipantRole
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role

CODE = "2025-XC-01"
URL = f"/inspections/{CODE}/roles/"
PROFILE, APPOINT = reverse("web:roles_profile", args=[CODE]), reverse("web:roles_appoint", args=[CODE])


def dismissal(row: Participant) -> str:
    return reverse("web:roles_dismiss", args=[CODE, row.pk])


@pytest.fixture
def whole(db: None) -> World:
    return cast.world()


def said(post: Post, url: str, data: dict[str, object]) -> tuple[int, str]:
    """What the office's page answers to a form, with the status of the first answer."""
    client = client_of(post.holder)
    answer = client.post(url, data)
    if answer.status_code == 302:
        return 302, client.get(answer["Location"]).content.decode()
    return answer.status_code, answer.content.decode()


def test_strangers(at_stranger: Client, whole: World):
    check_strangers(at_stranger, URL)
    for url in (PROFILE, APPOINT, dismissal(Participant.objects.first())):
        check_strangers(at_stranger, url, method="post")
        assert client_of(whole.office.holder).get(url).status_code == 405


def test_who_may_not_know_of_the_inspection_finds_nothing(whole: World):
    outsider = client_of(whole.outsider.head.holder)
    assert outsider.get(URL).status_code == 404
    assert outsider.post(APPOINT, {"role": "leader"}).status_code == 404


def test_everybody_with_sight_reads_and_only_the_office_is_offered_to_act(whole: World):
    cast.assigned(whole)
    for post in (whole.reader, whole.unit.filler, whole.official, whole.supervisor):
        page = client_of(post.holder).get(URL).content.decode()
        assert "浅溪县纪委监委" in page
        assert "戊" in page
        assert "须由整改办办理" in page
        assert "确认取消" not in page
    page = client_of(whole.office.holder).get(URL).content.decode()
    assert "确认取消" in page
    assert "牵头单位初审 → 整改办复核 → 牵头领导审签 → 监督单位审核销号" in page


@pytest.mark.parametrize("url", ["profile", "appoint", "dismiss"])
def test_others_are_refused(whole: World, url: str):
    where = {"profile": PROFILE, "appoint": APPOINT, "dismiss": dismissal(Participant.objects.first())}[url]
    status, page = said(whole.reader, where, {"profile": "shenji", "role": "leader", "reason": "x"})
    assert status == 403
    assert "须由整改办办理" in page


def test_a_profile_is_chosen(whole: World):
    status, page = said(whole.office, PROFILE, {"profile": "shenji"})
    assert status == 302
    assert "已选定办理方案“审计”" in page
    assert Inspection.objects.get().profile == "shenji"
    status, page = said(whole.office, PROFILE, {"profile": "nonsense"})
    assert status == 409
    assert "没有代码为“nonsense”的办理方案" in page


@pytest.mark.parametrize("role", [ParticipantRole.DEPUTY, ParticipantRole.MEMBER])
def test_a_post_is_appointed_to_the_group(whole: World, role: ParticipantRole):
    status, page = said(whole.office, APPOINT, {"role": role.value, "post": whole.official.pk})
    assert status == 302
    assert f"已明确{role.label}：{whole.official.title}" in page
    assert Participant.objects.filter(role=role.value, post=whole.official, ended_at=None).exists()
    assert verify().faults == []


def test_a_unit_is_appointed(whole: World):
    data = {"role": "task_force", "unit": whole.lead.organisation.name}
    assert said(whole.office, APPOINT, data)[0] == 302
    row = Participant.objects.get(role="task_force")
    assert row.organisation == whole.lead.organisation


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"role": "leader"}, "请选择担任组长的岗位"),
        ({"role": "leader", "post": "nonsense"}, "请选择担任组长的岗位"),
        ({"role": "supervisor"}, "请选择监督机构"),
        ({"role": "supervisor", "unit": "没有这个单位"}, "请选择监督机构"),
        ({"role": "supervisor", "unit": "浅溪县纪委监委"}, "该监督机构已经明确"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(whole: World, data: dict[str, object], sentence: str):
    status, page = said(whole.office, APPOINT, data)
    assert status in (409, 422)
    assert sentence in page
    assert Participant.objects.count() == 2
    if "unit" in data:
        assert f'value="{data["unit"]}"' in page


def test_only_officials_lead(whole: World):
    status, page = said(whole.office, APPOINT, {"role": "leader", "post": whole.reader.pk})
    assert "须是“领导”岗位" in page
    assert status in (409, 422)


def test_a_part_is_ended_with_a_reason(whole: World):
    row = Participant.objects.get(role=ParticipantRole.LEADER.value)
    status, page = said(whole.office, dismissal(row), {"reason": " "})
    assert status in (409, 422)
    assert "须写明理由" in page
    status, page = said(whole.office, dismissal(row), {"reason": "工作调整"})
    assert status == 302
    assert "已取消组长" in page
    row.refresh_from_db()
    assert row.ended_by == "office"
    assert said(whole.office, dismissal(row), {"reason": "再来一次"})[0] == 409


def test_a_part_in_another_inspection_is_not_there(whole: World):
    row = Participant.objects.first()
    url = reverse("web:roles_dismiss", args=["1999-XS-01", row.pk])
    assert client_of(whole.office.holder).post(url, {"reason": "x"}).status_code == 404
    missing = reverse("web:roles_dismiss", args=[CODE, 10**9])
    assert client_of(whole.office.holder).post(missing, {"reason": "x"}).status_code == 404


def test_the_number_of_statements_is_fixed(whole: World):
    client = client_of(whole.office.holder)
    before = statements(client, URL)
    for number in range(5):
        unit = cast.people.organisation(f"第{number}监督局")
        cast.seat(f"o{number}", f"官{number}", Role.OFFICIAL, unit)
        data = {"role": "supervisor", "unit": unit.name}
        assert said(whole.office, APPOINT, data)[0] == 302
    client.get(URL)
    assert statements(client, URL) == before
