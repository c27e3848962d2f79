"""网页杂项: lines that a web page or a printer puts around a document and that are no part of it."""

from __future__ import annotations

import re

from gongwen.reading.patterns import any_of

# 页码 between the lines of PDF text
PAGE_NUMBER = re.compile(
    r"[-—–－·\s]{1,4}\d{1,4}[-—–－·\s]{1,4}|第\s*\d{1,4}\s*页(?:[\s，,/／]*共\s*\d{1,4}\s*页)?|"
    r"\d{1,4}\s*/\s*\d{1,4}"
)

_STARTS = (
    "当前位置", "您的位置", "您现在的位置", "首页", "字体：", "字体:", "【字体", "[字体", "字号",
    "发布时间", "发布日期", "发文时间", "更新时间",
    "来源：", "来源:", "信息来源", "稿件来源", "文章来源", "作者：", "责任编辑", "编辑：", "审核：",
    "浏览次数", "浏览量", "阅读次数", "阅读：",
    "点击数", "点击：", "访问量", "分享到", "分享：", "分享至", "打印本页", "【打印", "[打印", "打印",
    "关闭窗口", "【关闭", "[关闭", "上一篇", "下一篇",
    "上一条", "下一条", "版权所有", "网站标识码", "备案号", "技术支持",
    "网站地图", "联系我们", "相关链接", "相关阅读",
    "推荐阅读", "相关文章", "扫一扫", "扫码", "无障碍", "索引号", "索 引 号", "索引：", "发布机构",
    "主题分类", "公开方式", "公开范围", "生成日期", "信息名称",
    "文  号", "有效性", "政府网站", "公安备案", "Copyright", "©", "友情链接", "登录", "注册", "我的收藏",
    "收藏", "点赞", "微信", "微博", "热门推荐",
    "附件下载", "返回顶部", "返回首页", "公安机关备案", "站点地图", "手机版", "繁体版",
)  # fmt: skip
_CONTAINS = re.compile(
    r"ICP备|公网安备|浏览(?:次数|量)[：:]|阅读(?:次数|量)[：:]|[>»＞\u203a][^，。]{1,20}[>»＞\u203a]|"
    r"网站标识码"
)
_STARTS_RE = re.compile(any_of(_STARTS))
_SITE = re.compile(
    r"[^，。：；]{2,20}(?:网站|门户|官网|(?<![管电水路热气])网)(?:[-_—|·].{0,60})?|[^，。]{2,60}[-_|"
    r"][^，。]{2,20}(?:网站|门户网|官网|人民政府)"
)
# Words that may as well begin a sentence of the document
_ORDINARY = ("登录", "注册", "微信", "微博", "打印", "收藏", "首页", "点赞", "扫码", "编辑", "审核")
# 主办单位：某某人民政府办公室 is the host of a page; 主办单位：市教育局 may answer for a problem.
_HOST = re.compile("(?:主办|承办)(?:单位)?：.*(?:网站|备案|标识码|技术支持|版权|人民政府|信息中心)")
_PAUSE = re.compile("[，。；]")
# What a line of the page around a document does not hold: the document's own sentences and measures are never dropped.
_SENTENCE = re.compile("[。；]|[一二三四五六七八九十]是")
_SHORT_LINE = 30
_MAX_LINE = 120

# A line that names the date of publication on the web
PUBLISHED = re.compile(r"(?:发布|发文|更新|公开|公布|生成|成文)?(?:时间|日期)[：:\t]")
# The list of other articles below such a line is debris to its end
LIST_HEADS = ("相关链接", "相关阅读", "推荐阅读", "相关文章", "热门推荐", "相关信息", "相关新闻")


def is_debris(text: str) -> bool:
    """Whether a line belongs to the page around the document rather than to the document."""
    if len(text) > _MAX_LINE:
        return False
    if _STARTS_RE.match(text):
        ordinary = text.startswith(_ORDINARY) and (len(text) > _SHORT_LINE or _PAUSE.search(text))
        if not ordinary and "。" not in text:
            return True
    if _HOST.match(text.replace(":", "：")):
        return True
    return bool((_CONTAINS.search(text) and not _SENTENCE.search(text)) or _SITE.fullmatch(text))
