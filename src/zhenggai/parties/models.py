from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from zhenggai.journal.snapshots import journaled
from zhenggai.parties.states import OrganisationLevel, Role


@journaled("parties.organisation", "name", "parent", "level", "unit")
class Organisation(models.Model):
    """单位: an organisation named in a document or holding posts; a tree 市 → 区县 → 部门 → 科室.

    ``unit`` is set for a section only: the unit (单位) of which it is a part, and whose people are colleagues in every rule about
    a second person of another unit.
    """

    name = models.CharField("名称", max_length=200, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    level = models.CharField(
        "层级",
        max_length=16,
        choices=OrganisationLevel.choices(),
        default=OrganisationLevel.DEPARTMENT.value,
    )
    unit = models.ForeignKey(
        "self",
        verbose_name="所属单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
    )

    class Meta:
        verbose_name = "单位"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in OrganisationLevel]),
                name="organisation_level_known",
            ),
            models.CheckConstraint(
                condition=models.Q(level=OrganisationLevel.SECTION.value, unit__isnull=False)
                | (~models.Q(level=OrganisationLevel.SECTION.value) & models.Q(unit=None)),
                name="organisation_section_has_unit",
            ),
        ]

    @property
    def unit_key(self) -> int:
        """Key of the unit that this organisation is, or is a part of."""
        return self.unit_id or self.pk


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their log-in name; accounts are made by :mod:`zhenggai.parties.actions`."""


@journaled("parties.person", "username", "name", "is_active", "password_given", personal=("username", "name"))
class Person(AbstractBaseUser):
    """人员: somebody who logs in. What he may do comes from his posts, never from himself.

    ``password_given`` says that an administrator chose the password, and so knows it: nothing is done with it but to change it.
    ``session_epoch`` is a part of what every session is checked against at every request: whoever raises it ends them all.
    """

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)
    password_given = models.BooleanField("密码待本人更换", default=False)
    session_epoch = models.PositiveIntegerField("会话批次", default=0)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry: bound to the password and the epoch. Django asks for it at every request."""
        bound = f"{self.session_epoch}:{self.password}"
        return salted_hmac("zhenggai.session", bound, secret=secret, algorithm="sha256").hexdigest()


@journaled("parties.second_factor", "person", "confirmed_at")
class SecondFactor(models.Model):
    """第二因素: the secret from which a person's authenticator makes one-time codes, sealed; counts only once confirmed.

    ``last_step`` is the step of the last code used, so that a code works once; ``wrong_codes`` and ``tried_at`` limit attempts.
    """

    person = models.OneToOneField(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="second_factor"
    )
    secret = models.CharField("密钥（已加密）", max_length=255, blank=True)
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近动态码时段", default=0)
    wrong_codes = models.PositiveSmallIntegerField("连续输错次数", default=0)
    tried_at = models.DateTimeField("最近尝试时间", null=True, blank=True)

    class Meta:
        verbose_name = "第二因素"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | ~models.Q(secret=""),
                name="second_factor_has_secret",
            )
        ]


@journaled("parties.post", "code", "title", "organisation", "role", "holder", "closed_at")
class Post(models.Model):
    """岗位: the seat from which an official act is done; it outlives its holders, and stays on record when it is closed.

    A trigger (migration 0004) holds the three administrators apart: nobody holds two of these posts, nor one beside another.
    """

    code = models.SlugField("岗位代码", max_length=64, unique=True)
    title = models.CharField("岗位名称", max_length=100)
    organisation = models.ForeignKey(
        Organisation, verbose_name="所在单位", on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField("角色", max_length=16, choices=Role.choices())
    holder = models.ForeignKey(
        Person, verbose_name="任职人员", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    closed_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="post_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(holder=None), name="post_closed_is_empty"
            ),
        ]

    def snapshot(self) -> dict[str, str]:
        """Who acts, as the journal keeps it."""
        holder = self.holder
        return {
            "post": self.code,
            "title": self.title,
            "organisation": self.organisation.name,
            "person": holder.name if holder else "",
            "username": holder.username if holder else "",
            "holder": str(holder.pk) if holder else "",
        }
