"""Drafts with their paragraphs and bindings, the approvals they got, and the editions they became."""

from django.db import models
from django.db.models import F, Q

from zhenggai.bulletins.states import Audience, DraftState, ParagraphRole
from zhenggai.indicators.models import Observation
from zhenggai.journal.snapshots import journaled
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Organisation, Person


def _known(field: str, choices: type, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [c.value for c in choices]}), name=name)  # type: ignore[attr-defined]


def _done(at: str, by: str, name: str) -> models.CheckConstraint:
    """What was done has its moment and who did it."""
    return models.CheckConstraint(condition=Q(**{f"{at}__isnull": False, f"{by}__gt": ""}), name=name)


@journaled(
    "bulletins.bulletin",
    "inspection", "code", "number", "kind", "audience", "title", "state", "revision", "replaces", "correction", "round", "chain",
    "step", "digest", "submitted_at", "submitted_by",
)  # fmt: skip
class Bulletin(models.Model):
    """文稿: an official document being composed about one inspection.

    ``code`` is of the document, ``number`` of its edition: a correction is a new draft of the same code that cites the edition it
    ``replaces``. ``revision`` counts what changed its text or its bindings. ``digest`` names all that is being approved, ``chain`` the
    codes of the steps to be taken, ``step`` how many were, ``round`` how often it was submitted.
    """

    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="bulletins"
    )
    code = models.CharField("文稿编号", max_length=48)
    number = models.PositiveIntegerField("版次", default=1)
    kind = models.CharField("文种", max_length=32)
    audience = models.CharField("公开范围", max_length=16, choices=Audience.choices())
    title = models.CharField("文稿名称", max_length=200)
    state = models.CharField(
        "状态", max_length=16, choices=DraftState.choices(), default=DraftState.DRAFTING.value
    )
    revision = models.PositiveIntegerField("修订号", default=1)
    replaces = models.ForeignKey(
        "bulletins.Edition", verbose_name="所更正的版本", on_delete=models.PROTECT, null=True, blank=True,
        related_name="corrections",
    )  # fmt: skip
    correction = models.CharField("更正说明", max_length=1000, blank=True)
    round = models.PositiveIntegerField("送审次数", default=0)
    chain = models.JSONField("审核链", default=list, blank=True)
    step = models.PositiveIntegerField("已过步骤", default=0)
    digest = models.CharField("所审内容摘要", max_length=64, blank=True)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    submitted_by = models.CharField("送审岗位", max_length=64, blank=True)
    submitter = models.ForeignKey(
        Person, verbose_name="送审人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField("起草时间")
    opened_by = models.CharField("起草岗位", max_length=64)

    class Meta:
        verbose_name = "文稿"
        ordering = ["-pk"]
        constraints = [
            _known("state", DraftState, "bulletin_state_known"),
            _known("audience", Audience, "bulletin_audience_known"),
            _done("opened_at", "opened_by", "bulletin_opened_pair"),
            models.UniqueConstraint(
                fields=["code", "number"],
                condition=~Q(state=DraftState.DROPPED.value),
                name="bulletin_edition_unique",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(correction__gt=""), name="bulletin_correction_is_said"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by="", submitter=None)
                | Q(submitted_at__isnull=False, submitted_by__gt="", submitter__isnull=False),
                name="bulletin_submitted_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DraftState.REVIEW.value, DraftState.APPROVED.value])
                | (Q(submitted_at__isnull=False) & ~Q(digest="")),
                name="bulletin_reviewed_on_a_digest",
            ),
        ]
        indexes = [models.Index(fields=["inspection", "state", "-id"], name="bulletin_by_inspection")]


@journaled(
    "bulletins.paragraph",
    "bulletin", "position", "role", "text", "version", "origin", "changed_at", "changed_by", "removed_at", "removed_by",
)  # fmt: skip
class Paragraph(models.Model):
    """段落: one paragraph of a draft as it stands; every earlier version of it is kept.

    ``origin`` names the part of the template that made it; empty for what a person wrote.
    """

    bulletin = models.ForeignKey(
        Bulletin, verbose_name="文稿", on_delete=models.PROTECT, related_name="paragraphs"
    )
    position = models.BigIntegerField("位次")
    role = models.CharField("类别", max_length=16, choices=ParagraphRole.choices())
    text = models.TextField("文字")
    version = models.PositiveIntegerField("版本", default=1)
    origin = models.CharField("出处", max_length=64, blank=True)
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.CharField("修改岗位", max_length=64)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)
    removed_by = models.CharField("删除岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "段落"
        ordering = ["bulletin", "position", "pk"]
        constraints = [
            _known("role", ParagraphRole, "paragraph_role_known"),
            _done("changed_at", "changed_by", "paragraph_changed_pair"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="") | Q(removed_at__isnull=False, removed_by__gt=""),
                name="paragraph_removed_pair",
            ),
        ]
        indexes = [models.Index(fields=["bulletin", "position"], name="paragraph_by_position")]


@journaled(
    "bulletins.paragraphversion", "paragraph", "number", "revision", "position", "role", "text", "removed", "made_at", "made_by"
)  # fmt: skip
class ParagraphVersion(models.Model):
    """段落版本: what a paragraph was from a revision of its draft on. Never changed."""

    paragraph = models.ForeignKey(
        Paragraph, verbose_name="段落", on_delete=models.PROTECT, related_name="versions"
    )
    bulletin = models.ForeignKey(
        Bulletin, verbose_name="文稿", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField("版本")
    revision = models.PositiveIntegerField("修订号")
    position = models.BigIntegerField("位次")
    role = models.CharField("类别", max_length=16, choices=ParagraphRole.choices())
    text = models.TextField("文字")
    removed = models.BooleanField("已删除", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("岗位", max_length=64)

    class Meta:
        verbose_name = "段落版本"
        ordering = ["paragraph", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "number"], name="paragraphversion_number_unique"),
            _done("made_at", "made_by", "paragraphversion_made_pair"),
        ]
        indexes = [models.Index(fields=["bulletin", "revision"], name="paragraphversion_by_revision")]


