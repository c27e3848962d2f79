"""Headings, findings, measures, status, responsibility: text → structure, one form of document each."""

from __future__ import annotations

import pytest

from gongwen import Finding, Section, read


def outline(sections: tuple[Section, ...]) -> list[object]:
    return [(s.number + s.title, outline(s.children)) if s.children else s.number + s.title for s in sections]


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, str, list[str]]]:
    return [(f.path, f.title, [m.path for m in f.measures]) for f in findings]


THEMATIC = "一、组织领导\n（一）强化统筹。召开会议9次。\n二、问题整改\n（一）着力解决“学习不深”的问题。一是学。二是改。\n（二）着力解决“督查不力”的问题。一是查。\n三、下一步\n继续抓。\n"
QUOTED = "二、反馈问题整改情况\n1.关于“学习不深”问题的整改\n整改落实情况：一是学。二是改。\n2.关于“督查不力”问题的整改\n一是查。\n"
LABELLED = "反馈问题：学习不深\n整改状态：已完成\n整改情况：一是学。二是改。\n反馈问题：督查不力\n整改状态：正在整改\n整改情况：（1）查；（2）改。\n"
DEEP = "一、反馈问题整改情况\n（一）党的建设方面\n1.学习抓得不紧\n（1）研讨不充分。一是学。二是改。\n（2）计划不具体。一是定。\n2.督查力度不够\n一是查。\n"
AUDIT = "二、审计查出问题整改情况\n（一）立行立改类\n1.关于违规发放补贴的问题。退回12万元。该问题已整改到位。\n（二）持续整改类\n1.关于资金闲置的问题。（1）拨付3万元。（2）调整2万元。该问题正在整改。\n"
ADVICE = "关于对甲局党组巡察的反馈意见\n一、主要问题\n（一）政治建设方面\n1.学习不深。一是研讨少；二是计划空。\n二、意见建议\n（一）加强学习\n"
TABLE = "序号\t反馈问题\t整改措施\t责任单位\t完成时限\t状态\n一、学习方面（1个）\n1\t学习不深\t（1）学；（2）改。\t办公室、组织科\t2025年4月底前，长期坚持\t已完成\n二、督查方面（1个）\n2\t督查不力\t一是查。\t监察科\t立行立改\t未完成\n说明：1.状态按月填写。\n2.共2个问题。\n"
MARKDOWN = "# 甲局关于巡察整改情况的通报\n\n## 一、反馈问题整改情况\n\n### （一）学习方面\n\n#### 1.**学习不深**\n\n- 整改状态：已完成\n- 整改情况：一是学。二是改。\n"
MEASURES_BELOW = "二、反馈问题整改情况\n（一）党的建设方面\n1.关于“债务率偏高”的问题\n（1）压降债务42亿元。\n（2）修订《债务管理办法》，不再新增隐性债务。\n整改状态：已完成。\n2.招投标风险突出\n（1）自查标段64个。\n（2）立案2件。\n"
NAMED_MEASURES = "二、反馈问题整改情况\n（一）关于学习不够深入的问题\n1.破解“学用脱节”。集中学习14次。\n2.强化督学。一是抽查6次。二是通报。\n（二）关于服务意识不强的问题\n1.优化服务。即办率74.6%。\n"
NUMBERED_LABELS = "一、政务服务方面\n（一）办理深度不够，网办率仅61.3%。\n1.整改目标：2025年9月底前达到85%以上。\n2.整改措施：（1）梳理事项320项。（2）打通接口46个。\n3.牵头单位：市数据局；责任单位：市税务局、市人社局。\n4.完成时限：2025年9月底。\n（二）环节多，平均4.2个工作日。\n1.整改目标：压缩至1.5个工作日以内。\n2.整改措施：设立窗口12个。\n"
AREA_OF_LABELS = "一、关于“把方向作用发挥不充分”方面\n问题一：研究改革不够。\n整改情况：1、研究15次；2、制定清单。\n问题二：投资风险管控不力。\n整改情况：1、退出项目7个。\n二、关于“压力传导不够”方面\n问题三：监督偏软。\n整改情况：1、约谈31人次。\n"
DITTO = "序号\t反馈问题\t整改措施\t责任股室\t整改时限\t是否销号\n1\t学习不深\t1.学；<br>2.改\t人事股\t2025年6月底\t是\n2\t督查不力\t同上\t同上\t同上\t否\n"
BOXED = "【反馈问题】1.师德抓得不紧。\n【整改措施】（1）培训4场次；（2）签订承诺书86份。\n【整改状态】已完成整改\n【反馈问题】2.食堂管理粗放。\n【整改措施】（1）清退资金3万元；（2）公示菜谱。\n【整改状态】基本完成\n"
SUMMED = "序号\t方面\t具体问题\t整改措施\t牵头领导\t责任单位\t完成情况\n1\t党建\t学习不深\t一是学。\t王某\t办公室\t已完成\n合计\t\t1个问题\t1条措施\t\t\t\n"
CHAPTERS = "省委巡视组向某大学党委反馈巡视情况\n巡视发现的主要问题是：\n一、立德树人有差距。一是师资缺口大。\n二、全面从严治党主体责任压得不实。校企监管缺失。\n三、基层党建存在薄弱环节。支部未换届。\n四、进一步压实责任，抓好整改。\n"
NOTICE = "关于“河道淤堵”问题整改销号的公示\n整改任务：河道淤堵，汛期漫溢\n整改完成情况：一是清淤3公里。二是巡查。\n整改状态：已完成\n公示时间：2025年3月1日至3月7日\n"

