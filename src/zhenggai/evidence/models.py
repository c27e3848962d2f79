from django.db import models

from zhenggai.journal.snapshots import journaled


@journaled("evidence.sourcedocument", "name", "sha256", "size", "text_sha256", "characters", "problem")
class SourceDocument(models.Model):
    """来源文件: a document from which the ledger was read; its bytes and its text are kept under their digests.

    ``characters`` counts code points of the text. ``problem`` is the sentence that says why the file could not be read; such a file is
    kept for another try and has no text.
    """

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("文件摘要", max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    text_sha256 = models.CharField("文本摘要", max_length=64, blank=True)
    characters = models.BigIntegerField("字数", default=0)
    problem = models.TextField("未能读出的原因", blank=True)
    kept_at = models.DateTimeField("存档时间")

    class Meta:
        verbose_name = "来源文件"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text_sha256="", problem__gt="") | models.Q(text_sha256__gt="", problem=""),
                name="sourcedocument_text_or_problem",
            )
        ]


@journaled(
    "evidence.storedfile",
    "name",
    "sha256",
    "sm3",
    "size",
    "media_type",
    "text_sha256",
    "characters",
    "kept_at",
)
class StoredFile(models.Model):
    """存档文件: a file that proves something, kept once by its bytes; what it proves is said where it is handed in.

    ``name`` is the one under which it first came. ``characters`` counts code points of its text; ``text_sha256`` is blank while no text
    was read from it.
    """

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("文件摘要", max_length=64, unique=True)
    sm3 = models.CharField("国密摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("文件类型", max_length=100)
    text_sha256 = models.CharField("文本摘要", max_length=64, blank=True)
    characters = models.BigIntegerField("字数", default=0)
    kept_at = models.DateTimeField("存档时间")

    class Meta:
        verbose_name = "存档文件"
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="storedfile_not_empty"),
            models.CheckConstraint(
                condition=models.Q(text_sha256__gt="") | models.Q(characters=0),
                name="storedfile_characters_of_a_text",
            ),
        ]


class Sourced(models.Model):
    """出处: the place in a source document from which a row was read, in code points of the document's text, ``[start, end)``."""

    document = models.ForeignKey(
        SourceDocument,
        verbose_name="来源文件",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    span_start = models.BigIntegerField("起", null=True, blank=True)
    span_end = models.BigIntegerField("止", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document=None, span_start=None, span_end=None)
                | models.Q(document__isnull=False, span_start__gte=0, span_end__gt=models.F("span_start")),
                name="%(app_label)s_%(class)s_span_whole",
            )
        ]
