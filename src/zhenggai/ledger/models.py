from typing import Any

from django.db import models

from zhenggai.evidence.models import Sourced, SourceDocument
from zhenggai.journal.snapshots import journaled
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    Review,
)
from zhenggai.ledger.states import (
    InspectionKind,
    Kind,
    Level,
    Match,
    MeasureState,
    PolicyRole,
    Progress,
    ProposalState,
)


class Withdrawable(models.Model):
    """可撤回: a row whose acceptance was taken back stays, with its number, but no longer counts."""

    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_by = models.CharField("撤回岗位", max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__gt=""),
                name="%(app_label)s_%(class)s_withdrawn_pair",
            )
        ]


@journaled(
    "ledger.inspection",
    "code", "kind", "authority", "team", "round", "party", "started_on", "ended_on", "feedback_on",
    "next_number", "profile",
)  # fmt: skip
class Inspection(models.Model):
    """检查: one inspection (巡视、巡察、审计、督察) of one party by one authority."""

    code = models.CharField("检查编号", max_length=32, unique=True)
    kind = models.CharField("类别", max_length=8, choices=InspectionKind.choices())
    authority = models.CharField("派出机关", max_length=100, blank=True)
    team = models.CharField("检查组", max_length=100, blank=True)
    round = models.CharField("轮次", max_length=100, blank=True)
    party = models.CharField("被检查方", max_length=200, blank=True)
    started_on = models.DateField("进驻日期", null=True, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    feedback_on = models.DateField("反馈日期", null=True, blank=True)
    next_number = models.PositiveIntegerField("下一问题编号", default=1)
    profile = models.CharField("办理方案", max_length=32, blank=True)

    class Meta:
        verbose_name = "检查"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in InspectionKind]),
                name="inspection_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(started_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="inspection_period_ordered",
            ),
        ]


@journaled(
    "ledger.finding",
    "inspection", "number", "level", "parent", "title", "status_written", "progress", "classification", "review", "grade", "cycle",
    "closed_on", "next_check_on", "returns", "document", "span_start", "span_end", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
class Finding(Sourced, Withdrawable):
    """反馈问题: a problem as the authority wrote it; a tree of area, problem, manifestation.

    ``number`` is the ledger's own, given once and never again in the inspection. ``progress`` and ``status_written`` say what the document
    claims (据文件所述); they close nothing. ``review`` is the axis of review; ``grade`` and ``closed_on`` are set while it is closed, and
    the database itself refuses them without evidence, digest and a second person. ``cycle`` (整改轮次) counts relapses; ``returns`` counts
    how often an application was sent back.
    """

    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveIntegerField("编号")
    level = models.CharField("层级", max_length=16, choices=Level.choices())
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    title = models.TextField("问题")
    status_written = models.CharField("文件所述状态", max_length=100, blank=True)
    progress = models.CharField("文件所述进展", max_length=16, choices=Progress.choices(), blank=True)
    classification = models.CharField(
        "公开属性", max_length=16, choices=Classification.choices(), default=Classification.INTERNAL.value
    )
    review = models.CharField("审核情况", max_length=16, choices=Review.choices(), default=Review.NONE.value)
    grade = models.CharField("销号等次", max_length=16, choices=Grade.choices(), blank=True)
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    next_check_on = models.DateField("下次复查日期", null=True, blank=True)
    returns = models.PositiveIntegerField("退回次数", default=0)

    class Meta:
        verbose_name = "反馈问题"
        ordering = ["inspection", "number"]
        constraints = [
            *Sourced.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["inspection", "number"], name="finding_number_unique"),
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in Level]), name="finding_level_known"
            ),
            models.CheckConstraint(condition=models.Q(title__gt=""), name="finding_title_given"),
            models.CheckConstraint(
                condition=models.Q(classification__in=[member.value for member in Classification]),
                name="finding_classification_known",
            ),
            models.CheckConstraint(
                condition=models.Q(review__in=[member.value for member in Review]),
                name="finding_review_known",
            ),
            models.CheckConstraint(
                condition=models.Q(review=Review.CLOSED.value, grade__gt="", closed_on__isnull=False)
                | (~models.Q(review=Review.CLOSED.value) & models.Q(grade="", closed_on=None)),
                name="finding_closed_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(grade=Grade.PHASED.value) | models.Q(next_check_on__isnull=False),
                name="finding_phased_has_next_check",
            ),
        ]
        indexes = [models.Index(fields=["inspection", "review", "number"], name="finding_by_review")]


