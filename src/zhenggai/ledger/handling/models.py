"""Who answers for what, what was reported and proven, and how it was reviewed. Foreign keys are named by strings: the ledger's own tables load after these."""

from django.db import models
from django.db.models import Q

from zhenggai.journal.snapshots import journaled
from zhenggai.ledger.handling.states import (
    GROUP,
    SINGLE,
    AssignmentRole,
    Classification,
    ClosureState,
    Completion,
    EvidenceState,
    Grade,
    ParticipantRole,
    ReportState,
    RequestState,
    WaiverKind,
)
from zhenggai.parties.models import Organisation, Person, Post


def _known(field: str, choices: type, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [c.value for c in choices]}), name=name)  # type: ignore[attr-defined]


def _pair(at: str, by: str, name: str) -> models.CheckConstraint:
    """A moment and who it belongs to are set together."""
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, by: ""}) | Q(**{f"{at}__isnull": False, f"{by}__gt": ""}),
        name=name,
    )


@journaled("ledger.participant", "inspection", "role", "post", "organisation", "ended_at", "ended_by")
class Participant(models.Model):
    """检查角色: a post of the leading group, or a unit that is the task force or supervises, in one inspection as a whole."""

    inspection = models.ForeignKey(
        "ledger.Inspection", verbose_name="检查", on_delete=models.PROTECT, related_name="participants"
    )
    role = models.CharField("角色", max_length=16, choices=ParticipantRole.choices())
    post = models.ForeignKey(
        Post,
        verbose_name="岗位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
    )
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_by = models.CharField("结束岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "检查角色"
        constraints = [
            _pair("ended_at", "ended_by", "participant_ended_pair"),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in GROUP], post__isnull=False, organisation=None)
                | (~Q(role__in=[r.value for r in GROUP]) & Q(post=None, organisation__isnull=False)),
                name="participant_post_or_unit",
            ),
            models.UniqueConstraint(
                fields=["inspection", "role", "post"],
                condition=Q(ended_at=None),
                name="participant_post_once",
            ),
            models.UniqueConstraint(
                fields=["inspection", "role", "organisation"],
                condition=Q(ended_at=None),
                name="participant_unit_once",
            ),
        ]


@journaled(
    "ledger.assignment",
    "task",
    "finding",
    "role",
    "post",
    "organisation",
    "personally",
    "ended_at",
    "ended_by",
)
class Assignment(models.Model):
    """责任: who answers for a task. A lead official by his post, units by themselves. Ended, not removed, when somebody else takes over.

    ``personally`` marks 领办: the lead official has taken the item on himself. ``finding`` repeats the task's, so that what a unit may
    see is one indexed lookup.
    """

    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", on_delete=models.PROTECT, related_name="assignments"
    )
    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField("分工", max_length=16, choices=AssignmentRole.choices())
    post = models.ForeignKey(
        Post, verbose_name="岗位", on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    personally = models.BooleanField("领办", default=False)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_by = models.CharField("结束岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "责任"
        constraints = [
            _pair("ended_at", "ended_by", "assignment_ended_pair"),
            models.CheckConstraint(
                condition=Q(role=AssignmentRole.LEAD_OFFICIAL.value, post__isnull=False, organisation=None)
                | (
                    ~Q(role=AssignmentRole.LEAD_OFFICIAL.value)
                    & Q(post=None, organisation__isnull=False, personally=False)
                ),
                name="assignment_post_or_unit",
            ),
            _known("role", AssignmentRole, "assignment_role_known"),
            models.UniqueConstraint(
                fields=["task", "role"],
                condition=Q(ended_at=None, role__in=[role.value for role in SINGLE]),
                name="assignment_one_lead",
            ),
            models.UniqueConstraint(
                fields=["task", "role", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="assignment_unit_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "finding"], condition=Q(ended_at=None), name="assignment_by_unit"
            ),
            models.Index(fields=["post", "finding"], condition=Q(ended_at=None), name="assignment_by_post"),
        ]


@journaled(
    "ledger.report",
    "task", "finding", "organisation", "cycle", "period", "narrative", "completion", "measures_done", "money_done",
    "state", "filled_at", "filled_by", "signed_at", "signed_by", "reason", "alike",
)  # fmt: skip
class ProgressReport(models.Model):
    """进展填报: what a unit says of a task for a period; it leaves the unit with its head's signature.

    ``measures_done`` lists keys of the measures said to be done; ``money_done`` is 已整改金额 in 元, so far. ``alike`` names reports whose text
    nearly repeats: a list of ``[report, per cent]``.
    """

    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", on_delete=models.PROTECT, related_name="reports"
    )
    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="reports"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="填报单位", on_delete=models.PROTECT, related_name="reports"
    )
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    period = models.CharField("填报时期", max_length=32)
    narrative = models.TextField("进展情况")
    completion = models.CharField("完成情况", max_length=16, choices=Completion.choices())
    measures_done = models.JSONField("已落实措施", default=list, blank=True)
    money_done = models.DecimalField("已整改金额", max_digits=18, decimal_places=2, null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=ReportState.choices())
    filled_at = models.DateTimeField("填报时间")
    filled_by = models.CharField("填报岗位", max_length=64)
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signed_by = models.CharField("签发岗位", max_length=64, blank=True)
    reason = models.CharField("退回理由", max_length=500, blank=True)
    alike = models.JSONField("雷同填报", default=list, blank=True)

    class Meta:
        verbose_name = "进展填报"
        constraints = [
            models.CheckConstraint(
                condition=Q(filled_at__isnull=False, filled_by__gt=""), name="report_filled_pair"
            ),
            _pair("signed_at", "signed_by", "report_signed_pair"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.SIGNED.value) | Q(signed_at__isnull=False),
                name="report_signed_has_signature",
            ),
            _known("state", ReportState, "report_state_known"),
            models.UniqueConstraint(
                fields=["task", "organisation", "cycle", "period"], name="report_once_a_period"
            ),
        ]
        indexes = [models.Index(fields=["finding", "cycle"], name="report_by_finding")]


