"""字体: which fonts of this machine stand for the faces that a style names, and what to install where none does.

Guarantees
1. A face has the font of its own name, else the first of its stand-ins that is there, in the order of likeness.
2. A character that a font lacks is taken from the next that has it: every chain ends in all Chinese fonts that were found.
3. Without any Chinese font nothing is printed: `MissingFontError` names the package and what still works.

Fonts are looked for where systems keep them, in TeX's Fandol folder and in the folders of `GONGWEN_FONTS`, once in a process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen.errors import MissingFontError, MissingTypesetterError

if TYPE_CHECKING:
    from typst import Fonts

ENVIRONMENT = "GONGWEN_FONTS"
_TEX = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype/public/fandol",
    "/usr/local/texlive/texmf-local/fonts/opentype/public/fandol",
)
_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "FandolSong", "AR PL SungtiL GB", "AR PL UMing CN", "AR PL New Sung")  # fmt: skip
_KAI = ("FandolKai", "LXGW WenKai", "LXGW WenKai GB", "AR PL KaitiM GB", "AR PL UKai CN", "TW-Kai")
_HEI = ("FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")  # fmt: skip

# Face → names under which it may be installed itself, and what stands in for it, likest first.
_FACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "方正小标宋简体": (
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
        ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", *_SONG[4:]),
    ),
    "仿宋_GB2312": (("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FZFangSong-Z02"), ("FandolFang R", "FandolFang", *_SONG)),
    "楷体_GB2312": (("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FZKai-Z03"), (*_KAI, *_SONG)),
    "黑体": (("SimHei", "STHeiti", "FZHei-B01"), _HEI),
    "宋体": (("SimSun", "NSimSun", "STSong"), _SONG),
}  # fmt: skip
_BOLD = frozenset({"方正小标宋简体"})
"""Faces whose stand-ins are taken in bold."""

_LATIN = ("Liberation Serif", "Nimbus Roman", "TeX Gyre Termes", "Tinos", "Libertinus Serif")
_KIND = {"title": "方正小标宋简体", "text": "仿宋_GB2312", "head": "黑体"}
_INSTALL = "fonts-noto-cjk"
_BETTER = {"仿宋_GB2312": "texlive-lang-chinese", "楷体_GB2312": "fonts-arphic-gkai00mp"}


@dataclass(frozen=True, slots=True)
class Face:
    """字体替代: `used` stands for `wanted`; `is_own` if it is that font itself; `install` names a Debian package with a better one."""

    wanted: str
    used: str | None
    is_own: bool
    install: str | None = None


@dataclass(frozen=True, slots=True)
class FontReport:
    """字体情况: each face of the official format, and whether a PDF can be made at all."""

    faces: tuple[Face, ...]
    can_print: bool
    advice: str

    def __str__(self) -> str:
        lines = [
            f"{face.wanted}：" + (f"使用 {face.used}" if face.used else "没有可用字体") + ("" if face.is_own or not face.used else "（替代）")
            for face in self.faces
        ]  # fmt: skip
        return "\n".join([*lines, self.advice])


def fonts() -> FontReport:
    """字体情况 of this machine. Raises `MissingTypesetterError` without typst."""
    found = families()
    faces = tuple(_face(wanted, found) for wanted in _FACES)
    can_print = any(face.used for face in faces)
    missing = tuple(dict.fromkeys(face.install for face in faces if face.install))
    if not can_print:
        advice = str(missing_fonts())
    elif missing:
        advice = f"要更接近规定字体，Debian 可安装：{'、'.join(missing)}；也可将单位有使用权的字体文件放进环境变量 {ENVIRONMENT} 所指的文件夹。"
    else:
        advice = "字体齐全。"
    return FontReport(faces, can_print, advice)


def _face(wanted: str, found: frozenset[str]) -> Face:
    own, others = _FACES[wanted]
    used = _first((wanted, *own, *others), found)
    better = _BETTER.get(wanted)
    wants_more = used is None or (better is not None and used in _SONG)
    return Face(wanted, used, used in (wanted, *own), (better or _INSTALL) if wants_more else None)


def chain(wanted: str, part: str, found: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """The fonts for a face, the first that has a character gives it, and whether they are to be bold.

    A name that is in no table is looked for as it is; `part` (title, text, head) says what stands in for it. Raises `MissingFontError`.
    """
    face = wanted if wanted in _FACES else _KIND[part]
    own, others = _FACES[face]
    names = [name for name in (wanted, *own, *others, *_SONG, *_KAI, *_HEI) if name in found]
    if not names:
        raise missing_fonts()
    is_own = names[0] in (wanted, *own)
    return tuple(dict.fromkeys(names)), face in _BOLD and not is_own


def latin_chain(wanted: str, found: frozenset[str]) -> tuple[str, ...]:
    """The fonts for letters and figures; the last comes with typst."""
    return tuple(name for name in (wanted, *_LATIN) if name in found) if wanted else ()


def _first(names: Iterable[str], found: frozenset[str]) -> str | None:
    return next((name for name in names if name in found), None)


def missing_fonts() -> MissingFontError:
    """The refusal where no Chinese font is."""
    return MissingFontError(
        f"本机没有中文字体，不能生成 PDF。Debian 12 请运行 apt-get install {_INSTALL}，或将字体文件放进环境变量 {ENVIRONMENT} 所指的文件夹。"
        "Word（docx）、网页（html）、Markdown、纯文本和 JSON 不受影响。"
    )


# ---- what is there ----


def folders() -> tuple[str, ...]:
    """Where fonts are looked for besides the system's own folders."""
    own = os.environ.get(ENVIRONMENT, "").split(os.pathsep)
    return tuple(folder for folder in (*own, *_TEX) if folder and Path(folder).is_dir())


def typesetter_fonts() -> Fonts:
    """Every font that typst found, searched for once in a process and set of folders. Raises `MissingTypesetterError`."""
    return _searched(folders())


def families() -> frozenset[str]:
    """The names of all fonts found."""
    return _named(folders())


@lru_cache(maxsize=4)
def _named(where: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_searched(where).families())


@lru_cache(maxsize=4)
def _searched(where: tuple[str, ...]) -> Fonts:
    try:
        from typst import Fonts  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingTypesetterError(
            '生成 PDF 需要组件 typst，本机没有安装。请运行 pip install "gongwen[layout]"；Word（docx）、网页（html）、Markdown、纯文本和 JSON 不受影响。'
        ) from None
    return Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=list(where))
