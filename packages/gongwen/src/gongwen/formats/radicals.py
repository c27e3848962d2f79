"""部首字: signs of the Kangxi and supplementary radicals, which PDF fonts give for the characters that look the same."""

from __future__ import annotations

import unicodedata

# The supplement has no decomposition in Unicode; only those that look like a whole character are read as one.
_SUPPLEMENT = {
    "⺟": "母", "⺠": "民", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻙": "韦",
    "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄",
    "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟", "⼾": "户", "⺒": "巳", "⺓": "幺", "⺛": "旡", "⺨": "犬", "⺪": "疋", "⺰": "纟",
}  # fmt: skip

RADICALS = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in range(0x2F00, 0x2FD6)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
} | _SUPPLEMENT
"""Sign → the character that it looks like."""
