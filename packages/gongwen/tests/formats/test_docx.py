"""Word 文档: what its reader sees, line by line."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from makers import levels, numbered, p, r, table, word, zipped

from gongwen import GongwenError, extract
from gongwen.formats.numbering import chinese


def text(data: bytes) -> str:
    return extract(data, name="件.docx").text


def lines(data: bytes) -> list[str]:
    return text(data).splitlines()


def test_an_ordinary_document() -> None:
    document = python_docx.Document()
    document.add_heading("关于整改情况的通报", 0)
    document.add_paragraph("共整改问题17个。")
    out = io.BytesIO()
    document.save(out)
    assert lines(out.getvalue()) == ["关于整改情况的通报", "共整改问题17个。"]


CHINESE = levels(
    ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")
)


def test_automatic_numbers_stand_before_their_words() -> None:
    body = (
        numbered("总体情况")
        + numbered("领导", level=1)
        + numbered("会议", level=2)
        + numbered("调研", level=2)
    )
    body += numbered("督导", level=1) + numbered("研判", level=2) + numbered("下步打算")
    assert lines(word(body, numbering=CHINESE)) == [
        "一、总体情况", "（一）领导", "1.会议", "2.调研", "（二）督导", "1.研判", "二、下步打算",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "pattern", "first", "twelfth"),
    [
        ("chineseCountingThousand", "%1、", "一、", "十二、"),
        ("decimalEnclosedCircle", "%1", "①", "⑫"),
        ("decimalFullWidth", "%1．", "１．", "１２．"),
        ("ideographTraditional", "%1、", "甲、", "乙、"),
        ("ideographZodiac", "%1、", "子、", "亥、"),
        ("lowerLetter", "%1)", "a)", "l)"),
        ("upperRoman", "%1.", "I.", "XII."),
        ("decimalZero", "%1.", "01.", "12."),
        ("decimal", "第%1条", "第1条", "第12条"),
        ("unknownForm", "%1.", "1.", "12."),
        ("bullet", "•", "", ""),
        ("none", "", "", ""),
    ],
)
def test_forms_of_numbers(form: str, pattern: str, first: str, twelfth: str) -> None:
    found = lines(word("".join(numbered("项") for _ in range(12)), numbering=levels((form, pattern))))
    assert (found[0], found[11]) == (f"{first}项", f"{twelfth}项")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
    ],
)
def test_chinese_counting(number: int, words: str) -> None:
    assert chinese(number) == words


def test_a_list_by_its_style_and_one_switched_off() -> None:
    styles = (
        '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="mine"><w:basedOn w:val="base"/></w:style>'
    )
    body = p("按样式", properties='<w:pStyle w:val="mine"/>')
    body += p("不编号", properties='<w:pStyle w:val="mine"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += p("再编号", properties='<w:pStyle w:val="mine"/>')
    assert lines(word(body, numbering=CHINESE, styles=styles)) == ["一、按样式", "不编号", "二、再编号"]


def test_a_list_may_begin_anew_or_later() -> None:
    numbering = CHINESE + (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙") + numbered("丙", list_id=2) + numbered("丁", list_id=2)
    assert lines(word(body, numbering=numbering)) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_a_number_before_letters_keeps_a_blank() -> None:
    assert lines(word(numbered("5G"), numbering=levels(("decimal", "%1")))) == ["1 5G"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            p(
                "共",
                "<w:ins>" + r("17") + "</w:ins>",
                "<w:del><w:r><w:delText>16</w:delText></w:r></w:del>",
                "个",
            ),
            "共17个",
        ),
        (p("<w:moveFrom>" + r("旧") + "</w:moveFrom>", "<w:moveTo>" + r("新") + "</w:moveTo>"), "新"),
        (p("见", r("秘密", "<w:vanish/>"), "文"), "见文"),
        (p("见", r("公开", '<w:vanish w:val="0"/>'), "文"), "见公开文"),
        (p("见", r("公开", '<w:vanish w:val="false"/>'), "文"), "见公开文"),
        (p("<w:sdt><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>"), "控件"),
        (p("<w:hyperlink>" + r("链接") + "</w:hyperlink>"), "链接"),
        (
            p(
                "第",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
                r("3"),
                "页",
            ),
            "第3页",
        ),
        (p("甲", "<w:r><w:tab/></w:r>", "乙"), "甲 乙"),
        (p("甲", "<w:r><w:noBreakHyphen/></w:r>", "乙"), "甲-乙"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F052"/></w:r>', "已办"), "☑已办"),
        (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
        (p("<w:smartTag>" + r("标记") + "</w:smartTag>"), "标记"),
    ],
    ids=[
        "tracked",
        "moved",
        "hidden",
        "shown",
        "shown too",
        "control",
        "link",
        "field",
        "tab",
        "hyphen",
        "tick",
        "formula",
        "tag",
    ],
)
def test_words_of_a_paragraph(body: str, words: str) -> None:
    assert lines(word(body)) == [words]


def test_a_break_ends_a_line() -> None:
    assert lines(word(p("甲", "<w:r><w:br/></w:r>", "乙"))) == ["甲", "乙"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx>" + box + "</wps:txbx></mc:Choice>"
        "<mc:Fallback><v:textbox>" + box + "</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(word(p("正文", both, "继续"))) == ["正文继续", "框内"]


def test_tables_are_rows_of_cells() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("问题") + "</w:tc>"
    begins = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("1") + "</w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("不显示") + "</w:tc>"
    two = "<w:tc>" + p("甲") + p("乙") + "</w:tc>"
    inner = "<w:tc>" + table(["内", "表"]) + p("") + "</w:tc>"
    body = table(["序号", wide], [begins, "河道", two], [goes_on, "堤防", inner]) + p("表后")
    assert lines(word(body)) == ["序号\t问题\t", "1\t河道\t甲 乙", "\t堤防\t内 表", "表后"]


def test_a_deleted_row_is_no_row() -> None:
    deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("删") + "</w:tc><w:tc>" + p("除") + "</w:tc></w:tr>"
    assert lines(word(table(["甲", "乙"]).replace("</w:tbl>", deleted + "</w:tbl>"))) == ["甲\t乙"]


def test_notes_stand_at_the_end_and_their_marks_are_no_figures() -> None:
    notes = '<w:footnote w:id="2">' + p("统计截至6月底。") + "</w:footnote>"
    body = p("办结", r("9"), '<w:r><w:footnoteReference w:id="2"/></w:r>', "件")
    assert lines(word(body, footnotes=notes)) == ["办结9件", "注：统计截至6月底。"]


@pytest.mark.parametrize(
    ("body", "parts", "words"),
    [
        (p("<w:ins>" + r("新") + "</w:ins>"), {}, "修订痕迹"),
        (p("甲", r("密", "<w:vanish/>")), {}, "隐藏文字"),
        (p("甲", "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"), {}, "1张图片"),
        (p("甲"), {"comments": "<w:comment/>"}, "批注未读取"),
        (p("甲") + "<w:altChunk/>", {}, "嵌有其他文件"),
        (p("甲", "<w:r><w:object><o:OLEObject/></w:object></w:r>"), {}, "嵌有其他文件"),
    ],
)
def test_what_was_left_out_is_noted(body: str, parts: dict[str, str], words: str) -> None:
    notes = extract(word(body, **parts), name="件.docx").notes
    assert [note for note in notes if words in note]


def test_nothing_to_note() -> None:
    assert extract(word(p("甲")), name="件.docx").notes == ()


def test_the_strict_form_is_read_as_well() -> None:
    assert lines(word(p("严格"), space="http://purl.oclc.org/ooxml/wordprocessingml/main")) == ["严格"]


def test_the_main_part_is_where_the_package_says() -> None:
    data = zipped(
        {
            "_rels/.rels": '<Relationships xmlns="r"><Relationship Type="x/officeDocument" Target="word/document2.xml"/></Relationships>',
            "word/document.xml": "<x/>",
            "word/document2.xml": word_xml("另一部分"),
        }
    )
    assert lines(data) == ["另一部分"]


def word_xml(words: str) -> str:
    return f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{p(words)}</w:body></w:document>'


DEEP = "<w:sdt>" * 3000 + p("深") + "</w:sdt>" * 3000


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (word(p("")), "gongwen.no_text", "没有文字"),
        (word(p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")), "gongwen.no_text", "只有图片"),
        (word(p("甲"))[:-30], "gongwen.damaged_file", "没有传完"),
        (zipped({"word/document.xml": word_xml("甲")[:60]}), "gongwen.damaged_file", "内容不完整"),
        (zipped({"word/document.xml": "<a/>"}), "gongwen.damaged_file", "没有正文"),
        (
            zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "gongwen.damaged_file",
            "类型声明",
        ),
        (zipped({"word/document.xml": "<!DOCTYPE a><a/>"}), "gongwen.damaged_file", "类型声明"),
        (word(DEEP), "gongwen.oversize_file", "层层嵌套"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "gongwen.foreign_file", "演示文稿"),
        (zipped({"a.txt": "x"}), "gongwen.foreign_file", "压缩文件"),
    ],
)
def test_refusals_name_the_file_and_the_remedy(data: bytes, code: str, words: str) -> None:
    with pytest.raises(GongwenError) as refused:
        extract(data, name="件.docx")
    assert refused.value.code == code
    assert str(refused.value).startswith("件.docx：")
    assert words in str(refused.value)
    assert "请" in str(refused.value)


def test_a_sign_with_an_impossible_code_is_left_out() -> None:
    assert lines(word(p('<w:r><w:sym w:font="甲" w:char="-5"/></w:r>', "乙"))) == ["乙"]
