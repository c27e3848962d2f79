"""演示的故事: what happened to each problem, as a table of steps that :mod:`stage` plays through the acts. Days count from today.

One scene is one problem: words of its title, the unit that answers for it, and its steps in order. A step is who does it, the act in one verb,
and what it says. ``filler`` and ``head`` are of the scene's unit, ``lead`` is 牵头单位, ``official`` its 牵头领导; others are codes of posts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """Who does what; ``says`` are the details of the act."""

    who: str
    does: str
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One problem. ``filler`` names another than the unit's first, ``official`` who leads it; ``public`` is whether it may be published (公开)."""

    title: str
    unit: str
    official: str
    steps: tuple[Step, ...]
    filler: str = ""
    public: bool = True


def does(who: str, verb: str, **says: Any) -> Step:
    """One step."""
    return Step(who, verb, says)


def begun(due: int, *, horizon: str = "concentrated", **plan: Any) -> tuple[Step, ...]:
    """The office says who answers, and plans the task; it is due so many days from today."""
    also = plan.pop("also", ())
    return (does("office", "assign", also=also), does("office", "plan", due=due, horizon=horizon, **plan))


def proven(most: int = 99) -> tuple[Step, ...]:
    """The filler hands in a piece of evidence for each measure, and the lead unit accepts it."""
    return (does("filler", "attach", most=most), does("lead-filler", "accept", most=most))


def signed(narrative: str, completion: str = "done", **more: Any) -> tuple[Step, ...]:
    """The filler reports and the head signs."""
    return (
        does("filler", "report", narrative=narrative, completion=completion, **more),
        does("head", "sign"),
    )


def applied(text: str, grade: str = "done", **more: Any) -> Step:
    """The head applies for closure."""
    return does("head", "apply", text=text, grade=grade, **more)


CHAIN = (
    does("lead-head", "approve", reason="经现场核对，情况属实，同意。"),
    does("office", "approve", reason="佐证齐全，同意提请审签。"),
    does("official", "approve", reason="同意。"),
    does("supervisor", "approve", reason="经核查，准予销号。"),
)
"""The whole review chain of 巡视; the first steps of it leave an item under review."""


APPOINTED = (
    ("leader", "leader"),
    ("deputy", "deputy"),
    ("member", "member"),
    ("supervisor", "discipline"),
    ("task_force", "office"),
)
"""检查角色: which post is what in the leading group; which unit supervises, which is the task force."""


