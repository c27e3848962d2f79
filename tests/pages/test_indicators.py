"""指标: the list, one indicator with its values, and every act on them; who sees what."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast, people
from tests.cast import World
from tests.factories import F
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, part, statements
from tests.unit.indicators.figures import entered
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Details, NewObservation
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.states import Direction, Reach, Source
from zhenggai.indicators.taking import take
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.handling.states import Classification
from zhenggai.ledger.models import Proposal
from zhenggai.parties.models import Person
from zhenggai.parties.states import Role

pytestmark = pytest.mark.django_db

LIST = "/indicators/"
SECRET_FIGURE = "涉案金额笔数"
DOCUMENT = [
    F("治水护河责任落实不严", ["完善办法"], [("清理违建", "12", "处")]),
    F("专案问题", ["办结专案"], [(SECRET_FIGURE, "7", "笔")]),
]


def at(post):
    return client_of(Person.objects.get(pk=post.holder_id))


def shown(post, url=LIST, status=200):
    answer = at(post).get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def page_of(indicator):
    return reverse("web:indicator", args=[indicator.pk])


def words(html):
    """What a person reads: without tags, in one line."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def whole(db) -> World:
    whole = cast.world(DOCUMENT)
    cast.assigned(whole)
    return whole


@pytest.fixture
def green(whole):
    details = Details(
        source=Source.REPORTED,
        direction=Direction.UP,
        numerator="获评绿色工厂的企业",
        organisation=whole.unit.organisation,
    )
    return actions.define(name=("绿色工厂", "户", "count", ""), details=details, by=whole.office)


def upload(text="2025年绿色工厂名单"):
    return SimpleUploadedFile("名单.txt", text.encode(), content_type="text/plain")


def values(**more):
    return {
        "value": "10户",
        "period": "2025年",
        "as_of": cast.today().isoformat(),
        "scope": "",
        "applies_to": "",
        "file": upload(),
        **more,
    }


# --- who sees what -----------------------------------------------------------------------------------------------------------------------


def test_strangers_get_nothing(at_stranger, whole, green):
    row = entered(green, whole.unit)
    own = [green.pk, row.pk]
    check_strangers(at_stranger, LIST)
    for name in ("indicator", "indicator_describe", "indicator_derive", "figure_report"):
        check_strangers(at_stranger, reverse(f"web:{name}", args=own[:1]))
    for name in ("figure_sign", "figure_correct", "figure_withdraw", "figure_file"):
        check_strangers(at_stranger, reverse(f"web:{name}", args=own))


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY, Role.AUDIT])
def test_administrators_get_404(whole, green, role):
    assert at(people.administrator(role, "某")).get(LIST).status_code == 404


def test_officials_and_other_units_know_of_no_indicator(whole, green):
    row = entered(green, whole.unit, scope=whole.inspection.code)
    assert at(whole.official).get(LIST).status_code == 404
    for post in (whole.outsider.head, whole.outsider.filler, whole.lead.head):
        assert "绿色工厂" not in shown(post)
        shown(post, page_of(green), 404)
        shown(post, reverse("web:figure_file", args=[green.pk, row.pk]), 404)
        assert at(post).post(reverse("web:figure_report", args=[green.pk]), values()).status_code == 404
        assert at(post).post(reverse("web:figure_sign", args=[green.pk, row.pk])).status_code == 404


def test_office_reader_supervisor_and_the_unit_see_it(whole, green):
    row = entered(green, whole.unit, scope=whole.inspection.code)
    for post in (whole.office, whole.reader, whole.supervisor, whole.unit.head, whole.unit.filler):
        assert "绿色工厂" in shown(post)
        html = words(shown(post, page_of(green)))
        assert "10户" in html
        assert "现行" in html
        answer = at(post).get(reverse("web:figure_file", args=[green.pk, row.pk]))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]


def test_a_supervisor_sees_the_inspections_that_it_supervises(whole, green):
    entered(green, whole.unit, scope="别的检查")
    assert "绿色工厂" not in shown(whole.supervisor)
    assert "绿色工厂" in shown(whole.office)


def test_nothing_tells_a_reader_of_a_sensitive_item(whole):
    """Neither its figures, nor by subtraction how many there are; the public count he may know."""
    secret = whole.finding(1)
    assigning.classify(
        finding=secret, classification=Classification.SENSITIVE, reason="敏感", by=whole.office
    )
    code = whole.inspection.code
    take(scope=code, reach=Reach.WHOLE, by=whole.office)
    take(scope=code, reach=Reach.PUBLIC, by=whole.office)
    items = Indicator.objects.get(code="ledger.items")
    hidden = Indicator.objects.get(name=SECRET_FIGURE)
    assert (SECRET_FIGURE in shown(whole.office), SECRET_FIGURE in shown(whole.reader)) == (True, False)
    assert "清理违建" in shown(whole.reader)
    shown(whole.reader, page_of(hidden), 404)
    whole_row = Observation.objects.get(indicator=items, reach="whole")
    html = shown(whole.reader, page_of(items))
    assert f'id="value-{whole_row.pk}"' not in html
    assert words(html).count("公开口径") == 1
    assert f'id="value-{whole_row.pk}"' in shown(whole.supervisor, page_of(items))


