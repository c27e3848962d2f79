from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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


@journaled("parties.person", "username", "name", "is_active")
class Person(AbstractBaseUser):
    """人员: somebody who logs in. What he may do comes from his posts, never from himself."""

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"


@journaled("parties.post", "code", "title", "organisation", "role", "holder")
class Post(models.Model):
    """岗位: the seat from which an official act is done; it outlives its holders."""

    code = models.SlugField("岗位代码", max_length=64, unique=True)
    title = models.CharField("岗位名称", max_length=100)
    organisation = models.ForeignKey(
        Organisation, verbose_name="所在单位", on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField("角色", max_length=16, choices=Role.choices())
    holder = models.ForeignKey(
        Person, verbose_name="任职人员", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )

    class Meta:
        verbose_name = "岗位"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="post_role_known"
            )
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
        }
