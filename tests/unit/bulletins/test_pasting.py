"""Whatever is pasted arrives as clean paragraphs, or is refused."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.bulletins.documents import text_of
from zhenggai.bulletins.pasting import LIMIT, PasteRefused, paragraphs_of
from zhenggai.bulletins.states import ParagraphRole

WORD = """Version:0.9\r
StartHTML:0000000105\r
EndHTML:0000001\r
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {mso-style-name:正文;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoTitle align=center><b>中共某市委关于巡视整改进展情况的通报<o:p></o:p></b></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-family:仿宋'>2025年，建成绿色工厂<span
lang=EN-US>10</span>户&nbsp;，网办率达<span lang=EN-US>98.5%</span>。<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>第一条措施已落实。</p>
<table border=1><tr><td><p>序号</p></td><td><p>项目</p></td></tr><tr><td><p>1</p></td><td><p onclick="x()">污水&amp;管网</p></td></tr></table>
<ol><li>甲项任务完成。</li><li>乙项任务完成。</li></ol><script>alert("x")</script><a href="javascript:alert(1)">链接文字</a>
<!--EndFragment--></body></html>"""


def test_what_word_puts_on_the_clipboard():
    assert paragraphs_of(WORD) == [
        ("title", "中共某市委关于巡视整改进展情况的通报"),
        ("text", "2025年，建成绿色工厂10户，网办率达98.5%。"),
        ("heading", "1.第一条措施已落实。"),
        ("row", "序号\t项目"),
        ("row", "1\t污水&管网"),
        ("heading", "1.甲项任务完成。"),
        ("heading", "2.乙项任务完成。"),
        ("text", "链接文字"),
    ]


def test_data_of_the_program_is_no_text():
    pasted = "<div><xml><w:View>Normal</w:View></xml><title>页名</title><v:shape>图</v:shape><p>正文<o:p>如下</o:p></p></div>"
    assert paragraphs_of(pasted) == [("text", "正文如下")]


def test_a_sign_before_a_letter_is_no_tag():
    assert paragraphs_of("当x<y时，a<b且b<3。") == [("text", "当x＜y时，a＜b且b<3。")]
    assert paragraphs_of("见 JavaScript:x()。") == [("text", "见JavaScript：x()。")]


def test_lines_that_a_page_broke_are_joined_and_page_numbers_go():
    lines = text_of("lanjiang-2026").split("\n")
    long = next(line for line in lines if len(line) > 300)
    wrapped = "\n".join(long[at : at + 28] for at in range(0, len(long), 28))
    page = len(wrapped) // 58 * 29 - 1
    assert [words for _, words in paragraphs_of(wrapped[:page] + "\n- 3 -" + wrapped[page:])] == [long]


def test_roles_are_guessed():
    pasted = "一、加强领导\n\n市委高度重视。\n一是压实责任，二是传导压力。\n序号\t项目\n1\t管网\n联系电话：0799-3316082"
    assert [role for role, _ in paragraphs_of(pasted)] == ["heading", "text", "item", "row", "row", "contact"]


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("\ufeff\uf0b7 加强领导\u200b，\u00ad压实\u202e责任\x00。", "加强领导，压实责任。"),
        ("●　建成１０户，占比５０％。", "建成１０户，占比５０％。"),  # full-width forms are left alone
        ("姓名\ue863同志。", "姓名\ue863同志。"),  # a rare character of a name is no bullet
        ("The quick  brown fox 跳过 了 墙", "The quick brown fox跳过了墙"),
        ("pH<7，PM2.5<35，a > b。", "pH<7，PM2.5<35，a > b。"),
        ("来源：统计局", "来源：统计局"),  # alone it is what somebody wanted
        ("根据方案。（三）着力解决“散乱污”的问题，" + "详见后文，" * 20, None),
        ("- 12 -", "- 12 -"),
    ],
)
def test_one_line_stays_one_paragraph(pasted, words):
    ((_, found),) = paragraphs_of(pasted)
    assert found == (pasted if words is None else words)


@pytest.mark.parametrize(
    "pasted",
    ["", " \n\t\n", "\u200b", "<p></p>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)", "<!--"],
)
def test_nothing_to_take(pasted):
    assert paragraphs_of(pasted) == []


def test_what_is_too_long_is_refused_with_both_numbers():
    with pytest.raises(
        PasteRefused, match=f"有 {LIMIT + 1} 字，超过一次可以粘贴的 {LIMIT} 字.*分批粘贴.*导入文件"
    ) as refused:
        paragraphs_of("字" * (LIMIT + 1))
    assert refused.value.code == "paste_refused"
    assert refused.value.facts == {"found": LIMIT + 1, "limit": LIMIT}
    with pytest.raises(PasteRefused):
        paragraphs_of("<p>" + "字" * (LIMIT + 1) + "</p>")
    with pytest.raises(PasteRefused, match="连同格式"):
        paragraphs_of("<p style='" + "x" * (40 * LIMIT) + "'>字</p>")
    with pytest.raises(PasteRefused, match=r"格式标记.*只粘贴文本"):
        paragraphs_of("<b>" * 120_001)
    assert len(paragraphs_of("<p style='" + "x" * LIMIT + "'>字</p>")) == 1  # markup is not counted


HOSTILE = [
    "<script>alert(1)</script>", "<ScRiPt src=//x>", "&lt;script&gt;alert(2)&lt;/script&gt;", "&amp;lt;img src=x onerror=alert(3)&amp;gt;",
    "<img src=x onerror=alert(4)>", "<a href='java\tscript:alert(5)'>点此</a>", "javascript:alert(6)", "javajavascript:script:alert(7)",
    "<svg/onload=alert(8)>", "<style>p{color:red}</style>", "<!--[if mso]><b>x</b><![endif]-->", "<![if !vml]>", "<xml><w:View/></xml>",
    "<iframe srcdoc='<script>alert(9)</script>'>", "<p onclick=alert(10)>段落</p>", "<math><mtext></p><img src=x>", "<", "</p>", "<!DOCTYPE html>",
    "<td rowspan=9999 colspan=9999>", "<table><tr><td>格", "&#x3c;script&#x3e;", "\x00", "\ufeff", "\u202e", "\ud800", "<textarea>", "<noscript><p>x",
    "data:text/html,<script>x</script>", "<plaintext>", "]]>", "<![CDATA[<script>x</script>]]>", "<?xml version='1.0'?>", "12户", "。", "\n", "\t",
]  # fmt: skip
ALIVE = re.compile(
    r"<[A-Za-z/!?]|(?:java|vb)\s*script\s*:|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff\u00ad]",
    re.IGNORECASE,
)


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=10), max_size=10).map("".join))
def test_nothing_hostile_survives(pasted):
    for role, words in paragraphs_of(pasted):
        assert role in set(ParagraphRole)
        assert words.strip()
        assert "\n" not in words
        assert not ALIVE.search(words)
        assert role == "row" or "\t" not in words


@pytest.mark.parametrize("pasted", HOSTILE)
def test_no_script_text_is_left_of_markup(pasted):
    words = "".join(words for _, words in paragraphs_of(f"<p>甲</p>{pasted}<p>乙</p>"))
    assert "alert(1)" not in words
    assert "onerror" not in words
    assert "color:red" not in words


def test_deep_and_wide_markup_takes_no_long():
    began = time.perf_counter()
    paragraphs_of("java" * 10_000 + "script:" * 2_000)
    paragraphs_of("<div>" * 50_000 + "甲" + "</div>" * 50_000)
    paragraphs_of("<table>" + "<tr><td rowspan=9999 colspan=9999>格</td></tr>" * 3_000 + "</table>")
    assert time.perf_counter() - began < 5
