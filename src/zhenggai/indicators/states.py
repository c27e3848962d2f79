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
