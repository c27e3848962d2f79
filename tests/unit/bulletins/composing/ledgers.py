"""Ledgers to compose from, and what their documents must say, counted by hand."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from django.db import transaction

import gongwen
from tests import cast
from tests.cast import World
from tests.factories import F
from zhenggai.bulletins.agreeing import stand
from zhenggai.bulletins.composing import Composition, compose, gathered
from zhenggai.bulletins.composing.material import titles_in as outermost
from zhenggai.bulletins.composing.naming import quoted
from zhenggai.bulletins.composing.telling import chosen
from zhenggai.bulletins.composing.words import Words
from zhenggai.bulletins.facts import Line
from zhenggai.bulletins.kinds import kind_of
from zhenggai.bulletins.queries import source_of
from zhenggai.bulletins.reading import read_lines
from zhenggai.bulletins.states import Audience, FigureState
from zhenggai.indicators.currency import now_of
from zhenggai.journal.acts import CATALOGUE, act, record
from zhenggai.ledger.actions import assigning, closing
from zhenggai.ledger.actions.reporting import fill_in, sign
from zhenggai.ledger.handling.states import Classification, Completion, Grade, Horizon
from zhenggai.ledger.models import Finding, Inspection
from zhenggai.ledger.states import Level

_ABOUT = (
    "河道管护",
    "校园餐监管",
    "项目审批",
    "资金拨付",
    "村账公开",
    "排口监测",
    "值班值守",
    "药品采购",
    "台账登记",
    "窗口服务",
)
_WRONG = ("责任压得不实", "底数掌握不清", "推进不够有力", "执行存在偏差", "监督流于形式", "进度比较缓慢")
_VERBS = ("逐项核查并建立", "组织专班整治", "修订完善", "按月通报", "集中排查", "公开公示")


def composed(whole: World, kind: str, audience: Audience, by: Any = None) -> Composition:
    """A document, composed as within the act that opens a draft."""
    return composed_of(whole.inspection, kind, audience, by or whole.office)


def composed_of(inspection: Inspection, kind: str, audience: Audience, by: Any) -> Composition:
    """The same, of any inspection."""
    return _compose(inspection=inspection, kind=kind, audience=audience, by=by)


def _compose_within(*, inspection: Inspection, kind: str, audience: Audience, by: Any) -> Composition:
    found = compose(inspection, kind_of(kind), audience, by=by)
    record(subject=inspection, changes=[])
    return found


_compose = act("tests.compose", "成文（测试）")(_compose_within)
del CATALOGUE["tests.compose"]


def text_of(composition: Composition) -> str:
    """The paragraphs, one a line."""
    return "\n".join(part.text for part in composition.parts)


def findings(random: Random, count: int, *, areas: bool = True) -> list[F]:
    """Problems with titles, measures and figures that differ from one another."""
    return [
        F(
            f"{random.choice(_ABOUT)}第{_han(number)}项工作{random.choice(_WRONG)}",
            [
                f"{random.choice(_VERBS)}{random.choice(_ABOUT)}事项{_han(number)}之{_han(at)}"
                for at in range(1, random.randint(1, 4) + 1)
            ],
            [("整治点位", str(random.randint(1, 900)), "处")] if random.random() < 0.5 else [],
            [(f"浅溪县{random.choice(_ABOUT)}办法{_han(number)}", random.choice(["new", "revised", "superior"]))],
            area=f"{'甲乙丙'[number % 3]}类工作方面" if areas else "",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def _han(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


def worked(random: Random, count: int = 6, *, areas: bool = True) -> World:
    """An inspection on which people have worked, each item as far as chance had it, and classified as it had it."""
    whole = cast.world(findings(random, count, areas=areas))
    for at in range(count):
        _work(whole, at, random)
    for row in whole.inspection.findings.all():
        to = random.choice(list(Classification))
        assigning.classify(finding=row, classification=to, reason="核定公开属性", by=whole.office)
    return whole


def _work(whole: World, at: int, random: Random) -> None:
    done = random.randrange(7)
    if done == 1:
        cast.assigned(whole, at, standing=random.random() < 0.5)
    elif done == 2:
        task = cast.assigned(whole, at, money_total=random.randint(1, 10**7) * 100)
        cast.proven(whole, task, measure=task.measures.first())
        cast.reported(
            whole, task, Completion.PHASED, narrative=f"已整治点位{random.randint(2, 99)}处；\n其余正在推进"
        )
    elif done == 3:
        cast.applied(whole, at)
    elif done == 4:
        closing.approve(closure=cast.applied(whole, at), reason="情况属实", by=whole.lead.head)
    elif done == 5:
        cast.closed(whole, at)
    elif done == 6:
        later = cast.today() + cast.timedelta(days=90)
        cast.closed(whole, at, Grade.PHASED, next_check_on=later)


def named(whole: World, audience: Audience) -> list[Finding]:
    """The items that a document for this audience may name, in the order of the tree."""
    rows = whole.inspection.findings.exclude(level=Level.AREA.value).filter(withdrawn_at=None)
    hidden = {Classification.SENSITIVE.value}
    if audience is Audience.PUBLIC:
        hidden.add(Classification.INTERNAL.value)
    return [row for row in rows.order_by("number") if row.classification not in hidden]


def counted(whole: World, audience: Audience) -> Counter[str]:
    """Items by grade of closure or state of review, over what the audience may know the number of."""
    rows = whole.inspection.findings.exclude(level=Level.AREA.value).filter(withdrawn_at=None)
    if audience is Audience.PUBLIC:
        rows = rows.filter(classification=Classification.PUBLIC.value)
    return Counter(row.grade or row.review for row in rows)


def large(count: int, work: int | None = None) -> World:
    """So many items, each (or only the first ``work``) with a plan and a report; half of them public."""
    random = Random(count)
    with transaction.atomic():
        whole = cast.world(findings(random, count))
        for at in range(work or count):
            task = cast.assigned(whole, at, horizon=Horizon.LONG)
            report = fill_in(
                task=task, said=cast.Said(period="2026年11月", narrative=f"{task.title}：已整治点位{at + 2}处。", completion=Completion.PHASED),
                by=whole.unit.filler,
            )  # fmt: skip
            sign(report=report, by=whole.unit.head)
        for row in whole.inspection.findings.filter(number__lte=(work or count) // 2 + 3):
            assigning.classify(
                finding=row, classification=Classification.PUBLIC, reason="可以公开", by=whole.office
            )
    return whole


# ---- reading it again ----


def read_back(composition):
    """Title → measures, as the reader finds them in the text alone."""
    found = {}
    for finding in gongwen.read(text_of(composition)).findings:
        found.setdefault(finding.title, [_bare(measure.text) for measure in finding.measures])
    return found


def _bare(text):
    return Words(text).unnumbered().bare().text.removesuffix("（正在推进）")


def states(composition):
    """How each bound number stands to its source, as the page would show it; None where the reader sees no number there."""
    read = read_lines([Line(0, part.role, part.text) for part in composition.parts])
    figures = {figure.place: figure for figure in read.figures}
    bound = [(line, each) for line, part in enumerate(composition.parts) for each in part.bound]
    now = now_of([each.observation for _, each in bound], cast.today())
    for line, each in bound:
        figure = figures.get((line, each.start, each.end))
        source = source_of(each.observation, now.get(each.observation.pk))
        yield figure and stand(figure, source, None)[0], composition.parts[line].text[each.start : each.end]


def read_and_compared(inspection, composition, kind, audience):
    """Hold a document, read as text alone, to the ledger that it was composed from: findings, measures, citations, bound numbers."""
    of = "fresh" if kind == "gongshi" else "all"
    items = chosen(of, gathered(inspection, audience, cast.today(), {}))
    titles = {item.row.pk: item.row.title if kind == "qingdan" else quoted(item.row.title) for item in items}
    expected = {titles[item.row.pk]: [step.words.text for step in item.steps] for item in items}
    assert read_back(composition) == expected
    assert [(state, text) for state, text in states(composition) if state is not FigureState.BOUND] == []
    cited = {title for texts in expected.values() for text in texts for title in outermost(text)}
    assert cited <= {each.title for each in gongwen.read(text_of(composition)).citations}
