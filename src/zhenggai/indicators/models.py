from django.db import models
from django.db.models import Q

from zhenggai.core.enums import Labelled
from zhenggai.evidence.models import Sourced, StoredFile
from zhenggai.indicators.rules import DIGITS, PLACES
from zhenggai.indicators.states import Change, Direction, FigureKind, Reach, Source
from zhenggai.journal.snapshots import journaled
from zhenggai.parties.models import Organisation


def _known(field: str, choices: type[Labelled], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [c.value for c in choices]}), name=name)


@journaled(
    "indicators.indicator",
    "name", "unit", "kind", "change", "code", "source", "direction", "numerator", "denominator", "exclusions", "period_kind",
    "organisation", "formula",
)  # fmt: skip
class Indicator(models.Model):
    """指标: a named figure with its unit; two figures are the same indicator when name, unit, kind and direction of change agree.

    ``code`` names the query that computes it. ``numerator``, ``denominator`` and ``exclusions`` are its definition in words,
    ``organisation`` the unit that reports it. ``formula`` says how a derived one comes of others:
    ``{"op": Operation, "of": [code or key of an indicator, …]}``.
    """

    name = models.CharField("名称", max_length=200)
    unit = models.CharField("单位", max_length=32)
    kind = models.CharField("类别", max_length=20, choices=FigureKind.choices())
    change = models.CharField("增减", max_length=8, choices=Change.choices(), blank=True)
    code = models.CharField("代码", max_length=64, blank=True, default="")
    source = models.CharField(
        "来源类别", max_length=16, choices=Source.choices(), default=Source.DOCUMENT.value
    )
    direction = models.CharField("方向", max_length=8, choices=Direction.choices(), blank=True, default="")
    numerator = models.TextField("统计内容（分子）", blank=True, default="")
    denominator = models.TextField("分母", blank=True, default="")
    exclusions = models.TextField("不计入", blank=True, default="")
    period_kind = models.CharField("统计周期", max_length=32, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="填报单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
    )
    formula = models.JSONField("推算公式", null=True, blank=True)

    class Meta:
        verbose_name = "指标"
        constraints = [
            models.UniqueConstraint(fields=["name", "unit", "kind", "change"], name="indicator_unique"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="indicator_code_unique"),
            _known("kind", FigureKind, "indicator_kind_known"),
            _known("source", Source, "indicator_source_known"),
            _known("direction", Direction, "indicator_direction_known"),
            models.CheckConstraint(
                condition=Q(source=Source.COMPUTED.value, code__gt="")
                | (~Q(source=Source.COMPUTED.value) & Q(code="")),
                name="indicator_computed_by_code",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.DERIVED.value, formula__isnull=False)
                | (~Q(source=Source.DERIVED.value) & Q(formula__isnull=True)),
                name="indicator_derived_by_formula",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.REPORTED.value, organisation__isnull=False)
                | (~Q(source=Source.REPORTED.value) & Q(organisation=None)),
                name="indicator_reported_by_unit",
            ),
        ]


@journaled(
    "indicators.observation",
    "indicator", "value", "value_max", "written", "qualifier", "period", "applies_to", "corrects", "reason", "source", "scope", "reach",
    "as_of", "organisation", "file", "basis", "document", "span_start", "span_end", "signed_at", "signed_by", "withdrawn_at",
)  # fmt: skip
class Observation(Sourced):
    """指标值: what a source says an indicator was in a period. Never changed: a correction is a new one that cites it.

    ``value`` is in the base unit (288.88万元 → 2888800 元), ``written`` keeps the form in the text; ``value_max`` closes a range.
    ``scope`` is the code of the inspection that it belongs to. A reported value counts once the head of its unit has signed it.
    ``basis`` says what a value of our own rests on: of a computed one ``{"query", "rows", "digest"}``, of a derived one
    ``{"operands": [{"observation", "code", "value", "as_of"}, …], "change"}``. Triggers (migration 0003) let a row be signed and
    withdrawn, once each, and nothing else.
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
    reason = models.CharField("更正理由", max_length=500, blank=True, default="")
    source = models.CharField(
        "来源类别", max_length=16, choices=Source.choices(), default=Source.DOCUMENT.value
    )
    scope = models.CharField("所属检查", max_length=32, blank=True, default="")
    reach = models.CharField("口径", max_length=16, choices=Reach.choices(), default=Reach.WHOLE.value)
    as_of = models.DateField("截至日期", null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="填报单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    file = models.ForeignKey(
        StoredFile, verbose_name="佐证文件", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.JSONField("计算依据", null=True, blank=True)
    observed_at = models.DateTimeField("入账时间")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signed_by = models.CharField("签发岗位", max_length=64, blank=True, default="")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "指标值"
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_max=None) | Q(value_max__gte=models.F("value")),
                name="observation_range_ordered",
            ),
            _known("source", Source, "observation_source_known"),
            _known("reach", Reach, "observation_reach_known"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by="") | Q(signed_at__isnull=False, signed_by__gt=""),
                name="observation_signed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.REPORTED.value) | Q(organisation__isnull=False),
                name="observation_reported_by_unit",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[Source.COMPUTED.value, Source.DERIVED.value], basis__isnull=False)
                | (~Q(source__in=[Source.COMPUTED.value, Source.DERIVED.value]) & Q(basis__isnull=True)),
                name="observation_own_value_has_basis",
            ),
        ]
        indexes = [models.Index(fields=["scope", "source", "reach"], name="observation_by_scope")]

    @property
    def change(self) -> Change:
        """增减 of the value: of a derived change its own, else the indicator's."""
        return Change((self.basis or {}).get("change", self.indicator.change))
