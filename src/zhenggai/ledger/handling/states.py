"""The four axes on which an item stands, never one mixed field, and the tables of allowed moves. Plain Python.

1. horizon (with the flag 长期坚持): how long the rectification is meant to take;
2. completion: what the responsible unit has signed for;
3. review: how far the application for closure has come;
4. schedule: how the time limit stands today; computed, never stored.

The published diagrams are generated from ``REVIEW_MOVES`` and its neighbours.
"""

from collections.abc import Mapping
from typing import TypeVar

from zhenggai.core.enums import Labelled


class Classification(Labelled):
    """公开属性: who may see an item or a piece of evidence."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    SENSITIVE = "sensitive", "敏感"


class Horizon(Labelled):
    """整改时段: the time class of a task; the profile gives it its name and its months."""

    IMMEDIATE = "immediate", "立行立改"
    CONCENTRATED = "concentrated", "集中整改"
    LONG = "long", "中长期整改"


class Completion(Labelled):
    """完成情况: what the head of the responsible unit has signed for; never a closure."""

    UNDONE = "undone", "未完成"
    PHASED = "phased", "取得阶段性成效"
    DONE = "done", "已完成"


class Review(Labelled):
    """审核情况: how far the application for closure has come."""

    NONE = "none", "未申请"
    STEP = "step", "审核中"
    RETURNED = "returned", "退回"
    CLOSED = "closed", "销号"


class Schedule(Labelled):
    """进度: how the time limit stands today; green, yellow, red, or finished."""

    ON_TIME = "on_time", "序时"
    NEAR = "near", "临期"
    OVERDUE = "overdue", "超期"
    FINISHED = "finished", "已办结"
    OPEN_ENDED = "open_ended", "未定时限"


class Grade(Labelled):
    """销号等次: what a closure says; 不再整改 is reviewed and published like the others."""

    DONE = "done", "完成整改"
    PHASED = "phased", "取得阶段性成效并长期坚持"
    INFEASIBLE = "infeasible", "因客观原因不再整改"


class MeasureType(Labelled):
    """措施类型."""

    INSTITUTION = "institution", "建章立制"
    RECOVERY = "recovery", "挽回损失"
    ACCOUNTABILITY = "accountability", "追责问责"
    SIMILAR = "similar", "举一反三"
    CAMPAIGN = "campaign", "专项整治"
    OTHER = "other", "其他措施"


class AssignmentRole(Labelled):
    """责任分工: of a task; one lead official and one lead unit, any number of the others."""

    LEAD_OFFICIAL = "lead_official", "牵头领导"
    LEAD_UNIT = "lead_unit", "牵头单位"
    RESPONSIBLE = "responsible", "责任单位"
    SUPPORTING = "supporting", "配合单位"


SINGLE = (AssignmentRole.LEAD_OFFICIAL, AssignmentRole.LEAD_UNIT)
"""Roles that a task has once at a time."""


class ParticipantRole(Labelled):
    """检查角色: in one inspection as a whole; the first three are held by posts, the others by units."""

    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    TASK_FORCE = "task_force", "工作专班"
    SUPERVISOR = "supervisor", "监督机构"


GROUP = (ParticipantRole.LEADER, ParticipantRole.DEPUTY, ParticipantRole.MEMBER)
"""Roles of the leading group (整改工作领导小组)."""


class EvidenceState(Labelled):
    """佐证状态: the reviewer's verdict on a piece of evidence."""

    PENDING = "pending", "待审"
    ACCEPTED = "accepted", "采信"
    RETURNED = "returned", "不采信"
    REPLACED = "replaced", "已换新版"
    WITHDRAWN = "withdrawn", "已撤下"


class EvidenceMove(Labelled):
    """佐证办理."""

    ACCEPT = "accept", "采信"
    RETURN = "return", "不予采信"
    REPLACE = "replace", "换新版"
    WITHDRAW = "withdraw", "撤下"


class ReportState(Labelled):
    """填报状态: a report leaves its unit only with its head's signature."""

    DRAFT = "draft", "填报中"
    SIGNED = "signed", "已签发"
    RETURNED = "returned", "退回修改"


class ReportMove(Labelled):
    """填报办理."""

    SAVE = "save", "填报"
    SIGN = "sign", "签发"
    RETURN = "return", "退回"


class ClosureState(Labelled):
    """申请状态: of one application for closure."""

    OPEN = "open", "在审"
    RETURNED = "returned", "被退回"
    WITHDRAWN = "withdrawn", "已撤回申请"
    VOID = "void", "因内容变动失效"
    CLOSED = "closed", "准予销号"


