"""Roles of a post, levels of an organisation, and the capacities in which somebody acts. Plain Python."""

from zhenggai.core.enums import Labelled


class Role(Labelled):
    """岗位角色: what the holder of a post comes to do. What he may do on one item also depends on how his unit stands to it."""

    OFFICE = "office", "整改办"
    OFFICIAL = "official", "领导"
    HEAD = "head", "主要负责人"
    FILLER = "filler", "填报人"
    SUPERVISOR = "supervisor", "监督单位"
    READER = "reader", "查阅"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)
"""三员: nobody holds two of these, nor one of them beside a post that works on the ledger (GB/T 22239-2019, 8.1.4.2 d)."""


class OrganisationLevel(Labelled):
    """单位层级: a section (科室) is a part of its unit; the others are units of their own."""

    CITY = "city", "市级"
    COUNTY = "county", "区县"
    DEPARTMENT = "department", "部门"
    SECTION = "section", "科室"


class Capacity(Labelled):
    """身份: in which a post acts on something; who may do what is declared in these, by each app."""

    OFFICE = "office", "整改办"
    GROUP = "group", "领导小组"
    LEAD_OFFICIAL = "lead_official", "牵头领导"
    LEAD_HEAD = "lead_head", "牵头单位主要负责人"
    LEAD_FILLER = "lead_filler", "牵头单位经办人"
    UNIT_HEAD = "unit_head", "责任单位主要负责人"
    UNIT_FILLER = "unit_filler", "责任单位填报人"
    SUPPORT = "support", "配合单位"
    SUPERVISOR = "supervisor", "监督单位"
    READER = "reader", "查阅人员"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"
    SELF = "self", "本人"


OF_ROLE = {
    Role.OFFICE: Capacity.OFFICE,
    Role.READER: Capacity.READER,
    Role.SYSTEM: Capacity.SYSTEM,
    Role.SECURITY: Capacity.SECURITY,
    Role.AUDIT: Capacity.AUDIT,
}
"""Capacities that a post has everywhere; the others come of how its unit stands to an item."""
