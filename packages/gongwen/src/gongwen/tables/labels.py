"""标签与表头: words that open a labelled block (整改状态：…) or head a column of a ledger (台账)."""

from __future__ import annotations

import re

# role → words as they stand before a colon or in a header cell; longest match first
FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "问题编号", "问题序号"),
    "area": ("方面", "主要方面", "问题类别", "类别", "问题分类", "重点方面", "反馈方面", "领域", "问题类型"),
    "problem": ("反馈问题", "问题", "具体问题", "存在问题", "存在的问题", "存在的主要问题", "问题内容", "问题描述", "整改问题",
                "反馈的问题", "问题表现", "主要问题", "巡察反馈问题", "巡视反馈问题", "反馈意见", "发现问题", "发现的问题",
                "督察反馈问题", "审计查出问题", "问题摘要", "整改事项", "具体表现", "隐患问题", "问题隐患", "问题事项",
                "审计发现问题", "审计发现的问题", "整改任务内容"),
    "task": ("整改任务", "任务", "整改事项", "任务内容"),
    "measures": ("整改措施", "措施", "具体措施", "整改情况", "整改落实情况", "整改举措", "主要措施", "主要做法", "整改成效", "落实情况", "整改措施及完成情况", "整改措施及成效", "采取措施", "整改工作情况", "整改落实", "整改过程",
                 "已采取措施", "整改工作开展情况"),
    "progress": ("整改完成情况", "整改进展情况", "整改进展", "完成情况", "整改结果", "进展情况", "目前进展", "工作进展", "办理情况",
                 "整改完成情况及成效", "进展"),
    "goal": ("整改目标", "目标", "工作目标", "整改要求", "整改标准", "预期成效"),
    "lead_official": ("牵头领导", "责任领导", "分管领导", "包案领导", "牵头市领导", "牵头县领导", "牵头区领导", "包保领导",
                      "督办领导", "领办领导", "牵头责任人"),
    "lead_unit": ("牵头科室", "牵头处室", "牵头单位", "牵头部门", "主责单位", "主责部门", "牵头责任单位", "主办单位"),
    "responsible": ("责任单位", "责任部门", "责任科室", "责任处室", "整改责任单位", "整改单位", "落实单位", "责任人", "承办单位",
                    "责任主体", "整改责任人", "整改责任主体"),
    "supporting": ("配合单位", "协办单位", "配合部门", "协同单位", "参与单位"),
    "due": ("完成时限", "整改时限", "时限", "完成时间", "整改期限", "预计完成时间", "时限要求", "整改完成时限", "计划完成时间",
            "办理时限"),
    "status": ("整改状态", "状态", "完成状态", "整改进度", "销号情况", "进展状态", "办理状态", "整改完成状态", "当前状态",
               "整改结论", "完成程度", "是否完成", "整改类型及状态"),
    "money": ("涉及金额", "金额", "问题金额", "整改金额", "涉及资金", "金额（万元）", "涉及金额（万元）", "问题金额（万元）"),
    "reason": ("原因分析", "产生原因", "问题成因", "未完成原因"),
    "horizon": ("整改类型", "整改分类", "时限类别", "整改类别"),
    "remark": ("公示时间", "公示期", "公示期限", "备注", "说明", "下一步", "下一步工作", "下一步打算", "下一步措施", "下一步计划", "下步打算", "佐证材料", "监督单位",
               "验收单位", "督导单位", "联系人"),
}  # fmt: skip

ROLE_OF_LABEL: dict[str, str] = {w: role for role, words in reversed(FIELD_WORDS.items()) for w in words}

# Header cells that are not listed are told by what they contain; the first that fits decides.
FIELD_PATTERNS: tuple[tuple[str, str], ...] = (
    ("figure", r"数$|数量|个数|率$|占比|合计|小计|总计"),
    ("number", r"^(?:问题|任务|清单|项目)?(?:序号|编号|号)$"),
    ("area", r"(?:类别|类型|分类|类|领域|方面)$"),
    ("money", r"金额|资金"),
    ("due", r"时限|期限|完成时间|完成日期|办结时间"),
    (
        "lead_official",
        r"(?:牵头|责任|分管|包[案保抓联]|挂[点牌联]|督办|领办)(?:县|市|区|省|校|局|镇)?(?:级)?领导",
    ),
    ("lead_unit", r"牵头(?:责任)?(?:单位|部门|科室|处室|股室)|主责(?:单位|部门)|主办(?:单位|部门)"),
    ("supporting", r"(?:配合|协办|协同|协助|参与|参加)(?:责任)?(?:单位|部门|科室)"),
    ("responsible", r"(?:责任|承办|落实|整改)(?:单位|部门|科室|处室|主体|人)|^具体负责"),
    ("remark", r"备注|佐证|验收单位|监督单位|督导单位"),
    ("goal", r"目标|标准"),
    (
        "measures",
        r"措施|举措|做法|整改(?:完成|落实|进展|工作)?情况|进展情况|完成情况|落实情况|整改成效|整改进展",
    ),
    ("status", r"状态|销号|是否完成|完成与否|进度|结论"),
    ("problem", r"问题|隐患"),
    ("task", r"任务|事项"),
)

# Cells that hold a time limit without a date
IMMEDIATE = ("立行立改", "立即整改", "立查立改")
STANDING = ("长期坚持", "持续坚持", "常态化坚持", "常态长效")

_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in FIELD_PATTERNS)


def role_of_header(words: str) -> str | None:
    """The role of a table's column by its header, None if it tells nothing."""
    listed = ROLE_OF_LABEL.get(words)
    return listed or next((role for role, pattern in _PATTERNS if pattern.search(words)), None)
