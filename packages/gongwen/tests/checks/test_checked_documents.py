"""Whole documents: nothing above a hint on correct ones, and one fault put in makes one remark more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from corpus.documents import SHARED

from gongwen import check, read
from gongwen.models import Remark

TESTS = Path(__file__).parents[1]
OWN = TESTS / "documents"

# Deliberate slips of our own documents, by name: what is remarked about them, whatever its severity.
DELIBERATE = {
    "boxi-ducha": [("status.overdue", "建筑垃圾消纳场建设推进缓慢")],
    "nanxi-ranqi": [("percent.counts", "98.5%")],
    "yanling-lunci": [("total.sum", "412.66万元")],
}


def documents() -> list[Path]:
    files = [*OWN.glob("*.txt"), *OWN.glob("*.md"), *(OWN / "editions").glob("*.txt"), *SHARED.glob("*.txt")]
    return sorted(file for file in files if file.name != "README.md")


def source(name: str) -> str:
    return next(OWN.glob(f"{name}.[tm]*")).read_bytes().decode("utf-8")


@pytest.mark.parametrize("file", documents(), ids=lambda file: file.stem)
def test_nothing_above_a_hint_on_correct_documents(file: Path) -> None:
    found = check(read(file.read_bytes().decode("utf-8")))
    deliberate = DELIBERATE.get(file.stem, [])
    assert [r for r in found if r.severity != "hint" and (r.code, r.text) not in deliberate] == []


@pytest.mark.parametrize("name", DELIBERATE)
def test_deliberate_slips_are_found(name: str) -> None:
    assert [(remark.code, remark.text) for remark in check(read(source(name)))] == DELIBERATE[name]


def added(before: str, after: str) -> list[Remark]:
    """Remarks that the changed text has and the correct one has not, told apart by code and words."""
    known = Counter((remark.code, remark.text) for remark in check(read(before)))
    found = check(read(after))
    new = []
    for remark in found:
        known[remark.code, remark.text] -= 1
        if known[remark.code, remark.text] < 0:
            new.append(remark)
    return new


FAULTS = [
    # document, words, what they become, code, words at the remark's place
    ("ningpu-shenji", "其余2个正在", "其余3个正在", "total.sum", "86个"),
    ("chiling-meidian", "其余9条", "其余19条", "total.sum", "1,207条"),
    ("yanling-lunci", "第五轮329个", "第五轮339个", "total.sum", "731个"),
    ("qinghe-daxue", "完成率88.1%", "完成率98.1%", "percent.counts", "98.1%"),
    ("lanjiang-2026", "完成率95.5%", "完成率99.5%", "percent.counts", "99.5%"),
    ("luohe-shuili", "2025年4月8日至6月20日", "2025年8月8日至6月20日", "date.order", "2025年8月8日至6月20日"),
    ("lanjiang-2026", "2025 年 8 月 19 日", "2025 年 5 月 19 日", "date.order", "2025年5月19日"),
    ("heyuan-xiaohao", "二是严查违法排污", "严查违法排污", "numbering.jump", "三是补齐"),
    ("mingtai-fuyi", "（2）推行218项", "推行218项", "numbering.jump", "（3）参加"),
    ("chiling-meidian", "二是回看近三年", "三是回看近三年", "numbering.jump", "三是回看"),
    ("lanjiang-2026", "市委召开常委会", "柏川市委召开常委会", "body.foreign", "柏川市委"),
    ("pingwu-taizhang", "共12个问题", "共13个问题", "status.count", "13个"),
    ("pingwu-taizhang", "已销号6个", "已销号7个", "status.count", "7个"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}-{fault[3]}")
def test_one_fault_makes_one_remark_at_its_place(fault: tuple[str, str, str, str, str]) -> None:
    name, words, become, code, place = fault
    text = source(name)
    assert text.count(words) >= 1
    faulty = text.replace(words, become, 1)
    new = added(text, faulty)
    assert [remark.code for remark in new] == [code]
    assert place in "".join(faulty[new[0].span.start : new[0].span.end].split())


@pytest.mark.parametrize("name", ["ningpu-shenji", "heyuan-xiaohao", "mingtai-fuyi", "boxi-ducha"])
def test_a_copied_paragraph_is_one_remark(name: str) -> None:
    text = source(name)
    longest = max((b for b in read(text).blocks if b.role == "text"), key=lambda block: len(block.text))
    end = longest.span.end
    faulty = text[:end] + "\n" + text[longest.span.start : end] + text[end:]
    new = [remark for remark in added(text, faulty) if remark.code == "paragraph.twice"]
    assert [(remark.severity, remark.span.start) for remark in new] == [("warning", end + 1)]
