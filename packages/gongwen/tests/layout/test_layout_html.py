"""网页: classes that others build on, marks, nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from gongwen import Block, Bulletin, GongwenError, Span, read
from gongwen.layout import STYLESHEET, Mark, blocks_of, html_body, layout

SOURCE = (
    "中共浅滩县委关于市委第三轮巡察整改进展情况的通报\n一、组织领导情况\n（一）着力解决“河道管护不到位”的问题。整改隐患17处。\n"
    "序号\t问题\n1\t甲\n附件：1.问题清单\n联系电话：0999-1234567。\n中共浅滩县委\n2026年1月15日\n"
)


def test_every_part_has_its_class() -> None:
    body = html_body(read(SOURCE))
    assert body == (
        '<article class="gongwen" lang="zh-CN">\n'
        '<h1 id="p-0" class="gw-title"><span class="gw-line">中共浅滩县委</span>'
        '<span class="gw-line">关于市委第三轮巡察整改进展情况的通报</span></h1>\n'
        '<h2 id="p-1" class="gw-heading gw-level-1">一、组织领导情况</h2>\n'
        '<p id="p-2" class="gw-heading gw-level-2 gw-run-in"><span class="gw-run">（一）着力解决“河道管护不到位”的问题。</span>整改隐患17处。</p>\n'
        '<div class="gw-scroll">\n<table>\n<thead>\n<tr id="p-3"><th scope="col">序号</th><th scope="col">问题</th></tr>\n</thead>\n'
        '<tbody>\n<tr id="p-4"><td>1</td><td>甲</td></tr>\n</tbody>\n</table>\n</div>\n'
        '<p id="p-5" class="gw-annex">附件：1.问题清单</p>\n'
        '<p id="p-6" class="gw-contact">联系电话：0999-1234567。</p>\n'
        '<div class="gw-signed">\n<p id="p-7" class="gw-issuer">中共浅滩县委</p>\n<p id="p-8" class="gw-date">2026年1月15日</p>\n</div>\n'
        "</article>\n"
    )


def test_every_class_has_its_rule() -> None:
    classes = set(re.findall(r"gw-[a-z0-9-]+", html_body(read(SOURCE))))
    assert {name for name in classes if f".{name}" not in STYLESHEET} <= {
        "gw-heading",
        "gw-contact",
        "gw-run-in",
    }
    assert all(rule.startswith((".gongwen", "@")) for rule in STYLESHEET.splitlines())


def test_a_whole_page_runs_nothing_and_asks_nobody() -> None:
    page = lxml_html.document_fromstring(layout(read(SOURCE), "html"))
    assert page.get("lang") == "zh-CN"
    assert page.findtext(".//title") == "中共浅滩县委关于市委第三轮巡察整改进展情况的通报"
    assert {e.tag for e in page.iter()} <= {
        "html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "span", "div", "table",
        "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert not [name for e in page.iter() for name in e.attrib if name == "style" or name.startswith("on")]
    style = page.findtext(".//style") or ""
    assert "@page{size:210mm 297mm;margin:37mm 26mm 35mm 28mm}" in style
    assert not re.search(r"url\(|@import|http", style)


def of_text(text: str) -> Bulletin:
    return Bulletin("通报", None, None, None, blocks=(Block("text", text, Span(0, 0)),))


def test_marks_in_a_run_in_heading_and_over_its_edge() -> None:
    bulletin = read(SOURCE)
    text = blocks_of(bulletin)[2].text
    figure, over = text.index("17处"), text.index("问题。")
    marks = [
        Mark(2, figure, figure + 3, "/f/1", "隐患数", "gw-bound"),
        Mark(2, over, over + 5, "/f/2", "跨界"),
    ]
    body = html_body(bulletin, marks=marks)
    assert '的<a href="/f/2" title="跨界">问题。</a></span><a href="/f/2" title="跨界">整改</a>隐患' in body
    assert '<a href="/f/1" title="隐患数" class="gw-bound">17处</a>。</p>' in body


def test_marks_in_a_cell_and_in_the_title() -> None:
    body = html_body(read(SOURCE), marks=[Mark(4, 2, 3, "#a", "甲"), Mark(0, 0, 6, "#b", "")])
    assert '<td>1</td><td><a href="#a" title="甲">甲</a></td>' in body
    assert '<h1 id="p-0" class="gw-title"><a href="#b">中共浅滩县委</a>关于' in body


def test_marks_count_the_text_as_it_stands() -> None:
    bulletin = of_text("整\x00改\n隐患17处")
    assert '整改 隐患<a href="#a">17处</a>' in html_body(bulletin, marks=[Mark(0, 6, 9, "#a", "")])
    heading = replace(bulletin, blocks=(Block("heading", "（一）\x00管护。17处", Span(0, 0)),))
    assert '<span class="gw-run">（一）管护。</span><a href="#a">17处</a>' in html_body(heading, marks=[Mark(0, 7, 10, "#a", "")])  # fmt: skip


def test_what_a_mark_says_is_escaped() -> None:
    body = html_body(of_text("<b>17处"), marks=[Mark(0, 3, 6, '/?a=1&b="2"', '"><script>')])
    assert '&lt;b&gt;<a href="/?a=1&amp;b=&quot;2&quot;" title="&quot;&gt;&lt;script&gt;">17处</a>' in body


@pytest.mark.parametrize(
    "href", ["https://a.example/x", "/p/1", "#f-1", "?q=1", "mailto:a@b.example", "tel:0999", "p:1/x"[2:]]
)
def test_addresses_that_a_page_has(href: str) -> None:
    assert f'href="{href}"' in html_body(of_text("17处"), marks=[Mark(0, 0, 3, href, "")])


@pytest.mark.parametrize(
    ("marks", "finding"),
    [
        ([Mark(1, 0, 1, "#", "")], "没有这一段，共1段"),
        ([Mark(-1, 0, 1, "#", "")], "没有这一段"),
        ([Mark(0, 0, 9, "#", "")], "该段共5字"),
        ([Mark(0, 2, 2, "#", "")], "超出该段"),
        ([Mark(0, 0, 2, "#", "甲"), Mark(0, 1, 3, "#", "乙")], "与“甲”的标记重叠"),
        ([Mark(0, 2, 5, "#", "")], "跨越了单元格"),
        ([Mark(0, 0, 1, "javascript:alert(1)", "")], "不是网页地址"),
        ([Mark(0, 0, 1, " java\nscript:alert(1)", "")], "不是网页地址"),
        ([Mark(0, 0, 1, "data:text/html,x", "")], "不是网页地址"),
        ([Mark(0, 0, 1, "#", "", 'a" onclick="x')], "类名只能用"),
    ],
)
def test_a_wrong_mark_is_refused(marks: list[Mark], finding: str) -> None:
    bulletin = Bulletin("通报", None, None, None, blocks=(Block("row", "17处\t甲", Span(0, 0)),))
    with pytest.raises(GongwenError, match=finding) as refused:
        html_body(bulletin, marks=marks)
    assert refused.value.code == "gongwen.bad_mark"
