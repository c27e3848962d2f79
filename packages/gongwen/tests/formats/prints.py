"""A fictional bulletin, and the same printed as PDF in one or two columns."""

from __future__ import annotations

import functools

import typst

PARAGRAPHS = (
    "根据县委统一部署，2025年3月至5月，县委第一巡察组对浅滩县水务局党组开展了巡察。现将整改进展情况予以公布。",
    "一、整改组织情况",
    "（一）压实责任。局党组召开专题会议14次，研究整改事项37件，建立问题、任务、责任三张清单，把反馈的22个问题细化为67项措施，逐项明确牵头领导和完成时限。",
    "（二）严督实导。局领导到一线督导58次，发现并纠正问题31个，约谈工作滞后的单位负责人6人，推动反馈问题见底清零。截至2025年12月底，已完成整改19个，完成率86.4%。",
    "二、重点问题整改情况",
    "（一）着力解决“河道巡查不到位”的问题。一是修订《浅滩县河道巡查办法》，明确县、乡、村三级河长每月巡查不少于4次，全年累计巡河8214人次，发现隐患1517处，整改1020处。二是在12条骨干河道安装监控探头286个，实现重点河段全覆盖。",
    "（二）着力解决“工程资金拨付滞后”的问题。一是清理拖欠工程款947.3万元，惠及施工企业23家。二是出台资金拨付流程，把审批环节由9个压减到4个，平均用时缩短12天。",
    "中共浅滩县水务局党组",
    "2026年1月15日",
)
TEXT = "".join(line + "\n" for line in PARAGRAPHS)
_ESCAPED = frozenset("#$*_`<>@[]\\~/=-+")


@functools.cache
def printed(*, columns: int = 1, size: int = 16, times: int = 1, extra: str = "") -> bytes:
    """The bulletin as PDF, so many times over: page numbers, first lines set in, with several pages a line repeated at the head."""
    head = (
        f'#set page(paper: "a4", margin: (x: 28mm, y: 35mm), numbering: "— 1 —", columns: {columns}, '
        f"header: align(right, text(size: 9pt)[{'浅滩县水务局文件' if times > 1 else ''}]))\n"
        f'#set text(font: "Noto Serif CJK SC", size: {size}pt, lang: "zh")\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
    )
    body = "\n\n".join(escaped(words) for words in PARAGRAPHS * times)
    return typst.compile((head + body + "\n\n" + extra).encode(), format="pdf")


def escaped(words: str) -> str:
    return "".join("\\" + sign if sign in _ESCAPED else sign for sign in words)


def squeezed(text: str) -> str:
    return "".join(text.split())
