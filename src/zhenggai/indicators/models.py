from django.db import models

from zhenggai.evidence.models import Sourced
from zhenggai.indicators.rules import DIGITS, PLACES
from zhenggai.indicators.states import Change, FigureKind
from zhenggai.journal.snapshots import journaled


@journaled("indicators.indicator", "name", "unit", "kind", "change")
class Indicator(models.Model):
    """指标: a named figure with its unit; two figures are the same indicator when name, unit, kind and direction of change agree."""

    name = models.CharField("名称", max_length=200)
    unit = models.CharField("单位", max_length=32)
    kind = models.CharField("类别", max_length=20, choices=FigureKind.choices())
    change = models.CharField("增减", max_length=8, choices=Change.choices(), blank=True)

    class Meta:
        verbose_name = "指标"
        constraints = [
            models.UniqueConstraint(fields=["name", "unit", "kind", "change"], name="indicator_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FigureKind]), name="indicator_kind_known"
            ),
        ]


@journaled(
    "indicators.observation",
    "indicator", "value", "value_max", "written", "qualifier", "period", "applies_to", "corrects",
    "document", "span_start", "span_end", "withdrawn_at",
)  # fmt: skip
class Observation(Sourced):
    """指标值: what a source says an indicator was in a period. Never changed: a correction is a new one that cites it.

    ``value`` is in the base unit (288.88万元 → 2888800 元), ``written`` keeps the form in the text; ``value_max`` closes a range.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="指标", on_delete=models.PROTECT, related_name="observations"
    )
    value = models.DecimalField("数值", max_digits=DIGITS + PLACES, decimal_places=PLACES)
    value_max = models.DecimalField(
        "上限", max_digits=DIGITS + PLACES, decimal_places=PLACES, null=True, blank=True
    )
    written = models.CharField("原文写法", max_length=100, blank=True)
    qualifier = models.CharField("限定词", max_length=16, blank=True)
    period = models.CharField("时期", max_length=64, blank=True)
    applies_to = models.JSONField("适用对象", default=list, blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name="更正",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
    )
    observed_at = models.DateTimeField("入账时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "指标值"
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(value_max=None) | models.Q(value_max__gte=models.F("value")),
                name="observation_range_ordered",
            ),
        ]