@journaled(
    "ledger.reportedfigure",
    "report", "position", "label", "value", "unit", "kind", "change", "period", "written", "span_start", "span_end",
    "observation", "dismissed_at", "dismissed_by",
)  # fmt: skip
class ReportedFigure(models.Model):
    """填报数字: a figure that the reader found in a progress report, proposed as an observation (指标值); the place is in its narrative."""

    report = models.ForeignKey(
        ProgressReport, verbose_name="填报", on_delete=models.PROTECT, related_name="figures"
    )
    position = models.PositiveIntegerField("次序")
    label = models.CharField("名称", max_length=200)
    value = models.CharField("数值", max_length=40)
    unit = models.CharField("单位", max_length=32, blank=True)
    kind = models.CharField("类别", max_length=20)
    change = models.CharField("增减", max_length=8, blank=True)
    period = models.CharField("时期", max_length=64, blank=True)
    written = models.CharField("原文写法", max_length=100)
    span_start = models.PositiveIntegerField("起")
    span_end = models.PositiveIntegerField("止")
    observation = models.ForeignKey(
        "indicators.Observation",
        verbose_name="指标值",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    dismissed_at = models.DateTimeField("不采纳时间", null=True, blank=True)
    dismissed_by = models.CharField("不采纳岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "填报数字"
        ordering = ["report", "position"]
        constraints = [
            _pair("dismissed_at", "dismissed_by", "reportedfigure_dismissed_pair"),
            models.CheckConstraint(
                condition=Q(span_end__gt=models.F("span_start")), name="reportedfigure_span_whole"
            ),
        ]


class TextBand(models.Model):
    """近似索引: bands of the MinHash of a report's text, by which texts that nearly repeat it are found. Derived; rebuilt from the texts."""

    report = models.ForeignKey(
        ProgressReport, verbose_name="填报", on_delete=models.CASCADE, related_name="bands"
    )
    band = models.BigIntegerField("指纹")

    class Meta:
        verbose_name = "近似索引"
        indexes = [models.Index(fields=["band", "report"], name="textband_by_band")]


@journaled(
    "ledger.evidence",
    "finding", "task", "measure", "file", "cycle", "title", "version", "replaces", "organisation", "effective_on", "classification",
    "state", "uploaded_at", "uploaded_by", "uploader", "reviewed_at", "reviewed_by", "reason",
)  # fmt: skip
class Evidence(models.Model):
    """佐证材料: a stored file and what it proves: a measure, or the task as a whole, in one cycle; with the reviewer's verdict.

    ``effective_on`` is the day of what the file shows (印发日期、拍摄日期), apart from when it was uploaded.
    """

    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="evidence"
    )
    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", on_delete=models.PROTECT, related_name="evidence"
    )
    measure = models.ForeignKey(
        "ledger.Measure",
        verbose_name="所证措施",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    file = models.ForeignKey(
        "evidence.StoredFile", verbose_name="存档文件", on_delete=models.PROTECT, related_name="+"
    )
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    title = models.CharField("名称", max_length=200)
    version = models.PositiveIntegerField("版本", default=1)
    replaces = models.ForeignKey(
        "self",
        verbose_name="替换",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="提交单位", on_delete=models.PROTECT, related_name="+"
    )
    effective_on = models.DateField("形成日期")
    classification = models.CharField(
        "公开属性", max_length=16, choices=Classification.choices(), default=Classification.INTERNAL.value
    )
    state = models.CharField(
        "状态", max_length=16, choices=EvidenceState.choices(), default=EvidenceState.PENDING.value
    )
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.CharField("上传岗位", max_length=64)
    uploader = models.ForeignKey(Person, verbose_name="上传人", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    reviewed_by = models.CharField("审核岗位", max_length=64, blank=True)
    reason = models.CharField("审核意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "佐证材料"
        constraints = [
            models.CheckConstraint(
                condition=Q(uploaded_at__isnull=False, uploaded_by__gt=""), name="evidence_uploaded_pair"
            ),
            _pair("reviewed_at", "reviewed_by", "evidence_reviewed_pair"),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.ACCEPTED.value)
                | (Q(reviewed_at__isnull=False) & ~Q(reviewed_by=models.F("uploaded_by"))),
                name="evidence_accepted_by_another",
            ),
            _known("state", EvidenceState, "evidence_state_known"),
            _known("classification", Classification, "evidence_classification_known"),
        ]
        indexes = [models.Index(fields=["finding", "cycle", "state"], name="evidence_by_finding")]


@journaled(
    "ledger.closure",
    "finding", "cycle", "grade", "short", "chain", "step", "text", "next_check_on", "digest", "state",
    "applied_at", "applied_by", "applicant", "applied_unit", "ended_at", "ended_by", "closer", "closer_unit", "closed_on", "returns",
)  # fmt: skip
class Closure(models.Model):
    """销号申请: one application for the closure of an item, its review chain and how it ended.

    ``digest`` names everything that is to be approved, as it stood when the application was made; ``chain`` lists the codes of the steps
    to be taken, ``step`` counts those that were. A closed one is a fact: it stays as it is when the problem comes back.
    """

    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="closures"
    )
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    grade = models.CharField("等次", max_length=16, choices=Grade.choices())
    short = models.BooleanField("立行立改", default=False)
    chain = models.JSONField("审核链")
    step = models.PositiveIntegerField("已过步骤", default=0)
    text = models.TextField("申请说明")
    next_check_on = models.DateField("下次复查日期", null=True, blank=True)
    digest = models.CharField("所审内容摘要", max_length=64)
    state = models.CharField("状态", max_length=16, choices=ClosureState.choices())
    applied_at = models.DateTimeField("申请时间")
    applied_by = models.CharField("申请岗位", max_length=64)
    applicant = models.ForeignKey(Person, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    applied_unit = models.ForeignKey(
        Organisation, verbose_name="申请单位", on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    ended_by = models.CharField("办结岗位", max_length=64, blank=True)
    closer = models.ForeignKey(
        Person, verbose_name="销号人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closer_unit = models.ForeignKey(
        Organisation,
        verbose_name="销号单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    closed_on = models.DateField("销号日期", null=True, blank=True)
    returns = models.PositiveIntegerField("退回次数", default=0)

    class Meta:
        verbose_name = "销号申请"
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False, applied_by__gt=""), name="closure_applied_pair"
            ),
            _pair("ended_at", "ended_by", "closure_ended_pair"),
            _known("state", ClosureState, "closure_state_known"),
            _known("grade", Grade, "closure_grade_known"),
            models.CheckConstraint(
                condition=~Q(state=ClosureState.CLOSED.value)
                | (
                    Q(
                        closer__isnull=False,
                        closer_unit__isnull=False,
                        closed_on__isnull=False,
                        ended_at__isnull=False,
                    )
                    & ~Q(closer=models.F("applicant"))
                    & ~Q(closer_unit=models.F("applied_unit"))
                    & ~Q(digest="")
                ),
                name="closure_needs_a_second_person_of_another_unit",
            ),
            models.CheckConstraint(
                condition=~Q(grade=Grade.PHASED.value) | Q(next_check_on__isnull=False),
                name="closure_phased_has_next_check",
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(state=ClosureState.OPEN.value), name="closure_one_open"
            ),
            models.UniqueConstraint(
                fields=["finding", "cycle"],
                condition=Q(state=ClosureState.CLOSED.value),
                name="closure_one_a_cycle",
            ),
        ]


