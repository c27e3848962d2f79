"""网页: the document in a saved page, without the site around it."""

from __future__ import annotations

import pytest

from gongwen import Extraction, GongwenError, extract, read

PARAGRAPHS = [
    f"（{number}）着力解决“{problem}”的问题。一是印发《浅滩县{problem[:2]}管理办法》，整改隐患{count}处，督导检查{count + 3}次。"
    for number, problem, count in (
        ("一", "巡河不到位", 17),
        ("二", "管护不落实", 21),
        ("三", "台账不规范", 8),
    )
]


def page(body: str, *, head: str = '<meta charset="utf-8">', window: str = "浅滩县人民政府") -> str:
    return f"""<!DOCTYPE html><html><head>{head}<title>{window}</title><style>p{{color:red}}</style></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a>&gt;<a href="/t">通知公告</a></div>
{body}
<div class="related"><h3>相关链接</h3><ul><li><a href="/1">深湾县关于巡察整改情况的通报</a></li><li><a href="/2">高坝县公布17个问题，已完成整改。</a></li></ul></div>
<div class="footer">版权所有：浅滩县人民政府　备案号：浅ICP备17号<script>document.write("1234处")</script></div></body></html>"""


def article(paragraphs: list[str]) -> str:
    inner = "".join(f'<p style="text-indent:2em">　　{words}</p>' for words in paragraphs)
    return (
        '<div class="article"><h1>关于巡察整改进展情况的通报</h1><div class="info">发布时间：2025-07-11　来源：县纪委　浏览次数：88</div>'
        f'<div id="zoom"><p>根据部署，现将情况公布如下。</p>{inner}<p align="right">中共浅滩县委</p><p align="right">2025年7月10日</p></div></div>'
    )


def opened(text: str, encoding: str = "utf-8") -> Extraction:
    return extract(text.encode(encoding), name="通报.html")


def test_the_document_and_nothing_of_the_site() -> None:
    assert opened(page(article(PARAGRAPHS))).text.splitlines() == [
        "关于巡察整改进展情况的通报",
        "发布时间：2025-07-11　来源：县纪委　浏览次数：88",
        "根据部署，现将情况公布如下。",
        *PARAGRAPHS,
        "中共浅滩县委",
        "2025年7月10日",
    ]


def test_it_is_read_as_the_document_it_is() -> None:
    bulletin = read(opened(page(article(PARAGRAPHS))))
    assert (bulletin.title, bulletin.issuer, bulletin.issued_on) == (
        "关于巡察整改进展情况的通报", "中共浅滩县委", "2025-07-10",
    )  # fmt: skip
    assert [finding.title for finding in bulletin.findings] == ["巡河不到位", "管护不落实", "台账不规范"]
    assert bulletin.format == "html"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ('<meta charset="gbk">', "gb18030"),
        ("", "gb18030"),  # not declared
        ("", "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),  # declared wrongly
        ('<meta charset="gb2312">', "utf-8-sig"),  # the mark outweighs the declaration
        ('<meta charset="no-such-set">', "utf-8"),
    ],
)
def test_encodings(head: str, encoding: str) -> None:
    assert PARAGRAPHS[0] in opened(page(article(PARAGRAPHS), head=head), encoding).text


def test_a_few_broken_bytes_are_noted() -> None:
    data = page(article(PARAGRAPHS)).encode()
    broken = data.replace("督导检查20次".encode(), b"\xff\xfe\xff20", 1)
    found = extract(broken, name="通报.html")
    assert PARAGRAPHS[1] in found.text
    assert [note for note in found.notes if "无法识别" in note]


