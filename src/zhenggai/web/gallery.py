"""组件陈列: every component with what it is for, its attributes and examples. A test holds this list to the files."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.messages import INFO
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from zhenggai.web.desk.diff import FieldDifference, runs


@dataclass(frozen=True)
class Shelf:
    """A component: file name, Chinese title, purpose, attributes with their meaning, and examples as contexts."""

    name: str
    title: str
    purpose: str
    attributes: tuple[tuple[str, str], ...]
    examples: tuple[dict[str, Any], ...]

    @property
    def shown(self) -> list[SafeString]:
        """The examples as the page shows them."""
        return [render_to_string(f"_components/{self.name}.html", example) for example in self.examples]


class _Sample(forms.Form):
    code = forms.CharField(label="检查编号", help_text="例如 2026-XS-01。")
    verdict = forms.ChoiceField(
        label="审核结论", choices=[("yes", "采信"), ("no", "不予采信")], widget=forms.RadioSelect()
    )


def _bound(value: str) -> Any:
    return _Sample({"code": value}, auto_id=f"sample-{'wrong' if not value else 'right'}-%s")["code"]


class _Wrong:
    """A form of which something as a whole is wrong."""

    non_field_errors = ("登录名或密码不正确，请核对后重试。",)


_CONTENT = ("content", "内容，写在 component 标签之间")
_LOOK = ("look", "样式：primary、secondary、quiet、danger")
_BEFORE, _AFTER = "完成整改 27 个", "完成整改 29 个"
_PARAGRAPH = mark_safe("<p>市委召开常委会会议逐条认领问题。</p>")  # our own words

SHELVES = (
    Shelf(
        "button", "按钮", "办理一件事，或前往一个页面。不能用时变灰，并写明原因。",
        (("label", "文字"), _LOOK, ("href", "给出时是链接"), ("name", "提交的名称"), ("value", "提交的值"),
         ("data_key", "快捷键"), ("wide", "占满一行"), ("why_not", "变灰的原因；空表示可用")),
        ({"label": "采纳", "look": "primary", "data_key": "a"}, {"label": "更正"}, {"label": "不采纳", "look": "danger"},
         {"label": "读入文件", "look": "primary", "href": "#button"},
         {"label": "采纳", "look": "primary", "why_not": "采纳条目须由“整改办”岗位办理。"}),
    ),
    Shelf(
        "badge", "标记", "状态或比对结果，用文字和符号表示，不单靠颜色。",
        (("label", "文字"), ("look", "样式：open、accepted、corrected、rejected、superseded、new、changed、unsure、plain"), ("glyph", "符号")),
        ({"label": "待核", "look": "open", "glyph": "○"}, {"label": "已采纳", "look": "accepted", "glyph": "✓"},
         {"label": "更正后采纳", "look": "corrected", "glyph": "✎"}, {"label": "不采纳", "look": "rejected", "glyph": "✕"},
         {"label": "已被新版取代", "look": "superseded", "glyph": "↷"}, {"label": "有变化", "look": "changed"},
         {"label": "待认定", "look": "unsure"}, {"label": "新增", "look": "new"}),
    ),
    Shelf(
        "card", "卡片", "把一件事的内容围在一起。",
        (("title", "标题"), ("heading", "标题级别：h1、h2、h3"), _CONTENT),
        ({"title": "检查信息", "heading": "h3", "content": _PARAGRAPH},),
    ),
    Shelf(
        "facts", "要点", "并排的简短事实；没有的写短横线。",
        (("facts", "（名称，值）的列表"),),
        ({"facts": [("类别", "巡视"), ("反馈日期", "2025-08-19"), ("轮次", "")]},),
    ),
    Shelf(
        "field", "字段", "一个填写项；说明和错误与控件相连；一项有几个控件时成为一组。",
        (("field", "表单字段"),),
        ({"field": _bound("2026-XS-01")}, {"field": _bound("")}, {"field": _Sample(auto_id="sample-%s")["verdict"]}),
    ),
    Shelf(
        "form_errors", "表单错误", "整张表单的错误；没有错误时不占地方。",
        (("form", "表单"),), ({"form": _Wrong},),
    ),
    Shelf(
        "table", "表格", "成行的内容；窄屏时在自己的框里横向滚动。",
        (("caption", "读屏软件读出的标题"), ("head", "列标题"), ("numbers", "数字列的位置，从 1 起"), ("look", "compact 紧凑；stack 窄屏时每行成块"), _CONTENT),
        ({"caption": "示例表格", "head": ["编号", "被检查方"],
          "content": mark_safe("<tr><th scope='row'>2026-XS-01</th><td>岚江市</td></tr>")},),  # our own words
    ),
    Shelf(
        "tabs", "页签", "同一对象的几个部分；每个页签是一个地址。",
        (("label", "整组的名称"), ("tabs", "（名称，地址，是否当前，数量）的列表")),
        ({"label": "页签示例", "tabs": [("问题清单", "#tabs", True, 34), ("数字", "#tabs", False, None)]},),
    ),
    Shelf(
        "message", "提示", "一次操作之后的话。",
        (("look", "样式：success、error、warning、info"), ("text", "文字")),
        ({"look": "success", "text": "已采纳 34 条。"}, {"look": "error", "text": "该条目“已被新版取代”，不能再“采纳”。"},
         {"look": "warning", "text": "还有 2 条待核。"}, {"look": "info", "text": "该文件此前已读入，没有任何变化。"}),
    ),
    Shelf(
        "messages", "提示区", "页面上等待读者看的全部提示。",
        (("messages", "提示的列表"),),
        ({"messages": [Message(INFO, "读入完成：新增 12 条。")]},),
    ),
    Shelf(
        "empty", "空状态", "这里还没有东西，以及该做什么。",
        (("title", "还没有什么"), _CONTENT),
        ({"title": "还没有登记检查", "content": mark_safe("<p>读入一份反馈意见后，检查会显示在这里。</p>")},),
    ),
    Shelf(
        "breadcrumb", "路径", "从列表到本页的路。",
        (("label", "整组的名称"), ("crumbs", "（名称，地址）的列表；最后一项没有地址")),
        ({"label": "路径示例", "crumbs": [("检查", "#breadcrumb"), ("2026-XS-01", "#breadcrumb"), ("读件台", "")]},),
    ),
    Shelf(
        "pagination", "分页", "按键继续，不按页码，翻到后面也一样快。",
        (("label", "整组的名称"), ("name", "参数名"), ("next_key", "下一页的键；没有下一页为空"), ("first", "是否第一页"),
         ("keep", "要保留的其他参数")),
        ({"label": "分页示例", "name": "before", "next_key": 30, "first": False},),
    ),
    Shelf(
        "progress", "进度", "正在进行的事；不知道要多久时不填数值。",
        (("id", "标识"), ("label", "文字"), ("value", "已完成"), ("most", "总量"), ("hidden", "先不显示")),
        ({"label": "正在上传", "value": 40}, {"label": "正在读取，请稍候"}),
    ),
    Shelf(
        "confirm", "确认", "要再问一次的事：展开后才有真正的按钮，不用弹窗。",
        (("label", "收起时的文字"), _LOOK, ("data_key", "快捷键"), ("open", "是否展开"), ("id", "标识"), ("why_not", "不可用时变灰"), _CONTENT),
        ({"label": "全部采纳", "content": mark_safe("<p>将待核的 34 条记入台账。</p>")},  # our own words
         {"label": "全部采纳", "why_not": "须由整改办岗位办理。"}),
    ),
    Shelf(
        "key", "键位", "一个快捷键和它做的事；放在 dl 中。",
        (("keys", "键，用空格隔开"), ("label", "做什么")),
        ({"keys": "j ↓", "label": "下一条"},),
    ),
    Shelf(
        "diff", "差异", "两份内容逐字段、逐字的差异：删去的加删除线，新写的加下划线。",
        (("differences", "FieldDifference 的列表"),),
        ({"differences": [FieldDifference("问题", _BEFORE, _AFTER, runs(_BEFORE, _AFTER))]},),
    ),
)  # fmt: skip
"""Every component, in the order in which it is usually wanted."""
