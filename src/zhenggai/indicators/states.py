"""What kinds of figure there are."""

from zhenggai.core.enums import Labelled


class FigureKind(Labelled):
    """数字类别: as the reader names them (SCHEMA gongwen/1)."""

    COUNT = "count", "数量"
    MONEY = "money", "金额"
    PERCENT = "percent", "百分比"
    PERCENTAGE_POINT = "percentage_point", "百分点"
    CAPACITY = "capacity", "能力"
    DURATION = "duration", "时长"
    OTHER = "other", "其他"


class Change(Labelled):
    """增减: set only when the figure is itself the amount of a change."""

    NONE = "", ""
    UP = "up", "上升"
    DOWN = "down", "下降"


class Source(Labelled):
    """来源类别: where a value comes from, and so who answers for it."""

    COMPUTED = "computed", "台账计算"
    DERIVED = "derived", "推算"
    REPORTED = "reported", "单位填报"
    DOCUMENT = "document", "文件所载"


class Direction(Labelled):
    """指标方向: whether more is better."""

    NONE = "", "不分"
    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class Reach(Labelled):
    """口径: over which items a computed value is counted."""

    WHOLE = "whole", "全部"
    PUBLIC = "public", "公开口径"


class Operation(Labelled):
    """推算方式: how a derived value comes of others."""

    RATE = "rate", "比率"
    SUM = "sum", "合计"
    DIFFERENCE = "difference", "差额"
    YEAR_ON_YEAR = "year_on_year", "同比"
    POINTS = "points", "百分点变动"
