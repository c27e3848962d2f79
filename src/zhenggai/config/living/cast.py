"""演示人物: the units of 岚江市 and everybody who works on the rectification. Places and people are invented."""

from dataclasses import dataclass

from zhenggai.parties.states import Role

PASSWORD = "Zhenggai-demo-2026"  # noqa: S105  # printed on purpose: demo accounts hold fictional data only

UNITS = {
    "office": "岚江市委巡视整改工作领导小组办公室",
    "party": "中共岚江市委",
    "government": "岚江市人民政府",
    "personnel": "岚江市委组织部",
    "discipline": "岚江市纪委监委",
    "data": "岚江市数据资源管理局",
    "plan": "岚江市发展和改革委员会",
    "eco": "岚江市生态环境局",
    "water": "岚江市水利局",
    "housing": "岚江市住房和城乡建设局",
    "finance": "岚江市财政局",
    "industry": "岚江市工业和信息化局",
    "education": "岚江市教育局",
    "health": "岚江市卫生健康委员会",
    "emergency": "岚江市应急管理局",
}
"""Key → name. The first six organise, lead and supervise; 发改委 is 牵头单位 of every task; those below it answer for them."""

SECTIONS = {
    "drainage": ("岚江市住房和城乡建设局排水管理科", "housing"),
    "property": ("岚江市住房和城乡建设局物业管理科", "housing"),
    "treasury": ("岚江市财政局国库科", "finance"),
    "assets": ("岚江市财政局资产管理科", "finance"),
}
"""科室: key → name and unit."""


@dataclass(frozen=True)
class Seat:
    """A post and its holder. ``code`` is the log-in name too; ``unit`` is a key of UNITS or SECTIONS."""

    code: str
    name: str
    title: str
    unit: str
    role: Role


SEATS = (
    Seat("office", "陈整改", "经办人", "office", Role.OFFICE),
    Seat("office2", "林复核", "副主任", "office", Role.OFFICE),
    Seat("reader", "周查阅", "查阅人员", "office", Role.READER),
    Seat("leader", "许江明", "书记、领导小组组长", "party", Role.OFFICIAL),
    Seat("deputy", "沈岚", "市长、领导小组副组长", "government", Role.OFFICIAL),
    Seat("member", "顾正言", "部长、领导小组成员", "personnel", Role.OFFICIAL),
    Seat("vice1", "韩清源", "副市长", "government", Role.OFFICIAL),
    Seat("vice2", "宋启航", "常务副市长", "government", Role.OFFICIAL),
    Seat("supervisor", "严明", "党风政风监督室主任", "discipline", Role.SUPERVISOR),
    Seat("plan-head", "方向东", "主任", "plan", Role.HEAD),
    Seat("plan-filler", "杜细", "综合科科员", "plan", Role.FILLER),
    Seat("eco-head", "江碧", "局长", "eco", Role.HEAD),
    Seat("eco-filler", "叶青", "督察科科员", "eco", Role.FILLER),
    Seat("water-head", "池深", "局长", "water", Role.HEAD),
    Seat("water-filler", "汪洋", "河湖科科员", "water", Role.FILLER),
    Seat("housing-head", "安居平", "局长", "housing", Role.HEAD),
    Seat("housing-filler", "石磊", "科长", "drainage", Role.FILLER),
    Seat("housing-filler2", "楼新", "科员", "property", Role.FILLER),
    Seat("finance-head", "钱守正", "局长", "finance", Role.HEAD),
    Seat("finance-filler", "金算", "科长", "treasury", Role.FILLER),
    Seat("finance-filler2", "计清", "科员", "assets", Role.FILLER),
    Seat("industry-head", "齐新", "局长", "industry", Role.HEAD),
    Seat("industry-filler", "高炉生", "运行科科员", "industry", Role.FILLER),
    Seat("education-head", "孟书", "局长", "education", Role.HEAD),
    Seat("education-filler", "文静", "办公室科员", "education", Role.FILLER),
    Seat("health-head", "康宁", "主任", "health", Role.HEAD),
    Seat("health-filler", "白芷", "医政科科员", "health", Role.FILLER),
    Seat("emergency-head", "安如山", "局长", "emergency", Role.HEAD),
    Seat("emergency-filler", "平实", "综合科科员", "emergency", Role.FILLER),
    Seat("system", "甘维", "系统管理员", "data", Role.SYSTEM),
    Seat("security", "卫安", "安全管理员", "data", Role.SECURITY),
    Seat("audit", "鉴真", "审计管理员", "data", Role.AUDIT),
)

FACTORS = {
    "system": "JBSWY3DPEHPK3PXPLANJIANG2SYSTEMA",
    "security": "JBSWY3DPEHPK3PXPLANJIANGSECURITY",
    "audit": "JBSWY3DPEHPK3PXPLANJIANGAUDITABC",
}
"""第二因素: the administrators' secrets, printed like the password, since an authenticator must be given them."""


def unit_name(key: str) -> str:
    """The name of a unit or section."""
    return UNITS[key] if key in UNITS else SECTIONS[key][0]