FORMS = [
    (
        THEMATIC,
        [
            ("二（一）", "学习不深", ["二（一）一是", "二（一）二是"]),
            ("二（二）", "督查不力", ["二（二）一是"]),
        ],
    ),
    (QUOTED, [("二1", "学习不深", ["二1一是", "二1二是"]), ("二2", "督查不力", ["二2一是"])]),
    (LABELLED, [("", "学习不深", ["一是", "二是"]), ("", "督查不力", ["（1）", "（2）"])]),
    # the leaf is the finding
    (
        DEEP,
        [
            ("一（一）1（1）", "研讨不充分", ["一（一）1（1）一是", "一（一）1（1）二是"]),
            ("一（一）1（2）", "计划不具体", ["一（一）1（2）一是"]),
            ("一（一）2", "督查力度不够", ["一（一）2一是"]),
        ],
    ),
    (
        AUDIT,
        [
            ("二（一）1", "违规发放补贴", []),
            ("二（二）1", "资金闲置", ["二（二）1（1）", "二（二）1（2）"]),
        ],
    ),
    # problems and advice only: 一是 lists details
    (ADVICE, [("一（一）1", "学习不深", [])]),
    (TABLE, [("一1", "学习不深", ["一1（1）", "一1（2）"]), ("二2", "督查不力", ["二2一是"])]),
    (MARKDOWN, [("一（一）1", "学习不深", ["一（一）1一是", "一（一）1二是"])]),
    # sentences below a problem tell measures, be it wrapped or not
    (
        MEASURES_BELOW,
        [
            ("二（一）1", "债务率偏高", ["二（一）1（1）", "二（一）1（2）"]),
            ("二（一）2", "招投标风险突出", ["二（一）2（1）", "二（一）2（2）"]),
        ],
    ),
    # a measure may have a title of its own, with steps below it
    (
        NAMED_MEASURES,
        [
            ("二（一）", "学习不够深入", ["二（一）2一是", "二（一）2二是"]),
            ("二（二）", "服务意识不强", ["二（二）1"]),
        ],
    ),
    # labels may be numbered
    (
        NUMBERED_LABELS,
        [
            ("一（一）", "办理深度不够，网办率仅61.3%", ["一（一）2（1）", "一（一）2（2）"]),
            ("一（二）", "环节多，平均4.2个工作日", []),
        ],
    ),
    # labels below a heading that quotes an area state the problems, not the heading
    (
        AREA_OF_LABELS,
        [
            ("一", "研究改革不够", ["一1", "一2"]),
            ("一", "投资风险管控不力", ["一1"]),
            ("二", "监督偏软", ["二1"]),
        ],
    ),
    (DITTO, [("1", "学习不深", ["11", "12"]), ("2", "督查不力", [])]),
    # labels in boxes, the number behind them
    (BOXED, [("1", "师德抓得不紧", ["1（1）", "1（2）"]), ("2", "食堂管理粗放", ["2（1）", "2（2）"])]),
    # a row of sums is no problem
    (SUMMED, [("1", "学习不深", ["1一是"])]),
    # chapters may be problems themselves, also one on responsibility
    (
        CHAPTERS,
        [
            ("一", "立德树人有差距", []),
            ("二", "全面从严治党主体责任压得不实", []),
            ("三", "基层党建存在薄弱环节", []),
        ],
    ),
    (NOTICE, [("", "河道淤堵，汛期漫溢", ["一是", "二是"])]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_findings_and_measures(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert shown(read(text).findings) == expected


OUTLINES = [
    # 一是, table rows and notes are no headings; chapter titles end at their line, run-in ones at the first 。
    (THEMATIC, ["一、组织领导", "二、问题整改", "三、下一步"]),
    (TABLE, ["一、学习方面（1个）", "二、督查方面（1个）"]),
    ("（一）着力解决“甲。乙”的问题。一是改。", ["（一）着力解决“甲。乙”的问题"]),
    ("党的二十届二、三中全会召开。", []),
    # what is counted whole has no decimals
    (
        "1.12个部门违规收费427.6万元。\n2.3名干部违规经商。\n",
        ["1.12个部门违规收费427.6万元", "2.3名干部违规经商"],
    ),
    ("1.5个百分点的差距缩小。", []),
    # half-width signs, and short lines that look like a title's
    (
        "一,整改推进情况\n(一)迅速部署.召开会议4次.\n(二)强化督导.下发通报9份.\n二,具体问题整改进展\n继续抓好.\n",
        ["一,整改推进情况", "二,具体问题整改进展"],
    ),
    # parts hold chapters
    (
        "第一部分 甲局整改情况\n一、学习方面\n学。\n第二部分 乙院整改情况\n一、督查方面\n查。\n",
        ["第一部分甲局整改情况", "第二部分乙院整改情况"],
    ),
]


@pytest.mark.parametrize(("text", "tops"), OUTLINES)
def test_headings(text: str, tops: list[str]) -> None:
    assert [s.number + s.title for s in read(text).sections] == tops


def test_headings_nest_and_levels_may_be_skipped() -> None:
    assert outline(read(DEEP).sections) == [
        (
            "一、反馈问题整改情况",
            [
                (
                    "（一）党的建设方面",
                    [("1.学习抓得不紧", ["（1）研讨不充分", "（2）计划不具体"]), "2.督查力度不够"],
                )
            ],
        )
    ]


def test_a_section_ends_before_contact_and_signature() -> None:
    text = "三、下一步\n继续抓。\n欢迎监督。联系电话：0999-1234567。\n甲市委\n2025年1月1日\n"
    bulletin = read(text)
    assert text[slice(*bulletin.sections[0].span)] == "三、下一步\n继续抓。"


STATUSES = [
    ("整改状态：阶段性完成", "阶段性完成", "phased"),
    ("整改状态：已完成整改", "已完成整改", "completed"),
    ("整改状态：未完成", "未完成", "not_done"),  # 未完成 is not 完成
    ("整改状态：正在整改", "正在整改", "ongoing"),
    ("该问题已完成整改。", "已完成整改", "completed"),
    ("该问题取得阶段性进展。", "取得阶段性进展", "phased"),
    ("开展研讨3次。（已整改）", "已整改", "completed"),
    ("整改状态：已整改并长期坚持", "已整改并长期坚持", "completed"),
    ("整改进展：修订制度。\n完成情况：基本完成，持续推进。", "基本完成", "phased"),
    ("整改进展:修订制度.\n完成情况:已完成.", "已完成", "completed"),
    ("开展研讨3次。", None, None),
]


@pytest.mark.parametrize(("body", "status", "status_class"), STATUSES)
def test_status(body: str, status: str | None, status_class: str | None) -> None:
    finding = read(f"一、反馈问题整改情况\n1.关于“学习不深”问题的整改\n{body}\n").findings[0]
    assert (finding.status, finding.status_class) == (status, status_class)


def test_responsibility_of_a_row() -> None:
    first, second = (f.assignment for f in read(TABLE).findings)
    assert first
    assert second
    assert first.responsible_units == ("办公室", "组织科")
    assert (first.due, first.due_on, first.standing) == ("2025年4月底前，长期坚持", "2025-04-30", True)
    assert (second.due_on, second.immediate) == (None, True)


MERGED = """\
| 序号 | 隐患描述 | 督办措施 | 期限 | 进展 |
|---|---|---|---|---|
| 1 | 边坡未监测 | ①停止作业 | 2025年7月15日 | 已摘牌 |
|  |  | ②布设监测点16个 |  |  |
|  |  |  |  |  |
| 2 | 无证上岗 | ①清退3人 | 2025年6月底 | 停产整改 |
"""


def test_rows_below_without_number_and_problem_belong_to_the_finding() -> None:
    bulletin = read(MERGED)
    assert shown(bulletin.findings) == [("1", "边坡未监测", ["1①", "1②"]), ("2", "无证上岗", ["2①"])]
    assert [(f.status, f.status_class) for f in bulletin.findings] == [
        ("已摘牌", "completed"),
        ("停产整改", "ongoing"),
    ]
    assert [q.path for q in bulletin.quantities] == ["1②", "2①"]


def test_a_number_out_of_order_is_no_step() -> None:
    text = "一、反馈问题整改情况\n1.关于“学习不深”问题的整改\n一是学，五是中心的名称。二是改。\n"
    assert [m.number for m in read(text).findings[0].measures] == ["一是", "二是"]


def test_a_row_that_names_two_columns_by_chance_is_no_header() -> None:
    text = "序号\t反馈问题\t整改措施\t备注\t状态\n1\t问题\t措施\t办公室已经处理完毕了\t全部材料报送上级单位\n"
    assert [f.title for f in read(text).findings] == ["问题"]


def test_a_merged_area_cell_is_carried_down() -> None:
    text = "类别\t编号\t反馈问题\t整改措施\n政治\t1\t学习不深\t学。\n\t2\t督查不力\t查。\n"
    assert [(f.title, f.parent) for f in read(text).findings] == [("学习不深", "政治"), ("督查不力", "政治")]


TWO_TABLES = """\
| 序号 | 具体问题 | 整改措施 | 责任科室 | 完成时限 | 进展 |
|---|---|---|---|---|---|
| 1 | 值班制度执行不严 | 一是修订制度；二是抽查2次 | 办公室 | 立行立改 | 已完成 |

单位\t反馈问题数（个）\t完成率
甲镇\t12\t91.7%
"""


def test_tables_side_by_side_are_told_apart() -> None:
    bulletin = read(TWO_TABLES)
    assert [(f.path, f.status) for f in bulletin.findings] == [("1", "已完成")]
    # a figure alone in its cell is named by its column
    assert [(q.text, q.label) for q in bulletin.quantities] == [
        ("2次", "抽查"),
        ("12", "反馈问题数"),
        ("91.7%", "完成率"),
    ]


def test_numbered_problem_labels_and_a_progress_field_that_is_a_status() -> None:
    text = "问题1：排查走过场\n整改措施：1.检查企业56家；2.约谈9人。\n整改进展：基本完成\n问题2：物资不足\n整改进展：采购物资1.2万件。\n"
    first, second = read(text).findings
    assert (first.title, first.status, [m.number for m in first.measures]) == (
        "排查走过场",
        "基本完成",
        ["1", "2"],
    )
    assert (second.title, second.status) == ("物资不足", None)


def test_the_parent_of_a_finding_is_its_area_not_its_chapter() -> None:
    assert [f.parent for f in read(DEEP).findings] == ["一（一）1", "一（一）1", "一（一）"]
    assert [f.parent for f in read(THEMATIC).findings] == [None, None]


def test_organisational_headings_are_no_findings() -> None:
    text = "一、提高站位，压实责任\n（一）强化统筹，抓好落实。召开会议3次。\n二、下一步打算\n（一）持续抓好整改。\n"
    assert read(text).findings == ()


def test_several_labels_on_one_line_are_told_apart() -> None:
    text = "1.关于“投资不实”的问题\n整改措施：①退出企业9户。\n责任领导：张某某  责任部门：战略部  完成时限：2025年9月30日\n"
    assignment = read(text).findings[0].assignment
    assert assignment
    assert (assignment.lead_official, assignment.responsible_units, assignment.due_on) == (
        "张某某",
        ("战略部",),
        "2025-09-30",
    )


def test_quotation_marks_are_dropped_only_around_a_whole_problem() -> None:
    text = "问题1：“三重一大”决策不规范\n整改情况：一是改。\n问题2：“培训走过场”\n整改情况：一是改。\n"
    bulletin = read(text)
    assert [f.title for f in bulletin.findings] == ["“三重一大”决策不规范", "培训走过场"]
    assert bulletin.leftovers == ()  # the number of a label is explained


def test_ditto_stands_for_the_cell_above() -> None:
    first, second = read(DITTO).findings
    assert second.assignment == first.assignment
    assert [(f.status, f.status_class) for f in (first, second)] == [("是", "completed"), ("否", "not_done")]


def test_a_named_measure_is_a_heading_too() -> None:
    (chapter,) = read(NAMED_MEASURES).sections
    assert [section.title for section in chapter.children[0].children] == ["破解“学用脱节”", "强化督学"]


def test_a_class_of_units_is_no_problem() -> None:
    text = "二、分类情况\n（一）完成率100%的单位（9个）。市档案馆等。\n（二）完成率低于90%的单位（3个）。市供销社等。\n"
    assert read(text).findings == ()


def test_a_count_right_behind_a_heading_number_is_read() -> None:
    found = read("一、主要问题\n1.12个部门违规收费427.6万元。\n2.3名干部违规经商。\n").quantities
    assert [(q.text, q.label, q.path) for q in found] == [
        ("12个", "部门", "一1"),
        ("427.6万元", "部门违规收费", "一1"),
        ("3名", "干部", "一2"),
    ]


def test_numbered_labels_say_who_answers() -> None:
    assignment = read(NUMBERED_LABELS).findings[0].assignment
    assert assignment
    assert (assignment.lead_unit, assignment.responsible_units, assignment.due_on) == (
        "市数据局",
        ("市税务局", "市人社局"),
        "2025-09-30",
    )


WRAPPED = [
    ("1.存在问题：补贴发放不及时", "补贴发放不及时"),
    ("1.问题：“三重一大”决策不规范", "“三重一大”决策不规范"),
    ("1.反馈问题：“培训走过场”", "培训走过场"),
    ("1.审计查出的问题：资金闲置", "资金闲置"),
    ("1.关于“学习不深”问题的整改", "学习不深"),
]


@pytest.mark.parametrize(("heading", "title"), WRAPPED)
def test_the_problem_within_its_heading(heading: str, title: str) -> None:
    assert [f.title for f in read(f"二、反馈问题整改情况\n{heading}\n整改情况：一是改。\n").findings] == [
        title
    ]


def test_numbered_sentences_below_a_problem_tell_measures() -> None:
    source = "二、反馈问题整改情况\n（一）账款清偿慢、“多头跑”\n1.清偿账款3406万元，清偿率86.9%。\n2.签订分期协议5份。\n（二）检查多、随意性大\n1.检查940户次。\n"
    bulletin = read(source)
    assert [finding.title for finding in bulletin.findings] == ["账款清偿慢、“多头跑”", "检查多、随意性大"]
    assert [measure.path for measure in bulletin.findings[0].measures] == ["二（一）1", "二（一）2"]


def test_circled_steps_in_running_text_and_a_status_in_brackets() -> None:
    (finding,) = read(
        "一、整改情况\n1.“航线不够密”问题。①结盟9家公司；②新增泊位两座。（已销号，长期坚持）\n"
    ).findings
    assert [measure.number for measure in finding.measures] == ["①", "②"]
    assert (finding.status, finding.status_class) == ("已销号，长期坚持", "completed")


def test_a_year_behind_a_number_is_no_decimal() -> None:
    (finding,) = read(
        "一、整改任务\n（一）治理滞后。\n整改措施：\n1.2025—2026年，改造管网84公里。\n2.2025年完成详查。\n"
    ).findings
    assert [measure.number for measure in finding.measures] == ["1", "2"]