@journaled(
    "bulletins.binding",
    "paragraph", "start", "end", "text", "label", "observation", "reason", "bound_at", "bound_by", "ended_at", "ended_by",
)  # fmt: skip
class Binding(models.Model):
    """绑定: what a number of a paragraph rests on: an observation, or a reason why it needs none (免予绑定).

    ``[start, end)`` are characters of the paragraph's text as it stands, ``text`` is what is written there. How the number stands to its
    source is computed, never stored.
    """

    bulletin = models.ForeignKey(
        Bulletin, verbose_name="文稿", on_delete=models.PROTECT, related_name="bindings"
    )
    paragraph = models.ForeignKey(
        Paragraph, verbose_name="段落", on_delete=models.PROTECT, related_name="bindings"
    )
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    text = models.CharField("文中写法", max_length=200)
    label = models.CharField("名称", max_length=200, blank=True)
    observation = models.ForeignKey(
        Observation,
        verbose_name="来源",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bindings",
    )
    reason = models.CharField("免予绑定的理由", max_length=500, blank=True)
    bound_at = models.DateTimeField("绑定时间")
    bound_by = models.CharField("绑定岗位", max_length=64)
    ended_at = models.DateTimeField("解除时间", null=True, blank=True)
    ended_by = models.CharField("解除岗位", max_length=64, blank=True)

    class Meta:
        verbose_name = "绑定"
        ordering = ["paragraph", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="binding_span_whole"),
            _done("bound_at", "bound_by", "binding_bound_pair"),
            models.CheckConstraint(
                condition=Q(observation__isnull=False, reason="") | Q(observation=None, reason__gt=""),
                name="binding_to_a_source_or_waived",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False, ended_by__gt=""),
                name="binding_ended_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["bulletin", "ended_at"], name="binding_by_bulletin"),
            models.Index(fields=["observation", "ended_at"], name="binding_by_observation"),
        ]


@journaled(
    "bulletins.approval",
    "bulletin", "round", "number", "step", "approved", "digest", "reason", "taken_at", "taken_by", "reviewer", "unit",
)  # fmt: skip
class Approval(models.Model):
    """审核步骤: one step taken in the approval of a draft: by whom, on which digest, with which verdict. Never changed."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name="文稿", on_delete=models.PROTECT, related_name="approvals"
    )
    round = models.PositiveIntegerField("送审次数")
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
        verbose_name = "文稿审核"
        ordering = ["bulletin", "round", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | Q(reason__gt=""), name="approval_return_has_reason"
            ),
            models.UniqueConstraint(fields=["bulletin", "round", "number"], name="approval_number_unique"),
            _done("taken_at", "taken_by", "approval_taken_pair"),
        ]


@journaled(
    "bulletins.edition",
    "bulletin", "inspection", "code", "number", "kind", "audience", "title", "content_digest", "replaces", "correction", "published_on",
)  # fmt: skip
class Edition(models.Model):
    """版本: a document as it was approved and frozen. Never changed: a correction is a new edition that cites this one.

    ``content`` is the canonical JSON of everything in it; its digest stands in the journal.
    """

    bulletin = models.OneToOneField(
        Bulletin, verbose_name="文稿", on_delete=models.PROTECT, related_name="edition"
    )
    inspection = models.ForeignKey(
        Inspection, verbose_name="检查", on_delete=models.PROTECT, related_name="editions"
    )
    code = models.CharField("文稿编号", max_length=48)
    number = models.PositiveIntegerField("版次")
    kind = models.CharField("文种", max_length=32)
    audience = models.CharField("公开范围", max_length=16, choices=Audience.choices())
    title = models.TextField("标题")
    content = models.TextField("内容")
    content_digest = models.CharField("内容摘要", max_length=64)
    algorithm = models.CharField("算法", max_length=16)
    replaces = models.ForeignKey(
        "self",
        verbose_name="所更正的版本",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    correction = models.CharField("更正说明", max_length=1000, blank=True)
    published_on = models.DateField("发布日期")
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布岗位", max_length=64)

    class Meta:
        verbose_name = "版本"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="edition_number_unique"),
            _done("published_at", "published_by", "edition_published_pair"),
            models.CheckConstraint(
                condition=Q(replaces=None, number=1)
                | Q(replaces__isnull=False, number__gt=1, correction__gt=""),
                name="edition_correction_is_said",
            ),
            models.CheckConstraint(condition=Q(content_digest__gt=""), name="edition_has_a_digest"),
        ]
        indexes = [models.Index(fields=["audience", "-published_at"], name="edition_by_audience")]


class EditionPackage(models.Model):
    """核验包: an edition with the proofs and the signed head by which anybody can check it. Derived; proofs can be made anew from the journal."""

    edition = models.OneToOneField(
        Edition, verbose_name="版本", on_delete=models.PROTECT, related_name="package"
    )
    text = models.TextField("内容")

    class Meta:
        verbose_name = "核验包"


class PublicPage(models.Model):
    """公开页: a page of the public part as it was rendered from editions. Derived; rendered anew from the editions at any time."""

    path = models.CharField("地址", max_length=200, unique=True)
    media_type = models.CharField("类型", max_length=100)
    body = models.BinaryField("内容")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "公开页"