@journaled(
    "ledger.reviewstep",
    "closure",
    "number",
    "step",
    "approved",
    "digest",
    "reason",
    "taken_at",
    "taken_by",
    "reviewer",
    "unit",
)
class ReviewStep(models.Model):
    """审核步骤: one step taken in the review of an application: by whom, on which digest, with which verdict."""

    closure = models.ForeignKey(
        Closure, verbose_name="销号申请", on_delete=models.PROTECT, related_name="steps"
    )
    number = models.PositiveIntegerField("次序")
    step = models.CharField("步骤", max_length=32)
    approved = models.BooleanField("通过")
    digest = models.CharField("所审内容摘要", max_length=64)
    reason = models.CharField("意见", max_length=500, blank=True)
    taken_at = models.DateTimeField("审核时间")
    taken_by = models.CharField("审核岗位", max_length=64)
    reviewer = models.ForeignKey(Person, verbose_name="审核人", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Organisation, verbose_name="审核单位", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "审核步骤"
        ordering = ["closure", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False, taken_by__gt=""), name="reviewstep_taken_pair"
            ),
            models.CheckConstraint(
                condition=Q(approved=True) | Q(reason__gt=""), name="reviewstep_return_has_reason"
            ),
            models.UniqueConstraint(fields=["closure", "number"], name="reviewstep_number_unique"),
        ]


