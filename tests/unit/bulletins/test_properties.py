"""What must hold whatever is done to a draft and to the values behind it, in any order: each walk a test of its own, named by its seed."""

from decimal import Decimal
from random import Random

import pytest
from django.db import transaction

from tests import cast, drafts
from tests.drafts import Desk
from zhenggai.bulletins.actions import binding, drafting
from zhenggai.bulletins.actions.binding import Choice
from zhenggai.bulletins.models import Binding, ParagraphVersion
from zhenggai.bulletins.queries import candidates, sheet_of
from zhenggai.bulletins.states import FigureState
from zhenggai.bulletins.sure import bind_confident
from zhenggai.core.errors import Refusal
from zhenggai.indicators.actions import correct, withdraw
from zhenggai.indicators.currency import now_of
from zhenggai.indicators.models import Observation
from zhenggai.indicators.states import Reach
from zhenggai.indicators.taking import take
from zhenggai.journal.verify import verify

pytestmark = pytest.mark.django_db

NAMES = (("绿色工厂", "户"), ("整治排口", "处"), ("网办率", "%"), ("追缴资金", "元"))
STEPS = 40


def sentence(random: Random) -> str:
    name, unit = random.choice(NAMES)
    number = random.choice(["3", "12", "46", "90.5", "1300"])
    written = f"{number}万元" if unit == "元" else f"{number}{unit}"
    words = random.choice(["2024年{}{}。", "累计完成{}{}，成效明显。", "全市{}{}，比上年有所增加。"])
    return words.format(name, written)


def step(desk: Desk, random: Random) -> None:
    """Somebody tries something."""
    whole, rows = desk.whole, desk.paragraphs
    row = random.choice(rows)
    observations = list(Observation.objects.order_by("pk"))
    observation = random.choice(observations)
    tries = {
        "edit": lambda: drafting.edit(paragraph=row, base=row.version, text=sentence(random) + sentence(random), by=whole.office),
        "change": lambda: drafting.edit(
            paragraph=row, base=max(1, row.version - random.randrange(2)), text=row.text.replace("1", "2", 1), by=whole.second_office
        ),
        "insert": lambda: drafting.insert(bulletin=desk.bulletin, after=row, pasted=sentence(random), by=whole.office),
        "remove": lambda: drafting.remove(paragraph=row, base=row.version, by=whole.office),
        "restore": lambda: drafting.restore(
            version=random.choice(list(ParagraphVersion.objects.filter(bulletin=desk.bulletin))), by=whole.office
        ),
        "move": lambda: drafting.move(paragraph=row, up=random.random() < 0.5, by=whole.office),
        "bind": lambda: bind_any(desk, random, observation),
        "confident": lambda: bind_confident(bulletin=desk.bulletin, by=whole.office),
        "waive": lambda: waive_any(desk, random),
        "renew": lambda: binding.renew(
            bulletin=desk.bulletin, bindings=[each.binding for each in desk.sheet.figures], by=whole.office
        ),
        "observe": lambda: drafts.observed(whole, *observed_any(random)),
        "correct": lambda: correct(observation=observation, value=f"{random.randrange(1, 60)}", reason="核对", by=whole.office),
        "withdraw": lambda: withdraw(observations=[observation], reason="有误", by=whole.office),
        "close": lambda: cast.closed(whole, 2),
        "take": lambda: take(scope=whole.inspection.code, reach=Reach.PUBLIC, by=whole.office),
    }  # fmt: skip
    try:
        with transaction.atomic():
            tries[random.choice(list(tries))]()
    except Refusal:
        pass


def observed_any(random: Random) -> tuple[str, str, str]:
    name, unit = random.choice(NAMES)
    return name, random.choice(["3", "12", "46", "90.5", "13000000"]), unit


def bind_any(desk: Desk, random: Random, observation: Observation) -> None:
    sheet = desk.sheet
    figure = random.choice(sheet.figures).figure
    choice = Choice(
        sheet.paragraphs[figure.place.line].pk, figure.place.start, figure.place.end, observation.pk
    )
    binding.bind(bulletin=desk.bulletin, choices=[choice], by=desk.whole.office)


def waive_any(desk: Desk, random: Random) -> None:
    sheet = desk.sheet
    place = random.choice(sheet.figures).figure.place
    row = sheet.paragraphs[place.line]
    binding.waive(paragraph=row, start=place.start, end=place.end, reason="按惯例", by=desk.whole.office)


def hold(desk: Desk) -> None:
    """Every figure called bound says what its source says now; every binding stands on the words that it names."""
    sheet = desk.sheet
    for each in sheet.figures:
        text = sheet.paragraphs[each.figure.place.line].text[each.figure.place.start : each.figure.place.end]
        assert text == each.figure.text
        if each.state is FigureState.BOUND:
            row = Observation.objects.select_related("indicator").get(pk=each.source.key)
            now = now_of([row], cast.today())[row.pk].value
            assert now is not None
            assert abs(now - each.figure.value) <= each.figure.quantum / 2, (each.figure, now)
            assert row.indicator.unit == each.figure.unit
    for row in Binding.objects.filter(bulletin=desk.bulletin, ended_at=None).select_related("paragraph"):
        assert row.paragraph.text[row.start : row.end] == row.text
        assert row.paragraph.removed_at is None
    spans = [
        (row.paragraph_id, row.start) for row in Binding.objects.filter(bulletin=desk.bulletin, ended_at=None)
    ]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize("seed", range(8))
def test_no_order_of_edits_and_changed_values_leaves_a_false_figure_bound(seed):
    random = Random(seed)
    desk = Desk(drafts.public_world(), ["2024年绿色工厂12户。", "整治排口46处，追缴资金1300万元。"])
    for name, unit in NAMES:
        drafts.observed(desk.whole, name, "12", unit)
    for _ in range(STEPS):
        step(desk, random)
        hold(desk)
    report = verify()
    assert report.sound, [fault.sentence for fault in report.faults]


def test_what_is_proposed_can_be_bound():
    desk = Desk(drafts.public_world(), ["2024年绿色工厂12户。"])
    row = drafts.observed(desk.whole, "绿色工厂", "12", "户", period="2024年")
    assert [each.key for each in candidates(desk.bulletin, cast.today()) if each.value == Decimal(12)] == [
        row.pk
    ]
    bind_confident(bulletin=desk.bulletin, by=desk.whole.office)
    assert {
        each.state for each in sheet_of(desk.bulletin, cast.today()).figures if each.figure.text == "12户"
    } == {FigureState.BOUND}
