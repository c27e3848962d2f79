"""单位名称的用字: bodies known by name, endings of other names, and the words after which a name may begin."""

from __future__ import annotations

# 层级: what a place name ends with, and what stands for the place itself (市应急局).
LEVELS = "省市区县州盟旗镇乡"

# Bodies of a place that need no other sign: 市 + 委, 云溪市 + 纪委监委. Longer ones are tried first.
BODIES = (
    "委市政府", "委员会", "委", "委办公室", "委组织部", "委宣传部", "委统战部", "委政法委", "委巡视办", "委巡察办", "委巡视组", "委巡察组", "委编办", "委网信办", "委党校", "委常委会",
    "委社会工作部", "委深改办", "委农办", "委老干部局", "委巡视工作领导小组", "委巡察工作领导小组", "委审计办", "委依法治市办", "委国安办",
    "纪委", "监委", "纪委监委", "纪检监察机关", "人大", "人大常委会", "政协", "政府", "人民政府", "政府办公室", "政府办", "法院", "人民法院", "检察院",
    "人民检察院", "总工会", "妇联", "团委", "工商联", "残联", "科协", "文联", "国资委", "发改委", "发展改革委", "卫健委", "卫生健康委", "教育工委",
    "直机关工委",
)  # fmt: skip

# Endings of a department's name behind a place: 市 + 农业农村 + 局. 办 and 会 only where no other word begins with them.
DEPARTMENTS = (
    "局",
    "厅",
    "委",
    "委员会",
    "办",
    "中心",
    "公司",
    "集团",
    "支队",
    "大队",
    "总队",
    "学院",
    "医院",
    "公安分局",
    "分局",
    "管委会",
    "街道办事处",
    "街道",
    "开发区",
    "园区",
)
DEPARTMENT_LENGTH = (2, 10)
"""Characters between the place and the ending."""

# What such an ending must not be the beginning of: 办理, 局面, 委托, 中心城区 …
NOT_AN_END = "理法学案事好税件结证公实成面势部限员托派书任长级城会"

NOT_BEHIND_A_BODY = "员托派任"
NOT_BEHIND_AN_ENDING = "员织"

# 市 behind which one of these stands is no place's end: 市委, 市级, 区域.
NOT_BEHIND_A_PLACE = ("委", "政府", "人大", "政协", "纪委", "监委", "直", "内", "外", "域", "级", "两", "长")

# What no place name begins with.
NOT_A_PLACE = "我全各该本两三四五县市区省上基相有其州"

# Words that 和 joins within the name of a department.
JOINED = (
    ("住房", "城乡建设"), ("发展", "改革"), ("工业", "信息化"), ("文化", "旅游"), ("人力资源", "社会保障"),
    ("自然资源", "规划"), ("规划", "自然资源"), ("科技", "工业"), ("体育", "旅游"), ("广播电视", "旅游"), ("商务", "投资促进"),
    ("教育", "体育"), ("水利", "湖泊"), ("林业", "草原"), ("林业", "园林"), ("文物", "旅游"),
)  # fmt: skip

# What 办 is the end of without being an office: 督办, 承办 …
NOT_AN_OFFICE = "督主承协交举经申开创兴查即快速"

# Endings of names that stand by themselves; they must begin right behind a sign or a word of STARTERS.
ENDINGS = (
    "大学", "学院", "医院", "公司", "银行", "联社", "研究所", "研究院", "设计院", "协会", "商会", "基金会", "合作社", "领导小组", "工作小组", "专班", "指挥部",
    "督导组", "督查组", "巡视组", "巡察组", "督察组", "检查组", "审计组", "派驻纪检监察组", "纪检监察组", "检察建议组", "党委", "党组", "党工委", "纪工委", "党支部", "党总支", "管委会",
    "居委会", "村委会", "办事处", "卫生院", "派出所", "中学", "小学", "幼儿园", "供销社", "总队", "支队", "大队", "审计署", "教育部", "财政部", "民政部", "司法部",
    "领导小组办公室", "工作专班办公室", "街道党工委", "街道办事处", "街道", "开发区", "工业园区", "产业园区", "高新区",
)  # fmt: skip

# Words right behind which a name may begin.
STARTERS = (
    "届", "由", "向", "对", "与", "和", "及", "同", "经", "在", "到", "请", "给", "为", "将", "从", "是", "等", "了", "以及", "会同", "联合", "督促", "指导", "推动", "支持", "组织",
    "协调", "成立", "召开", "责成", "要求", "建立", "组建", "根据", "按照", "提请", "报", "邀请", "依托", "支援", "委托", "安排", "选派", "抽调", "约谈", "推进", "其中", "包括",
    "涉及", "发挥", "设立", "以", "受", "被", "让", "使", "听取", "坚持", "通过", "关于", "新组建", "并", "召集", "推荐", "认定", "成为", "取得", "参照", "比照", "配合", "督办",
)  # fmt: skip

# Words that no name holds: what stands before them belongs to the sentence.
NOT_IN_A_NAME = "的了在把被将让着过也都就才又再还已并或级届年月日多不未无按据则即而但如因此这那各"

# Words that make a kind of body, not a body: 平台公司, 中小学, 公立医院.
GENERIC = (
    "平台",
    "中小",
    "融资",
    "公立",
    "基层",
    "高水平",
    "高校",
    "部分",
    "直属",
    "所属",
    "下属",
    "被巡",
    "区域",
    "有关",
    "相关",
    "各类",
    "多家",
    "两级",
    "本级",
    "现代",
    "一流",
    "国有",
)

# Verbs that may stand before a name without a sign between: the name begins behind them.
VERBS = (
    "支持", "组建", "成立", "建设", "共建", "推进", "开展", "落实", "带动", "压减", "召开", "上报", "选派", "提升", "推动", "统一到", "抓好", "压实", "贯彻", "建成", "改扩建", "新建",
    "覆盖", "纳入", "引进", "走访", "检查", "推荐", "认定", "全力", "持续", "积极", "认真", "先后", "增强", "加强", "扩建", "打造", "创建", "培育", "依法", "统筹", "第一时间",
    "牵头", "对接", "联系", "服务", "帮扶", "申报", "聘请", "委派", "约谈", "问责", "通报",
)  # fmt: skip

# Verbs that departments have in their names: 住房城乡建设局, 政务服务局.
IN_NAMES = ("建设", "服务", "检查", "联系", "对接", "统筹", "通报", "推进")

# 领导机构: named in every document, and one word each.
STANDING = (
    "党中央",
    "国务院",
    "中央纪委国家监委",
    "中央纪委",
    "国家监委",
    "中央巡视办",
    "中央巡视工作领导小组",
    "全国人大",
    "中央组织部",
    "中央宣传部",
)
