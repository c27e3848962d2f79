"""网页样式表: how the markup of `web` looks on a screen and on paper, by class names alone.

Each rule stands below `.gongwen`, so that it does not touch the page around it.
"""

from __future__ import annotations

from gongwen.layout.style import Style

_SONG = '"方正小标宋简体","FZXiaoBiaoSong-B05S","Source Han Serif SC","Noto Serif CJK SC","Noto Serif SC","Songti SC",SimSun,serif'
_FANG = '"仿宋_GB2312",FangSong,STFangsong,"FandolFang R","Noto Serif CJK SC","Source Han Serif SC",serif'
_KAI = '"楷体_GB2312",KaiTi,STKaiti,FandolKai,"LXGW WenKai","AR PL KaitiM GB",serif'
_HEI = '"黑体",SimHei,STHeiti,"Source Han Sans SC","Noto Sans CJK SC","PingFang SC",sans-serif'

STYLESHEET = f"""\
.gongwen{{max-width:46rem;margin:0 auto;font-family:{_FANG};font-size:1.125rem;line-height:1.9;overflow-wrap:anywhere}}
.gongwen p,.gongwen h1,.gongwen h2,.gongwen h3,.gongwen h4,.gongwen h5{{margin:0;font-size:inherit;font-weight:400;line-height:inherit}}
.gongwen p,.gongwen h2,.gongwen h3,.gongwen h4,.gongwen h5{{text-indent:2em;text-align:justify}}
.gongwen .gw-title{{font-family:{_SONG};font-weight:700;font-size:1.5em;line-height:1.45;text-align:center;text-indent:0;text-wrap:balance;margin:0 0 1.2em}}
.gongwen .gw-line{{display:inline-block}}
@media(min-width:40rem){{.gongwen .gw-line{{display:block}}}}
.gongwen .gw-subtitle,.gongwen .gw-number{{font-family:{_KAI};text-align:center;text-indent:0;margin-bottom:1em}}
.gongwen .gw-level-1{{font-family:{_HEI};font-weight:600}}
.gongwen .gw-level-2{{font-family:{_KAI}}}
.gongwen p.gw-run-in{{font-family:inherit;font-weight:inherit}}
.gongwen .gw-run-in.gw-level-1 .gw-run{{font-family:{_HEI};font-weight:600}}
.gongwen .gw-run-in.gw-level-2 .gw-run{{font-family:{_KAI}}}
.gongwen .gw-contact{{text-align:left}}
.gongwen .gw-annex{{padding-left:5em;text-indent:-3em}}
.gongwen .gw-issuer,.gongwen .gw-date{{text-align:right;text-indent:0;padding-right:4em}}
.gongwen .gw-signed{{margin:2em 4em 0 auto;width:-moz-fit-content;width:fit-content;text-align:center}}
.gongwen .gw-signed p{{padding:0;text-align:center}}
.gongwen .gw-scroll{{overflow-x:auto;margin:.6em 0}}
.gongwen table{{border-collapse:collapse;width:100%;font-size:.85em;line-height:1.5}}
.gongwen th,.gongwen td{{border:1px solid currentColor;padding:.25em .4em;text-align:left;vertical-align:middle;min-width:2.5em}}
.gongwen th{{font-family:{_HEI};font-weight:600;text-align:center}}
"""


def print_style(style: Style) -> str:
    """打印样式: paper and margins of a style, lines at its distance; for a page of its own only, since it says how the whole page is printed."""
    page, text = style.page, style.text
    turned = f"{page.left_mm:g}mm {page.top_mm:g}mm {page.right_mm:g}mm {page.bottom_mm:g}mm"
    return f"""\
@page{{size:{page.width_mm:g}mm {page.height_mm:g}mm;margin:{page.top_mm:g}mm {page.right_mm:g}mm {page.bottom_mm:g}mm {page.left_mm:g}mm}}
@page wide{{size:{page.height_mm:g}mm {page.width_mm:g}mm;margin:{turned}}}
@media print{{
html,body{{background:#fff;color:#000;margin:0;padding:0}}
.gongwen{{max-width:none;font-size:{text.size_pt:g}pt;line-height:{style.pitch_pt:g}pt}}
.gongwen .gw-title{{font-size:{style.title.size_pt:g}pt;line-height:{max(style.pitch_pt, 1.4 * style.title.size_pt):g}pt;margin-bottom:{style.pitch_pt:g}pt}}
.gongwen .gw-line{{display:block}}
.gongwen .gw-scroll{{overflow:visible}}
.gongwen table{{font-size:{style.table.size_pt:g}pt;line-height:1.25}}
.gongwen .gw-wide{{page:wide}}
.gongwen .gw-wide table{{font-size:{style.table.wide_size_pt:g}pt}}
.gongwen thead{{display:table-header-group}}
.gongwen tr,.gongwen .gw-signed{{break-inside:avoid}}
.gongwen h2,.gongwen h3,.gongwen h4,.gongwen h5{{break-after:avoid}}
.gongwen a{{color:inherit;text-decoration:none}}
}}
"""
