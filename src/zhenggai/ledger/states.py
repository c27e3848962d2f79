"""States, classes and allowed moves of the ledger. Plain Python; the published diagram is generated from ``MOVES``."""

from zhenggai.core.enums import Labelled


class InspectionKind(Labelled):
    """检查类别."""

    PARTY = "巡视", "巡视"
    LOCAL_PARTY = "巡察", "巡察"
    AUDIT = "审计", "审计"
    SUPERVISION = "督察", "督察"
    CHECK = "检查", "检查"
    OTHER = "其他", "其他"


CODE_LETTERS = {
    InspectionKind.PARTY: "XS",
    InspectionKind.LOCAL_PARTY: "XC",
    InspectionKind.AUDIT: "SJ",
    InspectionKind.SUPERVISION: "DC",
    InspectionKind.CHECK: "JC",
    InspectionKind.OTHER: "QT",
}
"""Letters of an inspection's code by kind: 2024-XS-01."""


class Level(Labelled):
    """问题层级: area 方面 → problem 问题 → manifestation 具体表现."""

    AREA = "area", "方面"
    PROBLEM = "problem", "问题"
    MANIFESTATION = "manifestation", "具体表现"


class Kind(Labelled):
    """条目类别: what a reading proposes, in the order in which it is accepted (a parent before what hangs on it)."""

    INSPECTION = "inspection", "检查信息"
    ORGANISATION = "organisation", "单位"
    AREA = "area", "方面"
    FINDING = "finding", "问题"
    MEASURE = "measure", "措施"
    CITATION = "citation", "文件"
    CLAIM = "claim", "整改情况"
    FIGURE = "figure", "数字"


DEPENDENT = (Kind.FINDING, Kind.MEASURE, Kind.CLAIM)
"""Kinds whose rows hang on the row of what they stand under."""


class Match(Labelled):
    """比对结果: how an item of a new edition stands to what was read before."""

    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    UNCHANGED = "unchanged", "无变化"
    UNSURE = "unsure", "待认定"


class ProposalState(Labelled):
    """建议状态."""

    OPEN = "open", "待核"
    ACCEPTED = "accepted", "已采纳"
    CORRECTED = "corrected", "更正后采纳"
    REJECTED = "rejected", "不采纳"
    SUPERSEDED = "superseded", "已被新版取代"


class Decision(Labelled):
    """核定: what can be done with a proposal."""

    ACCEPT = "accept", "采纳"
    CORRECT = "correct", "更正"
    REJECT = "reject", "不采纳"
    KEEP = "keep", "维持原内容"
    SUPERSEDE = "supersede", "取代"


MOVES: dict[ProposalState, dict[Decision, ProposalState]] = {
    ProposalState.OPEN: {
        Decision.ACCEPT: ProposalState.ACCEPTED,
        Decision.CORRECT: ProposalState.CORRECTED,
        Decision.REJECT: ProposalState.REJECTED,
        Decision.KEEP: ProposalState.CORRECTED,
        Decision.SUPERSEDE: ProposalState.SUPERSEDED,
    },
    ProposalState.ACCEPTED: {
        Decision.CORRECT: ProposalState.CORRECTED,
        Decision.REJECT: ProposalState.REJECTED,
        Decision.SUPERSEDE: ProposalState.SUPERSEDED,
    },
    ProposalState.CORRECTED: {
        Decision.CORRECT: ProposalState.CORRECTED,
        Decision.REJECT: ProposalState.REJECTED,
        Decision.SUPERSEDE: ProposalState.SUPERSEDED,
    },
    ProposalState.REJECTED: {
        Decision.ACCEPT: ProposalState.ACCEPTED,
        Decision.CORRECT: ProposalState.CORRECTED,
        Decision.SUPERSEDE: ProposalState.SUPERSEDED,
    },
    ProposalState.SUPERSEDED: {},
}
"""state → decision → next state. What is not here is refused."""

LIVE = (ProposalState.OPEN, ProposalState.ACCEPTED, ProposalState.CORRECTED, ProposalState.REJECTED)
"""States of a proposal that no newer edition has replaced."""

TAKEN = (ProposalState.ACCEPTED, ProposalState.CORRECTED)
"""States in which the ledger holds what was proposed."""


class Progress(Labelled):
    """整改情况: the status classes of the reader (SCHEMA gongwen/1), as a document states them; never a closure."""

    NONE = "", "未述及"
    COMPLETED = "completed", "完成整改"
    PHASED = "phased", "取得阶段性成效"
    ONGOING = "ongoing", "正在整改"
    NOT_DONE = "not_done", "未完成"


class MeasureState(Labelled):
    """措施状态: what a list plans, and what a bulletin says of it; only evidence will make it done."""

    PLANNED = "planned", "计划"
    REPORTED = "reported", "据报已落实"
    UNDERWAY = "underway", "据报正在推进"
    UNDONE = "undone", "据报未完成"


class PolicyRole(Labelled):
    """文件性质: the part a cited document plays."""

    NEW = "new", "新制定"
    REVISED = "revised", "修订"
    SUPERIOR = "superior", "上级文件"
    EXISTING = "existing", "已有文件"
    PLAN = "plan", "整改方案"
    AGREEMENT = "agreement", "协议"
    OTHER = "other", "其他"


RESULTS = (PolicyRole.NEW, PolicyRole.REVISED)
"""Roles that make a cited document a result of the rectification (制度成果)."""