class Asked(models.Model):
    """请示: what one person asks for with a reason and another decides."""

    reason = models.CharField("理由", max_length=500)
    state = models.CharField("状态", max_length=16, choices=RequestState.choices())
    requested_at = models.DateTimeField("请示时间")
    requested_by = models.CharField("请示岗位", max_length=64)
    requester = models.ForeignKey(Person, verbose_name="请示人", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("批复时间", null=True, blank=True)
    decided_by = models.CharField("批复岗位", max_length=64, blank=True)
    decider = models.ForeignKey(
        Person, verbose_name="批复人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField("批复意见", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_at__isnull=False, requested_by__gt=""), name="%(class)s_requested_pair"
            ),
            _pair("decided_at", "decided_by", "%(class)s_decided_pair"),
            _known("state", RequestState, "%(class)s_state_known"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="%(class)s_reason_given"),
            models.CheckConstraint(
                condition=Q(state=RequestState.REQUESTED.value)
                | (Q(decider__isnull=False) & ~Q(decider=models.F("requester"))),
                name="%(class)s_decided_by_another",
            ),
        ]


@journaled(
    "ledger.waiver",
    "finding", "cycle", "kind", "measure", "task", "reason", "expires_on", "state", "requested_at", "requested_by", "requester",
    "requested_unit", "decided_at", "decided_by", "decider", "decision",
)  # fmt: skip
class Waiver(Asked):
    """豁免: stands in for one missing condition, openly: who asked, who granted, why, until when; counted wherever closures are."""

    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="waivers"
    )
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    kind = models.CharField("事项", max_length=16, choices=WaiverKind.choices())
    measure = models.ForeignKey(
        "ledger.Measure",
        verbose_name="措施",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", on_delete=models.PROTECT, related_name="waivers"
    )
    expires_on = models.DateField("有效期至")
    requested_unit = models.ForeignKey(
        Organisation, verbose_name="请示单位", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "豁免"
        constraints = [
            *Asked.Meta.constraints,
            _known("kind", WaiverKind, "waiver_kind_known"),
        ]
        indexes = [models.Index(fields=["finding", "cycle", "state"], name="waiver_by_finding")]


@journaled(
    "ledger.extension",
    "task", "finding", "from_on", "to_on", "reason", "state", "requested_at", "requested_by", "requester", "decided_at", "decided_by",
    "decider", "decision",
)  # fmt: skip
class Extension(Asked):
    """延期: a request to move a task's time limit, with its reason and the approval; the first date is kept on the task."""

    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", on_delete=models.PROTECT, related_name="extensions"
    )
    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="extensions"
    )
    from_on = models.DateField("原时限", null=True, blank=True)
    to_on = models.DateField("申请时限")

    class Meta:
        verbose_name = "延期"
        constraints = [
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(to_on__gt=models.F("from_on")), name="extension_is_later"
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state=RequestState.REQUESTED.value), name="extension_one_open"
            ),
        ]


