"""演示佐证: small fictional texts and tables that are handed in as evidence, each another."""

import csv
import io
import re
from collections.abc import Callable

_NUMBER = re.compile(r"^(（\d+）|[一二三四五六]是)")


def paper(at: int, unit: str, about: str) -> tuple[str, str, str]:
    """The name, title and text of the piece of evidence with this number."""
    make = _KINDS[at % len(_KINDS)]
    return make(at, unit, _NUMBER.sub("", about.rstrip("；。")))


def _notice(at: int, unit: str, about: str) -> tuple[str, str, str]:
    text = (
        f"{unit}文件\n岚整字2026年第{at}号\n\n关于{about[:40]}的通知\n\n各有关单位：\n为落实省委巡视反馈意见，现就{about}提出如下要求，"
        f"请认真贯彻执行，执行情况于每季度末报送。\n\n{unit}\n"
    )
    return f"通知-{at}.txt", f"关于{about[:40]}的通知", text


def _minutes(at: int, unit: str, about: str) -> tuple[str, str, str]:
    text = (
        f"{unit}会议纪要\n第{at}期\n\n会议专题研究{about}。会议指出，要逐项对账、逐项销号。会议议定：一、明确责任科室和责任人；"
        f"二、每周调度进展；三、结果向群众公开。\n出席：局领导班子成员，有关科室负责人。\n"
    )
    return f"会议纪要-{at}.txt", f"{about[:40]}专题会议纪要", text


def _record(at: int, unit: str, about: str) -> tuple[str, str, str]:
    text = (
        f"现场检查记录（编号 {at}）\n检查单位：{unit}\n检查事项：{about}\n检查情况：抽查点位{at % 7 + 5}处，与台账一致；"
        f"发现轻微问题{at % 3}处，当场改正。\n检查人签字：（略）　被检查单位签字：（略）\n"
    )
    return f"现场检查记录-{at}.txt", f"{about[:40]}现场检查记录", text


def _ledger(at: int, unit: str, about: str) -> tuple[str, str, str]:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["序号", "事项", "责任科室", "完成日期", "结果"])
    for row in range(1, at % 4 + 4):
        rows.writerow([row, f"{about[:20]}（{row}）", "业务科", f"2026-{row + 3:02d}-15", "已完成"])
    return f"台账-{at}.csv", f"{about[:40]}台账（{unit}）", out.getvalue()


_KINDS: tuple[Callable[[int, str, str], tuple[str, str, str]], ...] = (_notice, _ledger, _record, _minutes)
