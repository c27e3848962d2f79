"""A system with drafts in it, one with a figure in every state: ``python -m tests.browser.drafted``. Everybody's password is people.PASSWORD.

Prints a JSON object: the inspection's code, keys of drafts and of an edition, and of the paragraph on which two people work.
"""

import json
import os
import sys

import django

LINES = [
    "2024年培育绿色工厂10户，网办率达到90.91%，新建口袋公园6个。",
    "全市整治入河排口46处，修复河道12公里，清理违建300平方米。",
    "追缴资金288.88万元，印发制度文件2项。",
    "联系电话：0510-00001234。",
]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    django.setup()
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    sys.stdout.write(json.dumps(stage()) + "\n")


def stage() -> dict[str, object]:
    from tests import drafts
    from zhenggai.bulletins.actions import drafting
    from zhenggai.bulletins.states import Audience

    whole = drafts.public_world()
    desk = drafts.Desk(whole, LINES)
    for text, name, value, unit, period in (
        ("90.91%", "网办率", "90.91", "%", "2024年"),
        ("46处", "整治入河排口", "47", "处", ""),
        ("12公里", "修复河道", "12", "千米", ""),
        ("6个", "新建口袋公园", "6", "个", "2023年"),
    ):
        kind = "percent" if unit == "%" else "count"
        desk.bind(text, drafts.observed(whole, name, value, unit, period=period, kind=kind))
    green = drafts.observed(whole, "培育绿色工厂", "10", "户", period="2024年")
    desk.bind("10户", green)
    drafts.observed(whole, "培育绿色工厂", "11", "户", period="2024年", corrects=green.pk)
    drafts.observed(whole, "印发制度文件", "2", "项")
    waive(desk, "288.88万元")
    other = drafts.Desk(whole, ["完善河长巡查办法并按月通报，巡查到位率明显提高，群众满意度稳步提升。"])
    composed = drafting.open_draft(
        inspection=whole.inspection,
        kind="tongbao",
        audience=Audience.PUBLIC,
        title="关于整改进展情况的通报",
        by=whole.office,
    )
    edition = finished(whole)
    return {
        "code": whole.inspection.code, "draft": desk.bulletin.pk, "shared": other.bulletin.pk,
        "paragraph": other.paragraph("河长").pk, "composed": composed.pk, "edition": edition,
    }  # fmt: skip


def waive(desk, text: str) -> None:
    from zhenggai.bulletins.actions import binding

    place = desk.figure(text).figure.place
    row = desk.sheet.paragraphs[place.line]
    binding.waive(
        paragraph=row, start=place.start, end=place.end, reason="引自上级通报原文", by=desk.whole.office
    )


def finished(whole) -> int:
    """An edition, which a draft corrects."""
    from tests import drafts
    from zhenggai.bulletins.actions import drafting

    desk = drafts.Desk(whole, ["全市建成幼儿园2所，新增学位540个。"])
    desk.bind("2所", drafts.observed(whole, "建成幼儿园", "2", "所"))
    desk.waive_the_rest()
    edition = drafts.published(whole, desk.bulletin)
    made = drafting.revise(edition=edition, correction="学位数误写，更正为450个。", by=whole.office)
    row = next(row for row in made.paragraphs.all() if "540" in row.text)
    drafting.edit(paragraph=row, base=row.version, text=row.text.replace("540", "450"), by=whole.office)
    return edition.pk


if __name__ == "__main__":
    main()