def test_a_supervisor_sees_no_figure_out_of_a_document(whole):
    assert "清理违建" not in shown(whole.supervisor)


def test_english_readers_get_the_page_too(whole, green):
    entered(green, whole.unit)
    client = at(whole.office)
    client.post(reverse("web:language"), {"language": "en"})
    assert client.get(page_of(green)).status_code == 200


# --- the list ----------------------------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_and_goes_on(whole, green, at_stranger):
    entered(green, whole.unit, scope=whole.inspection.code)
    take(scope=whole.inspection.code, reach=Reach.WHOLE, by=whole.office)
    for number in range(10):
        actions.define(name=(f"会议{number}", "次", "count", ""), by=whole.office)
    client = at(whole.office)
    first = client.get(LIST).content.decode()
    assert "会议9" in first
    assert "绿色工厂" not in first  # on the next page
    after = re.search(r"\?before=(\d+)", first).group(1)
    assert "绿色工厂" in client.get(f"{LIST}?before={after}").content.decode()
    reported = client.get(f"{LIST}?source=reported").content.decode()
    assert ("绿色工厂" in reported, "会议9" in reported) == (True, False)
    of_inspection = words(
        client.get(f"{LIST}?scope={whole.inspection.code}&source=computed").content.decode()
    )
    assert "反馈问题" in of_inspection
    assert "会议9" not in of_inspection
    assert "没有符合条件的指标" in client.get(f"{LIST}?named=无此指标").content.decode()
    found = client.get(f"{LIST}?named=绿色", headers=part("list")).content.decode()
    assert found.strip().startswith('<div id="list"')
    assert client.get(f"{LIST}?source=nonsense&before=x&scope=%00").status_code == 200


def test_statements_do_not_grow(whole, green):
    code = whole.inspection.code
    entered(green, whole.unit, scope=code)
    client = at(whole.office)
    few = statements(client, f"{LIST}?scope={code}"), statements(client, page_of(green))
    for year in range(2000, 2020):
        entered(green, whole.unit, scope=code, period=f"{year}年")
    for number in range(8):
        more = Details(source=Source.REPORTED, organisation=whole.unit.organisation)
        made = actions.define(name=(f"指标{number}", "户", "count", ""), details=more, by=whole.office)
        entered(made, whole.unit, scope=code)
    assert (statements(client, f"{LIST}?scope={code}"), statements(client, page_of(green))) == few


# --- one indicator -----------------------------------------------------------------------------------------------------------------------


def test_the_page_tells_definition_sources_corrections_and_growth(whole, green):
    entered(green, whole.unit, value="8", period="2024年", as_of=date(2024, 12, 31))
    old = entered(green, whole.unit, value="10", as_of=date(2025, 12, 31))
    actions.correct(observation=old, value="12户", reason="漏计两户", by=whole.unit.head)
    html = words(shown(whole.office, page_of(green)))
    for said in (
        "统计内容（分子）获评绿色工厂的企业", "越高越好", "单位填报", "更正10户：漏计两户", "被更正为12户", "同比上升50%", "说明.txt",
        "2025-12-31", f"{whole.unit.head.title}签发",
    ):  # fmt: skip
        assert said in html, said
    assert html.count("✓现行") == 2
    assert html.count("同比") == 1


def test_percents_grow_by_points(whole):
    details = Details(source=Source.REPORTED, organisation=whole.unit.organisation)
    online = actions.define(name=("网办率", "%", "percent", ""), details=details, by=whole.office)
    entered(online, whole.unit, value="97.9%", period="2024年")
    entered(online, whole.unit, value="100%", period="2025年")
    assert "同比上升2.1个百分点" in words(shown(whole.office, page_of(online)))


def test_a_computed_value_says_that_it_has_moved(whole):
    code = whole.inspection.code
    take(scope=code, reach=Reach.WHOLE, by=whole.office)
    units = Indicator.objects.get(code="ledger.units")
    assert "✓现行" in words(shown(whole.office, page_of(units)))
    cast.assigned(whole, 1)
    assigning.assign(
        task=whole.task(1), answers=cast.answers(whole, whole.outsider), reason="划转", by=whole.office
    )
    html = words(shown(whole.office, page_of(units)))
    assert "▲已有变化" in html
    assert "现在是2个" in html
    assert "由1条台账记录得出" in html