class ReviewMove(Labelled):
    """销号办理."""

    APPLY = "apply", "申请销号"
    APPROVE = "approve", "审核通过"
    CLOSE = "close", "准予销号"
    RETURN = "return", "退回"
    WITHDRAW = "withdraw", "撤回申请"
    VOID = "void", "内容变动，申请失效"
    RELAPSE = "relapse", "复发，另立新轮"


class RequestState(Labelled):
    """请示状态: of an extension or a waiver."""

    REQUESTED = "requested", "待批"
    APPROVED = "approved", "批准"
    REFUSED = "refused", "不批准"


class RequestMove(Labelled):
    """请示办理."""

    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"


class WaiverKind(Labelled):
    """豁免事项: what a waiver may stand in for. A second person, another unit and the review chain cannot be waived."""

    EVIDENCE = "evidence", "免附佐证"
    TASK = "task", "免予完成"


REVIEW_MOVES: dict[Review, dict[ReviewMove, Review]] = {
    Review.NONE: {ReviewMove.APPLY: Review.STEP},
    Review.STEP: {
        ReviewMove.APPROVE: Review.STEP,
        ReviewMove.CLOSE: Review.CLOSED,
        ReviewMove.RETURN: Review.RETURNED,
        ReviewMove.WITHDRAW: Review.NONE,
        ReviewMove.VOID: Review.NONE,
    },
    Review.RETURNED: {ReviewMove.APPLY: Review.STEP},
    Review.CLOSED: {ReviewMove.RELAPSE: Review.NONE},
}

EVIDENCE_MOVES: dict[EvidenceState, dict[EvidenceMove, EvidenceState]] = {
    EvidenceState.PENDING: {
        EvidenceMove.ACCEPT: EvidenceState.ACCEPTED,
        EvidenceMove.RETURN: EvidenceState.RETURNED,
        EvidenceMove.REPLACE: EvidenceState.REPLACED,
        EvidenceMove.WITHDRAW: EvidenceState.WITHDRAWN,
    },
    EvidenceState.ACCEPTED: {
        EvidenceMove.RETURN: EvidenceState.RETURNED,
        EvidenceMove.REPLACE: EvidenceState.REPLACED,
        EvidenceMove.WITHDRAW: EvidenceState.WITHDRAWN,
    },
    EvidenceState.RETURNED: {EvidenceMove.REPLACE: EvidenceState.REPLACED},
    EvidenceState.REPLACED: {},
    EvidenceState.WITHDRAWN: {},
}

REPORT_MOVES: dict[ReportState, dict[ReportMove, ReportState]] = {
    ReportState.DRAFT: {
        ReportMove.SAVE: ReportState.DRAFT,
        ReportMove.SIGN: ReportState.SIGNED,
        ReportMove.RETURN: ReportState.RETURNED,
    },
    ReportState.SIGNED: {ReportMove.RETURN: ReportState.RETURNED},
    ReportState.RETURNED: {ReportMove.SAVE: ReportState.DRAFT},
}

REQUEST_MOVES: dict[RequestState, dict[RequestMove, RequestState]] = {
    RequestState.REQUESTED: {
        RequestMove.APPROVE: RequestState.APPROVED,
        RequestMove.REFUSE: RequestState.REFUSED,
    },
    RequestState.APPROVED: {},
    RequestState.REFUSED: {},
}

State = TypeVar("State", bound=Labelled)
Move = TypeVar("Move", bound=Labelled)

DIAGRAMS: dict[str, tuple[str, Mapping[Labelled, Mapping[Labelled, Labelled]]]] = {
    "An item's review 审核": ("none", REVIEW_MOVES),  # type: ignore[dict-item]  # a dict of members is a mapping of them
    "A piece of evidence 佐证": ("pending", EVIDENCE_MOVES),  # type: ignore[dict-item]
    "A progress report 填报": ("draft", REPORT_MOVES),  # type: ignore[dict-item]
    "A request 请示": ("requested", REQUEST_MOVES),  # type: ignore[dict-item]
}
"""Title → first state and table, for the published diagrams."""

SATISFIES: dict[Grade, tuple[Completion, ...]] = {
    Grade.DONE: (Completion.DONE,),
    Grade.PHASED: (Completion.PHASED, Completion.DONE),
    Grade.INFEASIBLE: tuple(Completion),
}
"""Completions of a task with which a closure of each grade can be applied for."""