@journaled("ledger.relapse", "finding", "cycle", "closure", "reason", "found_on")
class Relapse(models.Model):
    """复发: a closed problem that came back opens a new cycle (整改轮次), which cites the closure that did not hold."""

    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="relapses"
    )
    cycle = models.PositiveIntegerField("新的轮次")
    closure = models.ForeignKey(
        Closure, verbose_name="原销号", on_delete=models.PROTECT, related_name="relapses"
    )
    reason = models.CharField("复发情况", max_length=500)
    found_on = models.DateField("发现日期")

    class Meta:
        verbose_name = "复发"
        constraints = [
            models.UniqueConstraint(fields=["finding", "cycle"], name="relapse_cycle_unique"),
            models.CheckConstraint(condition=Q(cycle__gte=2, reason__gt=""), name="relapse_is_reasoned"),
        ]


@journaled("ledger.standingcheck", "closure", "finding", "checked_on", "held", "text", "next_check_on")
class StandingCheck(models.Model):
    """长期坚持复查: a check, at its date, that a phased and standing item is being kept up; with the date of the next."""

    closure = models.ForeignKey(
        Closure, verbose_name="销号", on_delete=models.PROTECT, related_name="standing_checks"
    )
    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="standing_checks"
    )
    checked_on = models.DateField("复查日期")
    held = models.BooleanField("坚持到位")
    text = models.CharField("复查情况", max_length=500)
    next_check_on = models.DateField("下次复查日期", null=True, blank=True)

    class Meta:
        verbose_name = "长期坚持复查"
        constraints = [
            models.CheckConstraint(
                condition=Q(held=False) | Q(next_check_on__gt=models.F("checked_on")),
                name="standingcheck_has_next",
            )
        ]


@journaled(
    "ledger.seal",
    "closure",
    "inspection",
    "number",
    "cycle",
    "grade",
    "closed_on",
    "closure_digest",
    "evidence",
)
class Seal(models.Model):
    """销号凭据: the little of a closure that anybody may see. Its event is handed to outsiders as proof; the closing event, with its words, is not.

    ``inspection`` is the inspection's code, ``number`` the item's, ``closure_digest`` the digest of all that was approved, ``evidence`` the
    SHA-256 of the accepted pieces on which the closure rests, sorted, each once. Triggers hold it to the closure and keep it as it is.
    """

    closure = models.OneToOneField(
        Closure, verbose_name="销号", on_delete=models.PROTECT, related_name="seal"
    )
    finding = models.ForeignKey(
        "ledger.Finding", verbose_name="问题", on_delete=models.PROTECT, related_name="seals"
    )
    inspection = models.CharField("检查编号", max_length=32)
    number = models.PositiveIntegerField("编号")
    cycle = models.PositiveIntegerField("整改轮次")
    grade = models.CharField("销号等次", max_length=16, choices=Grade.choices())
    closed_on = models.DateField("销号日期")
    closure_digest = models.CharField("所审内容摘要", max_length=64)
    evidence = models.JSONField("佐证摘要")

    class Meta:
        verbose_name = "销号凭据"
        constraints = [
            _known("grade", Grade, "seal_grade_known"),
            models.CheckConstraint(condition=Q(closure_digest__gt=""), name="seal_digest_given"),
            models.UniqueConstraint(fields=["finding", "cycle"], name="seal_one_a_cycle"),
            models.UniqueConstraint(fields=["inspection", "number", "cycle"], name="seal_told_once"),
        ]
