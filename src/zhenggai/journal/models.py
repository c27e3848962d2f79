"""The journal's tables. Nothing outside this app writes them; database triggers refuse UPDATE, DELETE and TRUNCATE."""

from django.db import models


class Event(models.Model):
    """日志: one official act, as it was done.

    ``body`` is the canonical JSON that is chained; the other columns repeat parts of it so that they can be searched, and
    ``journal verify`` holds them to the body. There are no foreign keys: the trail neither blocks nor follows a change elsewhere.
    """

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    act = models.CharField("行为", max_length=64)
    subject_kind = models.CharField("对象类别", max_length=64)
    subject_id = models.CharField("对象编号", max_length=64)
    click = models.CharField("同一次操作", max_length=32)
    body = models.TextField("内容")
    previous = models.CharField("前一条摘要", max_length=64)
    digest = models.CharField("本条摘要", max_length=64, unique=True)
    algorithm = models.CharField("算法", max_length=16)

    class Meta:
        verbose_name = "日志"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["act", "seq"], name="event_by_act"),
            models.Index(fields=["click"], name="event_by_click"),
        ]


class ChangedRow(models.Model):
    """变动: which row an event changed, in the order of the event's changes: the index by which a row's history is found."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField("日志序号")
    kind = models.CharField("类别", max_length=64)
    row_id = models.CharField("编号", max_length=64)

    class Meta:
        verbose_name = "变动"
        indexes = [
            models.Index(fields=["kind", "row_id", "seq"], name="changedrow_by_row"),
            models.Index(fields=["seq"], name="changedrow_by_seq"),
        ]


class TreeHead(models.Model):
    """树头: a signed summary of all events up to ``size``; ``head`` is the text that is also kept elsewhere.

    ``frontier`` holds the roots of the tree's full subtrees, from which the next head goes on; None if it was not kept.
    """

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField("日志条数", unique=True)
    root = models.CharField("树根", max_length=64)
    head = models.TextField("树头")
    frontier = models.JSONField("满子树", null=True)

    class Meta:
        verbose_name = "树头"


class Pseudonym(models.Model):
    """化名: what stands in events for a name of a person; ``whom`` is the person's key. Salt and value can be emptied, nothing else."""

    token = models.CharField("化名", max_length=64, primary_key=True)
    whom = models.CharField("人员", max_length=64, db_index=True)
    salt = models.CharField("盐", max_length=64, blank=True)
    value = models.CharField("所代表的姓名", max_length=200, blank=True)

    class Meta:
        verbose_name = "化名"
