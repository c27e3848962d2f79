"""标题用词: words of titles within which no line ends, and words behind or before which none should."""

from __future__ import annotations

WORDS = frozenset(
    """
    关于 对于 印发 转发 批转 开展 召开 举行 贯彻 落实 贯彻落实 学习 执行 推进 加强 加快 做好 进一步 全面 深入 深化 持续 扎实 切实 统筹 协调
    巡视 巡察 审计 督察 督查 督导 检查 考核 评估 评价 调研 调查 反馈 意见 建议 问题 线索 清单 台账 任务 责任 措施 整改 整治 集中 专项 专题
    常规 提级 交叉 联动 机动 综合 联合 中央 省委 市委 区委 县委 旗委 州委 党委 党组 党工委 党支部 党总支 政府 人民政府 人大 政协 纪委 监委 纪检 监察
    委员会 办公室 领导小组 工作组 指挥部 管理局 管理委员会 人民代表大会 常务委员会 会议 精神 进展 情况 进度 结果 成效 成果 落实情况 完成
    通报 通知 公告 公示 通告 报告 请示 批复 决定 决议 命令 意见书 函 纪要 方案 办法 规定 条例 细则 规则 制度 规划 计划 要点 总结 说明
    年度 季度 月份 上半年 下半年 本级 省级 市级 区级 县级 国家级 重大 重点 突出 隐患 事故 安全 生产 安全生产 环境 保护 环境保护 生态 生态环境 突发 事件 应急 管理
    预算 财政 收支 资金 项目 工程 建设 经济 社会 发展 高质量 改革 开放 创新 创业 优化 营商环境 产业 企业 公司 集团 有限公司 有限责任公司 股份 投资 控股 开发区
    高新技术 技术 教育 学校 大学 学院 医院 医疗 保障 医疗保障 卫生 健康 卫生健康 住房 城乡 农村 农业 乡村 振兴 街道 社区 村级 交通 运输 水务 水利 市场 监督
    食品 药品 食堂 消防 信访 群众 干部 职工 队伍 作风 党风 廉政 党建 组织 纪律 政治 思想 意识形态 教训 工作 服务 平台 系统 机关 单位 部门 地方 试行 暂行 修订
    生态环境保护 生态环境保护督察 中央生态环境保护督察 省生态环境保护督察 集中整改 贯彻落实 反馈意见 反馈问题 整改情况 进展情况 整改进展 整改落实 预算执行 财政收支 医保 医保基金 经营 主体
    选人用人 党组织 领导 班子 成员 换届 选举 表彰 先进 集体 个人 优秀 命名 成立 调整 任命 免职 处理 处分 挂牌 督办 销号 移交 立行立改 回头看 飞行 基金 管网 污水 综合性
    """.split()  # noqa: SIM905  (three hundred lines of one word each would be no easier to read)
)
"""Words; the longest that fits is taken."""

LONGEST = max(map(len, WORDS))

NOT_FIRST = frozenset("的地得了等和与及或之们者率性化型类级届轮次条号年月日、，。；：！？）》〉”’】〕…—·%％")
"""Signs with which no line begins."""

NOT_LAST = frozenset("（《〈“‘【〔对向在为将把被以从由与和及或第新各本该")
"""Signs with which no line ends."""

OPENING = frozenset("（《〈“‘【〔")
CLOSING = frozenset("、，。；：！？）》〉”’】〕…—·%％")
"""Of these, marks: a break there is against all rules."""
