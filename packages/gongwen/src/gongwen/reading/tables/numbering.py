"""编号样式: the ways headings and measures are numbered, and the level each stands for (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# 1.12个部门…: things that are counted whole have no decimals, so the first figure is the number of the heading
_WHOLE = r"(?=\d{1,5}(?:[家名户所人项处件起台笔宗座辆份条]|个(?!百分点|小?时|月)))"

# 1.2025年…, 1.2025—2026年…: a year behind the number of a heading or step
_YEAR = r"(?=(?:19|20)\d{2}(?:年|[—-]{1,2}(?:19|20)\d{2}年))"

# level → pattern of the number as written at the start of a heading; parts (0) hold chapters (1)
HEADING_STYLES: tuple[tuple[int, str], ...] = (
    (0, rf"第[{CHINESE}]{{1,3}}(?:部分|章)[、：]?"),
    (1, rf"[{CHINESE}百]{{1,4}}[、，,．.]"),
    (2, rf"（[{CHINESE}百]{{1,4}}）(?!是)、?"),
    (3, r"\d{1,3}(?:\.(?!\d)|、(?!\d{1,2}[、月日年至-]))" + rf"|\d{{1,2}}\.(?:{_WHOLE}|{_YEAR})"),
    (4, r"（\d{1,3}）[.、]?"),
)

# 一是、二是…: a measure or a detail, never a heading
IS_STYLE = rf"[{CHINESE}]{{1,3}}是"
# numbered steps inside a text or cell: （1）… 1、… ①…
STEP_STYLES = (
    r"（\d{1,2}）",
    rf"\d{{1,2}}(?:\.(?!\d)|\.{_YEAR}|、(?!\d{{1,2}}[、月日年至-]))",
    rf"[{CIRCLED}]",
    rf"（[{CHINESE}]{{1,3}}）",
)

# What separates a numeral from the text behind it; dropped from paths.
PATH_TRIM = "、.．，：: "