SCENES = (
    # --- the bulletin's own problems: broad, and mostly still with the office ---
    Scene("落实岚江流域生态保护部署要求不够到位", "eco", "vice1", (
        *begun(200, horizon="long", standing=True, also=("water", "housing"), target="岚江干流水质稳定达到Ⅱ类"),
        *signed("干流和17条一级支流拉网式溯源已完成，2874个入河排口已整治2615个，其余259个列入下年度计划。", "phased"),
    )),
    Scene("推动制造业转型升级、培育发展新动能力度不足", "industry", "vice2", begun(200, horizon="long")),
    Scene("办好民生实事、创新基层治理仍有短板", "education", "vice2", (
        *begun(-30, also=()),
        *proven(),
        *signed("16个民生难题已逐一解决，校园餐、停车、电梯更新等事项纳入常态管理，群众满意率较整改前提高6.35个百分点。", "phased"),
        applied("已取得阶段性成效，校园餐监管和小区治理转入长期坚持。", "phased", next_check=90),
        *CHAIN,
        does("supervisor", "recheck", text="抽查6所学校和4个小区，制度执行到位。", next_check=180),
    )),
    Scene("统筹发展和安全、防范化解重大风险存在弱项", "emergency", "vice1", (
        *begun(120),
        does("office", "split", parts=("安全生产和防灾减灾", "房地产、债务和电信诈骗风险处置"), reason="牵涉面广，分两项推进"),
    )),
    Scene("全面从严治党压力传导", "discipline", "vice2", begun(150, horizon="long")),
    Scene("选人用人和基层党建的基础", "personnel", "vice2", begun(150, horizon="long", standing=True)),
    # --- 生态环境局 ---
    Scene("沿江入河排口底数不清", "eco", "vice1", (
        *begun(-20, target="入河排口全部建档、重点排口全部在线监测", root_cause="多部门数据没有归并，日常巡查缺少清单。"),
        *proven(),
        *signed("已建立入河排口档案2874份，重点排口46处全部安装在线监测设备并联网。"),
        applied("排口底数已清，重点排口在线监测全部联网，制度已建立。"),
        *CHAIN,
    )),
    Scene("危险废物经营单位转移台账与实际不符", "eco", "vice1", (
        *begun(25),
        does("filler", "attach"),
        does("lead-filler", "refuse", which=0, reason="联单只有三季度，缺四季度，请补齐后另行提交。"),
        does("filler", "report", narrative="已核对经营单位31家，立案查处2家，四季度联单正在核对。", completion="phased"),
        does("head", "sign"),
    )),
    Scene("重点行业错峰生产执行不严", "eco", "vice1", (
        *begun(-10, standing=True),
        *proven(),
        *signed("错峰生产清单已修订公开，夜间抽查企业62家次，发现并纠正3家。", "phased"),
        applied("错峰生产已形成清单化管理，转入长期坚持、每季复查。", "phased", next_check=60),
        *CHAIN,
    )),
    # --- 水利局 ---
    Scene("个别河长巡河流于形式", "water", "vice1", (
        *begun(-60),
        *proven(),
        *signed("已核查巡河轨迹1260条，通报雷同记录17条，抽查制度印发执行。"),
        applied("巡河记录抽查制度已建立，雷同记录已清零。"),
        *CHAIN,
        does("supervisor", "relapse", reason="明察暗访发现两名镇级河长再次补录巡河记录，轨迹与照片不符。"),
        does("filler", "report", narrative="第二轮：已约谈两名镇级河长，巡河轨迹改由系统自动采集。", completion="phased"),
        does("head", "sign"),
    )),
    Scene("沿江岸线违建清理不彻底", "water", "vice1", (
        *begun(12),
        does("official", "lead"),
        *proven(),
        *signed("遗留违建14处全部拆除，复绿岸坡3.5公里，岸线巡查台账按月更新。"),
        applied("遗留违建已全部拆除并复绿。"),
    )),
    Scene("水资源费征收不到位", "water", "vice1", (
        *begun(-5, money="2386000.00"),
        *proven(),
        *signed("欠缴的水资源费238.6万元已全部追缴入库。", money="2386000.00"),
        applied("欠缴水资源费已全部追缴，取水计量和征收台账已建立。"),
        *CHAIN[:1],
    )),
    # --- 住房和城乡建设局: its sections fill in, its head signs ---
    Scene("临波区污水管网错接混接改造进度缓慢", "housing", "vice1", (
        *begun(20, also=("finance",)),
        *proven(),
        *signed("错接混接点213处全部改造完成，联合验收合格。"),
        does("finance-filler", "report", narrative="改造资金1840万元已按进度全部拨付到位。", completion="done"),
        does("finance-head", "sign"),
        applied("错接混接点已全部改造并通过联合验收。"),
        *CHAIN[:2],
    )),
    Scene("物业专项维修资金使用监管缺失", "housing", "vice1", (
        *begun(15, money="867400.00"),
        *proven(),
        *signed("违规使用的维修资金86.74万元已全部归还专户，使用明细按季度公示。", money="867400.00"),
        applied("违规使用的维修资金已全部归还，公示制度已执行两个季度。"),
        *CHAIN[:3],
    ), filler="housing-filler2"),
    Scene("老旧小区加装电梯审批时间过长", "housing", "vice1", (
        *begun(6),
        *proven(),
        *signed("审批环节由9个并为3个，平均用时由62天压缩到25天。"),
        applied("审批时限已压缩。"),
        does("lead-head", "return", reason="只有制度文本，没有实际办件记录，请补充办件台账。"),
        does("filler", "attach", again="办件台账"),
        does("lead-filler", "accept"),
        applied("审批时限已压缩，附上半年办件台账。"),
        CHAIN[0],
        does("office", "return", reason="台账显示仍有4件超过30天，请说明原因后再报。"),
    ), filler="housing-filler2"),
    Scene("安置房交付后消防验收不及时", "housing", "vice1", (
        *begun(-18),
        *signed("62栋中已补办48栋，其余14栋正在更换消防设施。", "phased"),
        does("head", "extend", to=40, reason="14栋消防设施须重新采购，供货周期45天。"),
    )),
    # --- 财政局 ---
    Scene("技术改造补助资金拨付滞后", "finance", "vice2", (
        *begun(-40, horizon="immediate", money="3200000.00"),
        *proven(),
        *signed("滞留的技术改造补助资金320万元已于当日足额拨付到企业。", money="3200000.00"),
        applied("补助资金已足额拨付，立行立改。", short=True),
        does("office", "approve", reason="拨付凭证齐全，准予销号。"),
    )),
    Scene("超范围列支会议费和培训费", "finance", "vice2", (
        *begun(-40, horizon="immediate", money="46800.00"),
        *proven(),
        *signed("超范围列支的会议费、培训费4.68万元已全部清退。", money="46800.00"),
        applied("超范围列支费用已全部清退，立行立改。", short=True),
    )),
    Scene("闲置国有房产底数不清", "finance", "vice2", (
        *begun(30),
        does("office", "split", parts=("清查并建账", "公开招租盘活"), reason="先清后用，分开推进"),
        does("office", "merge", reason="清查与招租由同一科室办理，仍按一项任务推进"),
        *signed("清查工作已覆盖全市142家单位，登记国有房产3176处，其中闲置418处。", "phased"),
    ), filler="finance-filler2"),
    Scene("非税收入未及时足额缴库", "finance", "vice2", (
        *begun(3, money="1284500.00"),
        *signed("滞留的非税收入128.45万元中已缴库96.20万元。", "phased", money="962000.00"),
    )),
    # --- 工业和信息化局 ---
    Scene("产业链链长制推进会开得多", "industry", "vice2", (
        *begun(45),
        does("filler", "report", narrative="已梳理链长会议议定事项73项，逐项明确责任单位和完成时间。", completion="phased"),
    )),
    Scene("涉企行政检查频次偏高", "industry", "vice2", (
        *begun(35),
        *signed("涉企检查扫码备案系统已上线，检查频次同比减少31.4%。"),
    )),
    Scene("拖欠中小企业账款清偿不彻底", "industry", "vice2", (
        *begun(8, money="32700000.00"),
        *signed("拖欠账款3270万元已清偿2415万元，其余按计划分三期清偿。", "phased", money="24150000.00"),
        does("head", "extend", to=100, reason="欠款单位正在重组，法院批准的清偿计划到明年一季度结束。"),
        does("official", "grant-extension", decision="同意延期，按月报送清偿进度。"),
    )),
    Scene("淘汰落后窑炉验收把关不严", "industry", "vice2", (
        *begun(50),
        does("office", "split", parts=("复核已验收窑炉", "公示淘汰名单"), reason="复核与公示由不同科室承担"),
        does("filler", "attach", most=1),
    )),
    # --- 教育局 ---
    Scene("校园餐食材采购监管不严", "education", "vice2", (
        *begun(10, money="1468300.00"),
        does("filler", "attach", most=1),
        does("lead-filler", "accept"),
        *signed("不合格食材供应合同19份全部解除，退还伙食费146.83万元，家长陪餐全面推行。", money="1468300.00"),
        does("head", "waive", kind="evidence", measure=1, days=60, reason="家长陪餐记录含未成年人信息，不宜上传，备查于学校。"),
        does("official", "grant-waiver", decision="同意免附，由监督单位到校查阅原件。"),
        applied("供应合同已解除，伙食费已退还；陪餐记录经批准免附，备查于学校。"),
        *CHAIN[:2],
    )),
    Scene("民办幼儿园退费不及时", "education", "vice2", (
        *begun(18),
        *signed("已督促7所幼儿园退还多收费用21.36万元，涉及家长312人。"),
        does("head", "waive", kind="evidence", days=45, reason="退费凭证由家长本人保管，正在逐户收集。"),
    ), public=False),
    Scene("一处规划学校用地长期闲置", "education", "vice2", (
        *begun(60),
        does("filler", "attach", whole=True),
        does("lead-filler", "accept"),
        *signed("该地块因新发现文物遗存停止建设，省文物部门已划定保护范围。", "undone"),
        applied("因文物保护，该地块不能再用于建校；已另行选址，纳入下年度计划。", "infeasible"),
        *CHAIN,
    )),
    # --- 卫生健康委员会 ---
    Scene("村卫生室药品进销存账目不实", "health", "vice2", begun(28)),
    Scene("公立医院设备采购中利益输送问题整治不力", "health", "vice2", (
        does("office", "classify", to="sensitive", reason="涉及正在核查的问题线索"),
        *begun(30),
        does("filler", "attach", most=1, classification="sensitive"),
    ), public=False),
    Scene("县域医共体专家下沉时间不足", "health", "vice2", (
        *begun(40),
        *signed(
            "我委高度重视，专题研究部署，成立工作专班，逐项细化措施、逐级压实责任，建立台账、每周调度、按月通报，目前专家坐诊排班表已全部公示。",
            "phased",
        ),
    )),
    Scene("家庭医生签约服务质量不高", "health", "vice2", (
        *begun(40),
        *signed(
            "我委高度重视，专题研究部署，成立工作专班，逐项细化措施、逐级压实责任，建立台账、每周调度、按月通报，目前签约居民回访名册已全部公示。",
            "phased",
        ),
    )),
    # --- 应急管理局 ---
    Scene("化工企业重大隐患督办不力", "emergency", "vice1", (
        *begun(-7),
        does("official", "lead"),
        *signed("8项重大隐患中7项已摘牌，1项正在停产整改。", "phased"),
    )),
    Scene("应急避难场所管理缺位", "emergency", "vice1", (
        *begun(5),
        does("filler", "attach"),
        *signed("58处应急避难场所标识已补齐，管护责任人全部落实。"),
    )),
    Scene("个别乡镇汛期值守脱岗", "emergency", "vice1", (
        *begun(22),
        *proven(),
        *signed("脱岗责任人5名已通报，视频点名制度运行3个月。"),
        applied("脱岗问题已处理，视频点名制度已运行。"),
        CHAIN[0],
        does("filler", "attach", again="视频点名记录（补充）"),
        does("lead-filler", "accept"),
    )),
)  # fmt: skip