def test_buttons_are_for_those_who_may(whole, green):
    row = entered(green, whole.unit, whole.unit.filler, scope=whole.inspection.code)
    sign, correct = (reverse(f"web:figure_{name}", args=[green.pk, row.pk]) for name in ("sign", "correct"))
    describe, report = (
        reverse("web:indicator_describe", args=[green.pk]),
        reverse("web:figure_report", args=[green.pk]),
    )
    may = {
        "office": (whole.office, {describe}), "reader": (whole.reader, set()), "supervisor": (whole.supervisor, set()),
        "head": (whole.unit.head, {sign, correct, report}), "filler": (whole.unit.filler, {correct, report}),
    }  # fmt: skip
    for name, (post, expected) in may.items():
        html = shown(post, page_of(green))
        assert {url for url in (sign, correct, describe, report) if f'href="{url}"' in html} == expected, name


# --- acts --------------------------------------------------------------------------------------------------------------------------------


def test_from_definition_to_a_signed_and_corrected_value(whole):
    office, filler, head = at(whole.office), at(whole.unit.filler), at(whole.unit.head)
    new = reverse("web:indicator_new")
    assert "登记指标" in office.get(new).content.decode()
    given = {
        "name": "绿色工厂", "unit": "户", "source": "reported", "organisation": whole.unit.organisation.name, "direction": "up",
        "numerator": "获评绿色工厂的企业", "period_kind": "年度",
    }  # fmt: skip
    assert office.post(new, given).status_code == 302
    green = Indicator.objects.get(name="绿色工厂")
    assert (green.organisation, green.source, green.kind) == (whole.unit.organisation, "reported", "count")
    report = reverse("web:figure_report", args=[green.pk])
    answer = filler.post(report, values(scope=whole.inspection.code), follow=True)
    assert "待主要负责人签发后生效" in answer.content.decode()
    row = Observation.objects.get(indicator=green)
    assert (row.value, row.scope, row.file.name) == (10, whole.inspection.code, "名单.txt")
    assert "○待签发" in words(answer.content.decode())
    sign = reverse("web:figure_sign", args=[green.pk, row.pk])
    assert filler.post(sign, {"csrf": "x"}).status_code == 403
    assert "已签发" in head.post(sign, {"csrf": "x"}, follow=True).content.decode()
    correct = reverse("web:figure_correct", args=[green.pk, row.pk])
    sent = {"value": "12户", "reason": "漏计两户", "as_of": cast.today().isoformat()}
    assert "待主要负责人签发" in filler.post(correct, sent, follow=True).content.decode()
    newer = Observation.objects.get(corrects=row)
    withdraw = reverse("web:figure_withdraw", args=[green.pk, newer.pk])
    assert "请填写“理由”" in office.post(withdraw, {"reason": ""}).content.decode()
    assert "已撤回" in office.post(withdraw, {"reason": "重复"}, follow=True).content.decode()
    describe = reverse("web:indicator_describe", args=[green.pk])
    assert "获评绿色工厂的企业" in office.get(describe).content.decode()
    assert "没有变化" in office.post(describe, given).content.decode()
    assert (
        "定义已更新"
        in office.post(describe, {**given, "exclusions": "省级以下"}, follow=True).content.decode()
    )
    assert verify().sound


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"value": "十二点五"}, "value", "中文数字"),
        ({"value": "约300"}, "value", "带有“约”"),
        ({"value": "10-12"}, "value", "区间"),
        ({"value": "10家"}, "value", "本指标的单位是“户”"),
        ({"value": "10" * 20}, "value", "超出可精确记账"),
        ({"as_of": (cast.today() + timedelta(days=1)).isoformat()}, "as_of", "之后，请填写"),
        ({"as_of": "6月底"}, "as_of", "请按“2026-06-30”的形式填写"),
        ({"period": f"{cast.today().year + 1}年"}, "period", "还没有到"),
        ({"scope": "2099-XS-01"}, "scope", "没有编号为“2099-XS-01”的检查"),
        ({"file": ""}, "file", "没有附佐证材料"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, None, "空"),
    ],
)
def test_bad_input_is_told_at_its_field(whole, green, wrong, field, said):
    answer = at(whole.unit.head).post(reverse("web:figure_report", args=[green.pk]), values(**wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    if field:
        shown_at = re.search(rf'id="id_{field}_error">([^<]+)<', html)
        assert shown_at, html
        assert said in shown_at.group(1)
    assert not Observation.objects.filter(indicator=green).exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(whole, green, settings):
    settings.EVIDENCE_LARGEST = 1024 * 1024
    answer = at(whole.unit.head).post(
        reverse("web:figure_report", args=[green.pk]), values(file=upload("字" * 400_000))
    )
    assert answer.status_code == 422
    assert "文件超过 1 MB" in answer.content.decode()


@pytest.mark.parametrize("name", ["indicator_new", "indicator_take"])
def test_only_the_office_defines_and_takes(whole, name):
    for post in (whole.reader, whole.supervisor, whole.unit.head):
        client = at(post)
        assert "disabled" in client.get(reverse(f"web:{name}")).content.decode()
        sent = {"name": "甲", "unit": "户", "source": "document", "scope": whole.inspection.code}
        answer = client.post(reverse(f"web:{name}"), sent)
        # An inspection that the post may not know of is not told apart from one that there is not.
        assert answer.status_code in (403, 422), post.code
    assert not Indicator.objects.filter(name__in=["甲", "反馈问题"]).exists()


def test_taking_on_the_page(whole):
    client, url = at(whole.office), reverse("web:indicator_take")
    sent = {"scope": whole.inspection.code, "reach": "whole"}
    assert "24 项指标，24 项有变化" in client.post(url, sent, follow=True).content.decode()
    assert "24 项指标，0 项有变化" in client.post(url, sent, follow=True).content.decode()
    assert "“所属检查”没有填写" in client.post(url, {"scope": "", "reach": "whole"}).content.decode()
    assert "没有编号为" in client.post(url, {"scope": "2099-XS-01", "reach": "whole"}).content.decode()


def test_deriving_on_the_page(whole, green):
    entered(green, whole.unit, value="8", period="2024年")
    entered(green, whole.unit, value="10", period="2025年")
    client = at(whole.office)
    given = {
        "name": "绿色工厂增幅",
        "unit": "%",
        "source": "derived",
        "op": "year_on_year",
        "of1": "绿色工厂（户）",
    }
    assert (
        "没有名为“白色工厂”的指标"
        in client.post(reverse("web:indicator_new"), {**given, "of1": "白色工厂"}).content.decode()
    )
    assert client.post(reverse("web:indicator_new"), given).status_code == 302
    growth = Indicator.objects.get(name="绿色工厂增幅")
    assert growth.formula == {"op": "year_on_year", "of": [green.pk]}
    url = reverse("web:indicator_derive", args=[growth.pk])
    assert "同比：绿色工厂" in client.get(url).content.decode()
    sent = {"period": "2025年", "scope": "", "reach": "whole"}
    html = words(client.post(url, sent, follow=True).content.decode())
    assert "推算为上升25%" in html
    assert "上升25%" in html
    assert "没有“绿色工厂”2023年的现行数值" in client.post(url, {**sent, "period": "2024年"}).content.decode()
    assert (
        "绿色工厂（户）" in client.get(reverse("web:indicator_describe", args=[growth.pk])).content.decode()
    )


def test_what_was_read_is_corrected_at_the_desk(whole):
    row = Observation.objects.get(indicator__name="清理违建")
    url = reverse("web:figure_correct", args=[row.indicator_id, row.pk])
    html = shown(whole.office, page_of(row.indicator))
    assert f'href="{url}"' not in html
    item = Proposal.objects.get(kind="figure", target_id=row.pk)
    assert f'href="/readings/{item.reading_id}/?item={item.pk}#m-{item.pk}"' in html
    answer = at(whole.office).post(url, {"value": "13处", "reason": "读错一位"})
    assert answer.status_code == 422
    assert "请在读件台上更正那一条" in answer.content.decode()
    assert "/readings/" not in shown(whole.supervisor)


def test_until_it_is_signed_a_correction_only_waits(whole, green):
    old = entered(green, whole.unit)
    actions.correct(observation=old, value="12户", reason="漏计", by=whole.unit.filler)
    html = words(shown(whole.office, page_of(green)))
    for said in ("✓现行", "○待签发", "更正待签发12户"):
        assert said in html, said
    assert "10户" in words(shown(whole.office))
    assert "is-withdrawn" not in shown(whole.office, page_of(green))


def test_the_list_shows_the_whole_count_where_it_may_be_seen(whole):
    for reach in (Reach.WHOLE, Reach.PUBLIC):
        take(scope=whole.inspection.code, reach=reach, by=whole.office)
    assert "反馈问题列入台账的问题和具体表现，逐一编号、逐一销号的事项2个" in words(shown(whole.office))


def test_what_people_write_is_shown_as_text(whole):
    nasty = "<script>alert(1)</script>\"'&"
    details = Details(source=Source.REPORTED, numerator=nasty, organisation=whole.unit.organisation)
    row = actions.define(name=(nasty, nasty[:30], "count", ""), details=details, by=whole.office)
    value = NewObservation(
        (nasty, nasty[:30], "count", ""), 3, None, nasty, "", nasty, [nasty], None, scope="S"
    )
    actions.observe(values=[value], by=whole.office)
    for url in (LIST, page_of(row), reverse("web:indicator_describe", args=[row.pk])):
        html = shown(whole.office, url)
        assert nasty not in html
        assert "<script>alert" not in html
