"""A system with the whole cast in it, and an item in every state: ``python -m tests.browser.staged``. Everybody's password is people.PASSWORD.

Prints a JSON object: what is where → number of the item; and the inspection's code.
"""

import json
import os
import sys
from datetime import timedelta

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    django.setup()
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    sys.stdout.write(json.dumps(stage()) + "\n")


def stage() -> dict[str, object]:
    from tests import cast
    from tests.factories import F
    from zhenggai.ledger.actions import closing
    from zhenggai.ledger.handling.states import Grade

    titles = [
        "治水护河责任落实不严",
        "民生实事推进缓慢",
        "请示报告不够规范",
        "惠民补贴发放不及时",
        "项目招投标监管不力",
    ]
    steps = ["完善巡查通报办法并按月通报", "逐项倒排工期，按时办结"]
    whole = cast.world([F(title, steps, area="生态环境方面") for title in titles], units=2)
    busy(whole, 1)
    cast.applied(whole, 2)
    later = cast.today() + timedelta(days=90)
    cast.closed(whole, 3, grade=Grade.PHASED, next_check_on=later)
    again = cast.closed(whole, 4)
    closing.relapse(finding=again, reason="暗访发现问题反弹", found_on=cast.today(), by=whole.supervisor)
    names = ["new", "busy", "applied", "closed", "relapsed"]
    return {
        "code": whole.inspection.code,
        **{name: whole.finding(at).number for at, name in enumerate(names)},
    }


def busy(whole, at: int) -> None:
    """An item on which everything that can stand there stands there."""
    from tests import cast
    from zhenggai.ledger.actions import assigning, proving, reporting, requesting
    from zhenggai.ledger.actions.reporting import Said
    from zhenggai.ledger.handling.states import Classification, Completion, MeasureType, WaiverKind

    late = cast.today() - timedelta(days=3)
    task = cast.assigned(
        whole, at, due_on=late, due_wording="2026年11月底前", root_cause="压力传导不够，考核流于形式。", target="巡查到位率达到 95%。",
        money_total=2_888_800, standing=True,
    )  # fmt: skip
    wanted = assigning.Answers(
        lead_official=whole.official, lead_unit=whole.lead.organisation,
        responsible=[unit.organisation for unit in whole.units], supporting=[],
    )  # fmt: skip
    assigning.assign(task=task, answers=wanted, by=whole.office)
    assigning.lead_personally(task=task, by=whole.official)
    assigning.add_measure(task=task, text="开展警示教育一次", type=MeasureType.SIMILAR, by=whole.unit.filler)
    first, second, _ = task.measures.order_by("number")
    cast.proven(whole, task, measure=first, title="巡查通报办法")
    back = proving.attach(task=task, measure=second, handed=cast.handed(title="工期表"), by=whole.unit.filler)
    proving.review(evidence=back, accepted=False, reason="没有盖章，请补正", by=whole.lead.filler)
    proving.attach(
        task=task,
        measure=second,
        handed=cast.handed(title="工期表（盖章）"),
        replaces=back,
        by=whole.unit.filler,
    )
    secret = cast.handed(title="核查谈话记录", classification=Classification.SENSITIVE)
    proving.attach(task=task, handed=secret, by=whole.units[1].filler)
    text = "已清理沿河违建12处，复绿岸坡3.5公里，印发巡查通报办法并按月通报，三个责任单位全部完成整改任务。"
    cast.reported(whole, task, Completion.PHASED, period="2026年10月", narrative=text, money_done=1_000_000)
    reporting.fill_in(
        task=task, said=Said(period="2026年11月", narrative=text.replace("12处", "14处"), completion=Completion.PHASED), by=whole.unit.filler
    )  # fmt: skip
    other = reporting.fill_in(
        task=task, said=Said(period="2026年10月", narrative=text, completion=Completion.UNDONE), by=whole.units[1].filler
    )  # fmt: skip
    reporting.sign(report=other, by=whole.units[1].head)
    requesting.request_extension(
        task=task, to_on=cast.today() + timedelta(days=60), reason="汛期施工受阻", by=whole.unit.head
    )
    requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, measure=second, reason="原件在审计部门", by=whole.office,
        expires_on=cast.today() + timedelta(days=30),
    )  # fmt: skip


if __name__ == "__main__":
    main()