def test_what_calls_itself_gb2312_may_hold_more_characters_even_if_a_byte_is_broken() -> None:
    data = (
        page(article([*PARAGRAPHS, "朱镕说。"]), head='<meta charset="gb2312">').encode("gb18030") + b"\xff"
    )
    assert "朱镕说。" in extract(data, name="通报.html").text


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲<br>乙</p>", ["甲", "乙"]),
        ("<p>共\n  整改<span>1</span><b>7</b>处</p>", ["共 整改17处"]),
        ("<p>甲&nbsp;&nbsp;乙&ldquo;丙&rdquo;</p>", ["甲 乙“丙”"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ('<ol start="3"><li>甲</li><li value="7">乙</li></ol>', ["3.甲", "7.乙"]),
        ('<ol type="a"><li>甲</li><li>乙</li></ol>', ["a.甲", "b.乙"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        ('<p style="display:none">密</p><p hidden>密</p><p>明</p>', ["明"]),
        ("<p>甲<!-- 批注 17处 -->乙</p>", ["甲乙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<textarea>草稿</textarea><p>正文</p>", ["草稿", "正文"]),
        ("<p>平方<sup>2</sup></p>", ["平方2"]),
        ("<p>没有收尾", ["没有收尾"]),
    ],
)  # fmt: skip
def test_lines_are_those_of_a_browser(body: str, lines: list[str]) -> None:
    assert opened(f"<html><body>{body}</body></html>").text.splitlines() == lines


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("<tr><th>序号<th>问题<tr><td>1<td>甲", ["序号\t问题", "1\t甲"]),
        ("<tr><td colspan=2>类别<td>数<tr><td>甲<td>乙<td>3", ["类别\t\t数", "甲\t乙\t3"]),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>丙", ["甲\t乙", "\t丙"]),
        ("<tr><td><p>甲</p><p>乙</p><td>丙", ["甲 乙\t丙"]),
        ("<tr><td></td><td></td></tr><tr><td>甲<td>乙", ["甲\t乙"]),
    ],
)
def test_tables_are_rows(table: str, lines: list[str]) -> None:
    assert opened(f"<html><body><table>{table}</table></body></html>").text.splitlines() == lines


def test_a_table_that_lays_out_the_page_is_none() -> None:
    laid_out = f"<table><tr><td>{article(PARAGRAPHS)}</td><td><a href='/'>邮箱</a></td></tr></table>"
    assert PARAGRAPHS[2] in opened(page(laid_out)).text.splitlines()


def test_the_title_for_machines_stands_first_where_the_page_shows_none() -> None:
    head = '<meta charset="utf-8"><meta name="ArticleTitle" content="关于督察整改情况的报告">'
    body = "<div>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</div>"
    assert opened(page(body, head=head)).text.splitlines()[0] == "关于督察整改情况的报告"
    by_window = opened(page(body, window="关于督察整改情况的报告 - 浅滩县人民政府"))
    assert by_window.text.splitlines()[0] == "关于督察整改情况的报告"


def test_attachments_and_pictures_are_noted() -> None:
    extra = '<p><a href="/f/1.docx">附件：问题清单</a><img src="1.png"></p>'
    notes = opened(page(article([*PARAGRAPHS, extra]))).notes
    assert [note for note in notes if "1个附件（附件：问题清单）" in note]
    assert [note for note in notes if "1张图片" in note]


def test_a_web_archive_is_opened() -> None:
    inner = page(article(PARAGRAPHS))
    archive = (
        'From: saved\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + inner
        + "\r\n--B--\r\n"
    )
    assert PARAGRAPHS[0] in extract(archive.encode(), name="存档.mht").text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html><body><script>render()</script></body></html>", "gongwen.no_text"),
        ("<html><frameset><frame src='a'></frameset></html>", "gongwen.no_text"),
        ("MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nabc", "gongwen.damaged_file"),
    ],
)
def test_a_page_without_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(GongwenError) as refused:
        opened(text)
    assert refused.value.code == code
    assert str(refused.value).startswith("通报.html：")


def test_deep_and_wide_pages_end() -> None:
    assert "甲" in opened("<html><body>" + "<div>" * 240 + "甲" + "</div>" * 240).text
    spans = "<tr>" + '<td rowspan="9999" colspan="9999">甲</td>' * 30 + "</tr>"
    assert "甲" in opened(f"<html><body><table>{spans * 30}</table></body></html>").text


def test_a_long_list_is_numbered_in_linear_time() -> None:
    lines = opened("<ol>" + "<li>项" * 30_000 + "</ol>").text.splitlines()
    assert lines[-1] == "30000.项"


def test_a_page_of_very_many_marks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.formats.html.MOST_ELEMENTS", 100)
    with pytest.raises(GongwenError, match="标记超过"):
        opened("<p>甲" * 101)
