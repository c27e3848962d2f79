"""整改状态词: words for how far a thing has come, and the class each stands for.

The classes are the completion axis alone (未完成 / 阶段性 / 正在 / 完成); review state and schedule are other
axes.
"""

from __future__ import annotations

from gongwen.models import StatusClass

# As written in a status label or cell; the first that is contained decides, so the order is: denials first.
STATUS_WORDS: tuple[tuple[StatusClass, tuple[str, ...]], ...] = (
    ("not_done", ("未完成", "未整改", "尚未", "未启动", "没有完成", "未达到", "未办结", "未落实", "未销号",
                  "未解决", "未到位",
                  "逾期")),
    ("phased", ("阶段性", "基本完成", "基本到位", "基本整改", "部分完成", "部分整改", "大部分完成", "基本整改", "取得明显成效",
                "取得积极成效",
                "初步完成", "分阶段", "主体完成")),
    ("ongoing", ("正在", "仍在", "停产", "停业", "持续", "推进中", "整改中", "进行中", "长期坚持", "达到序时",
                 "序时推进", "待验收", "办理中", "尚在",
                 "加快推进", "有序推进", "继续", "申请延期")),
    ("completed", ("完成", "已整改", "办结", "销号", "摘牌", "整改到位", "已落实", "已解决", "立行立改",
                   "全部整改", "到位", "清零",
                   "通过验收", "已处置", "已清退")),
)  # fmt: skip
