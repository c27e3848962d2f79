"""States of a draft and of the figures in it, and the tables of allowed moves. Plain Python; the published diagram is generated from ``MOVES``."""

from collections.abc import Mapping

from zhenggai.core.enums import Labelled


class Audience(Labelled):
    """公开范围: for whom a document is written. What is for the public names no item that is not 公开, and counts none either."""

    PUBLIC = "public", "向社会公开"
    INTERNAL = "internal", "内部报送"


class DraftState(Labelled):
    """文稿状态."""

    DRAFTING = "drafting", "起草"
    REVIEW = "review", "送审"
    APPROVED = "approved", "审定"
    PUBLISHED = "published", "已定版"
    DROPPED = "dropped", "作废"


class DraftMove(Labelled):
    """文稿办理."""

    SUBMIT = "submit", "送审"
    APPROVE = "approve", "审核通过"
    FINISH = "finish", "审定"
    RETURN = "return", "退回"
    RECALL = "recall", "撤回修改"
    PUBLISH = "publish", "定版发布"
    DROP = "drop", "作废"


MOVES: dict[DraftState, dict[DraftMove, DraftState]] = {
    DraftState.DRAFTING: {DraftMove.SUBMIT: DraftState.REVIEW, DraftMove.DROP: DraftState.DROPPED},
    DraftState.REVIEW: {
        DraftMove.APPROVE: DraftState.REVIEW,
        DraftMove.FINISH: DraftState.APPROVED,
        DraftMove.RETURN: DraftState.DRAFTING,
        DraftMove.RECALL: DraftState.DRAFTING,
    },
    DraftState.APPROVED: {
        DraftMove.PUBLISH: DraftState.PUBLISHED,
        DraftMove.RECALL: DraftState.DRAFTING,
        DraftMove.RETURN: DraftState.DRAFTING,
    },
    DraftState.PUBLISHED: {},
    DraftState.DROPPED: {},
}
"""state → move → next state. What is not here is refused; text and bindings change only while drafting."""


class ParagraphRole(Labelled):
    """段落类别: as the text library names the roles of blocks."""

    TITLE = "title", "标题"
    HEADING = "heading", "小标题"
    TEXT = "text", "正文"
    ITEM = "item", "分条"
    ROW = "row", "表格行"
    CONTACT = "contact", "联系方式"
    SIGNATURE = "signature", "署名日期"


class FigureState(Labelled):
    """数字状态: how a number in the text stands to its source right now; computed whenever somebody looks, never stored."""

    BOUND = "bound", "已绑定"
    STALE = "stale", "来源已更新"
    CONTRADICTED = "contradicted", "与来源不符"
    WRONG_UNIT = "wrong_unit", "单位不符"
    WRONG_PERIOD = "wrong_period", "时期不符"
    UNBOUND = "unbound", "未绑定"
    WAIVED = "waived", "免予绑定"


SETTLED = (FigureState.BOUND, FigureState.WAIVED)
"""States in which a figure may go out."""

REMEDIES: Mapping[FigureState, str] = {
    FigureState.BOUND: "",
    FigureState.STALE: "来源的数值在绑定之后有了变化，请按现值改写数字，或核对来源。",
    FigureState.CONTRADICTED: "文中数字与所绑定的来源不同，请更正其一，或改绑正确的来源。",
    FigureState.WRONG_UNIT: "文中单位与来源的单位不同，请改写单位，或改绑同一单位的来源。",
    FigureState.WRONG_PERIOD: "文中时期与来源的时期不同，请改写时期，或改绑同一时期的来源。",
    FigureState.UNBOUND: "请从建议中选定来源，登记新的指标值后绑定，或写明理由免予绑定。",
    FigureState.WAIVED: "",
}
"""What to do about a figure in each state."""


class Severity(Labelled):
    """轻重: an error stands in the way of approval."""

    ERROR = "error", "必须处理"
    WARNING = "warning", "请核对"
    HINT = "hint", "供参考"