@journaled(
    "ledger.task",
    "finding", "number", "title", "lead_official", "lead_unit", "responsible_units", "supporting_units",
    "due_wording", "due_on", "first_due_on", "standing", "horizon", "root_cause", "target", "indicator", "target_value", "money_total",
    "money_done", "completion", "completed_on", "merged_into", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
class Task(Withdrawable):
    """整改任务: what must be done about a finding, by whom and by when.

    Names are as written in the document; who really answers stands in ``assignments``. ``due_wording`` keeps the time limit's words;
    ``due_on`` is its last day, ``first_due_on`` the one that was set first; ``standing`` is 长期坚持. ``target`` is the aim in words,
    ``indicator`` with ``target_value`` the aim as a figure. ``money_total`` (问题金额) and ``money_done`` (已整改金额) are in 元.
    """

    finding = models.ForeignKey(Finding, verbose_name="问题", on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField("序号")
    title = models.TextField("任务")
    lead_official = models.CharField("牵头领导", max_length=100, blank=True)
    lead_unit = models.CharField("牵头单位", max_length=200, blank=True)
    responsible_units = models.JSONField("责任单位", default=list, blank=True)
    supporting_units = models.JSONField("配合单位", default=list, blank=True)
    due_wording = models.CharField("时限原文", max_length=100, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    first_due_on = models.DateField("最初时限", null=True, blank=True)
    standing = models.BooleanField("长期坚持", default=False)
    horizon = models.CharField("整改时段", max_length=16, choices=Horizon.choices(), blank=True)
    root_cause = models.TextField("原因分析", blank=True)
    target = models.TextField("整改目标", blank=True)
    indicator = models.ForeignKey(
        "indicators.Indicator",
        verbose_name="目标指标",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    target_value = models.DecimalField("目标值", max_digits=24, decimal_places=6, null=True, blank=True)
    money_total = models.DecimalField("问题金额", max_digits=18, decimal_places=2, null=True, blank=True)
    money_done = models.DecimalField("已整改金额", max_digits=18, decimal_places=2, null=True, blank=True)
    completion = models.CharField(
        "完成情况", max_length=16, choices=Completion.choices(), default=Completion.UNDONE.value
    )
    completed_on = models.DateField("完成日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta(Withdrawable.Meta):
        verbose_name = "整改任务"
        ordering = ["finding", "number"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["finding", "number"], name="task_number_unique"),
            models.CheckConstraint(
                condition=models.Q(completion__in=[member.value for member in Completion]),
                name="task_completion_known",
            ),
            models.CheckConstraint(
                condition=models.Q(money_total=None)
                | models.Q(money_done=None)
                | models.Q(money_done__lte=models.F("money_total")),
                name="task_money_within_total",
            ),
        ]
        indexes = [models.Index(fields=["completion", "due_on"], name="task_by_due")]


@journaled(
    "ledger.measure",
    "task", "number", "text", "type", "state", "done_on", "document", "span_start", "span_end", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
class Measure(Sourced, Withdrawable):
    """整改措施: one concrete step under a task."""

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField("序号")
    text = models.TextField("措施")
    type = models.CharField(
        "措施类型", max_length=16, choices=MeasureType.choices(), default=MeasureType.OTHER.value
    )
    state = models.CharField("状态", max_length=16, choices=MeasureState.choices())
    done_on = models.DateField("落实日期", null=True, blank=True)

    class Meta:
        verbose_name = "整改措施"
        ordering = ["task", "number"]
        constraints = [
            *Sourced.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["task", "number"], name="measure_number_unique"),
        ]


@journaled(
    "ledger.policydocument",
    "inspection", "title", "verb", "role", "document", "span_start", "span_end", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
class PolicyDocument(Sourced, Withdrawable):
    """制度文件: a document that the text names in 《》; those made or revised are results of the rectification (制度成果)."""

    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="policy_documents"
    )
    title = models.CharField("名称", max_length=400)
    verb = models.CharField("动词", max_length=32, blank=True)
    role = models.CharField("性质", max_length=16, choices=PolicyRole.choices())

    class Meta:
        verbose_name = "制度文件"
        constraints = [
            *Sourced.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["inspection", "title"], name="policydocument_title_unique"),
        ]


@journaled(
    "ledger.claim",
    "inspection", "finding", "progress", "text", "document", "span_start", "span_end", "withdrawn_at", "withdrawn_by",
)  # fmt: skip
class Claim(Sourced, Withdrawable):
    """整改情况陈述: a clause by which a document says that something is done; a claim, never a closure."""

    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="claims"
    )
    finding = models.ForeignKey(
        Finding, verbose_name="问题", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    progress = models.CharField("所述进展", max_length=16, choices=Progress.choices())
    text = models.TextField("原文")

    class Meta:
        verbose_name = "整改情况陈述"
        constraints = [*Sourced.Meta.constraints, *Withdrawable.Meta.constraints]


@journaled(
    "ledger.reading",
    "inspection", "document", "edition", "document_kind", "title", "issuer", "issued_on", "reader", "result_sha256", "missing",
    "read_at",
)  # fmt: skip
class Reading(models.Model):
    """读件: one source document read into one inspection; a later one is a new edition (版次).

    ``result_sha256`` names the reader's whole result (SCHEMA gongwen/1) in the store. ``missing`` lists the proposals of earlier editions
    that this one no longer has; they stay as they are.
    """

    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="readings"
    )
    document = models.ForeignKey(
        SourceDocument, verbose_name="来源文件", on_delete=models.PROTECT, related_name="readings"
    )
    edition = models.PositiveIntegerField("版次")
    document_kind = models.CharField("文件类别", max_length=16)
    title = models.TextField("文件标题", blank=True)
    issuer = models.CharField("署名", max_length=200, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    reader = models.CharField("读取程序", max_length=32)
    result_sha256 = models.CharField("读取结果摘要", max_length=64)
    missing = models.JSONField("新版中未见", default=list, blank=True)
    read_at = models.DateTimeField("读入时间")

    class Meta:
        verbose_name = "读件"
        constraints = [
            models.UniqueConstraint(fields=["inspection", "edition"], name="reading_edition_unique"),
            models.UniqueConstraint(fields=["inspection", "document"], name="reading_document_unique"),
        ]


@journaled(
    "ledger.proposal",
    "reading", "position", "kind", "path", "number", "span_start", "span_end", "parent", "content", "corrected_content",
    "match", "state", "previous", "candidates", "target_id", "decided_at", "decided_by",
)  # fmt: skip
class Proposal(models.Model):
    """建议: one item that a reading found, with its place; a person accepts, corrects or rejects it.

    ``payload`` is what was read, ``corrected`` what a person made of it; the fields of each kind stand in :mod:`zhenggai.ledger.kinds`.
    ``content`` and ``corrected_content`` are their digests. ``target_id`` is the row of the kind's table that came of it.
    ``candidates`` are earlier proposals among which a person is asked to choose.
    """

    reading = models.ForeignKey(
        Reading, verbose_name="读件", on_delete=models.PROTECT, related_name="proposals"
    )
    position = models.PositiveIntegerField("次序")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices())
    path = models.CharField("原文序号", max_length=200, blank=True)
    number = models.CharField("本级序号", max_length=32, blank=True)
    span_start = models.BigIntegerField("起", null=True, blank=True)
    span_end = models.BigIntegerField("止", null=True, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    payload = models.JSONField("所读内容")
    content = models.CharField("内容摘要", max_length=64)
    corrected = models.JSONField("更正内容", null=True, blank=True)
    corrected_content = models.CharField("更正摘要", max_length=64, blank=True)
    match = models.CharField("比对结果", max_length=16, choices=Match.choices())
    state = models.CharField("状态", max_length=16, choices=ProposalState.choices())
    previous = models.ForeignKey(
        "self",
        verbose_name="前一版条目",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next",
    )
    candidates = models.JSONField("可能的前一版条目", default=list, blank=True)
    target_id = models.BigIntegerField("台账行", null=True, blank=True)
    decided_at = models.DateTimeField("核定时间", null=True, blank=True)
    decided_by = models.CharField("核定岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "建议"
        ordering = ["reading", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="proposal_position_unique"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ProposalState]),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by="")
                | models.Q(decided_at__isnull=False, decided_by__gt=""),
                name="proposal_decided_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "corrected"]) | models.Q(target_id__isnull=False),
                name="proposal_taken_has_row",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "target_id"], name="proposal_by_target"),
            models.Index(fields=["reading", "state"], name="proposal_by_state"),
        ]

    @property
    def current(self) -> dict[str, Any]:
        """What holds: the corrected content if there is one, else what was read."""
        holds: dict[str, Any] = self.payload if self.corrected is None else self.corrected
        return holds


# The tables of 办理 point at those above by name; Django finds them here.
from zhenggai.ledger.handling import models as handling_models  # noqa: E402, F401
