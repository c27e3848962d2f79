"""Laying out against floors: `python packages/gongwen/benchmarks/layout.py`.

A document of 10,000 characters with 100 figures, and ten times that. Printed are
1. .docx, beside a bare archive of the same paragraphs and python-docx writing them without any format;
2. .pdf, beside typst setting the same plain paragraphs, with the compiler warm, and cold in a process of its own;
3. .html, beside joining escaped paragraphs;
4. how the time grows: 10 is linear.

Times are of the processor, all threads taken together, so that what else runs here does not count; the wall's is less where typst has two cores.
"""

from __future__ import annotations

import html
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

SOURCE = str(Path(__file__).parents[1] / "src")
sys.path.insert(0, SOURCE)

from gongwen import Bulletin, GongwenError, read
from gongwen.layout import Form, layout

_ONE = (
    "（{n}）着力解决“公共服务供给不够均衡”的问题。一是印发《溪州市公共服务提升方案》，坚持尽力而为、量力而行，把群众反映强烈的入学难、看病难、办事难"
    "作为整改重点，逐项明确牵头领导和责任单位，新建学校{a}所，县域内住院量占比达{b}.4%。二是聚焦企业和群众办事的堵点难点，推动窗口前移、服务下沉，"
    "常态化开展“走流程、找短板”活动，推行首问负责和一次性告知，压实属地管理和行业监管责任，建立部门联合会商和信息通报制度，受理投诉{c}件，"
    "坚决防止问题反弹回潮，切实把整改成效转化为治理效能，排查隐患{d}处，让群众看到实实在在的变化，确保整改工作取得群众认可的实效。"
)
_CHINESE = "一二三四五六七八九十"
_COLD = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from gongwen import Bulletin
import json
from gongwen.layout import layout
bulletin = Bulletin.from_dict(json.loads(Path(sys.argv[2]).read_text()))
start = time.process_time()
layout(bulletin, "pdf")
print(time.process_time() - start)
"""
REPEATS = 5


def main() -> None:
    """Print the table."""
    small, large = _bulletin(1), _bulletin(10)
    characters = [sum(len(block.text) for block in each.blocks) for each in (small, large)]
    print(
        f"{characters[0]:,} characters with {len(small.quantities)} figures, and {characters[1]:,} with {len(large.quantities):,}"
    )
    print("form   10,000 ms   100,000 ms   growth   floor ms   form/floor   floor")
    floors: list[tuple[Form, str, Callable[[Bulletin], object]]] = [
        ("docx", "bare archive", _bare_archive),
        ("docx", "python-docx, no format", _python_docx),
        ("pdf", "typst, plain text, warm", _typst()),
        ("html", "escaped paragraphs", _bare_html),
    ]
    for form, name, floor in floors:
        try:
            print(_line(form, name, floor, small, large))
        except GongwenError as error:
            print(f"{form:<4}   {error}")
    print(f"pdf in a process of its own, fonts searched for: {_cold(small):,.0f} ms")


def _bulletin(times: int) -> Bulletin:
    lines = ["中共溪州市委关于省委第四轮巡视整改进展情况的通报", "一、反馈问题整改情况"]
    for number in range(40 * times):
        chinese = _CHINESE[number % 10]
        if number and number % 10 == 0:
            lines.append(f"{_CHINESE[number // 10 % 10]}、下一类问题整改情况")
        lines.append(_ONE.format(n=chinese, a=number + 2, b=number % 90 + 5, c=number + 17, d=number + 3))
    return read("\n".join([*lines, "中共溪州市委", "2026年1月15日"]) + "\n")


def _line(
    form: Form, name: str, floor: Callable[[Bulletin], object], small: Bulletin, large: Bulletin
) -> str:
    ours, grown, bare = (
        _milliseconds(lambda: layout(_varied(small), form)),
        _milliseconds(lambda: layout(_varied(large), form)),
        _milliseconds(lambda: floor(small)),
    )
    return f"{form:<4}   {ours:>9.1f}   {grown:>10.1f}   {grown / ours:>6.1f}   {bare:>8.1f}   {ours / bare:>10.1f}   {name}"


def _varied(bulletin: Bulletin) -> Bulletin:
    """Another text each time, or the compiler would only look up what it did before."""
    first, *rest = bulletin.blocks[1:]
    return replace(
        bulletin,
        blocks=(bulletin.blocks[0], replace(first, text=f"{first.text}{time.perf_counter_ns()}"), *rest),
    )


def _milliseconds(work: Callable[[], object]) -> float:
    """The best of a few runs, the first left out: it searches for fonts and fills caches."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def _bare_archive(bulletin: Bulletin) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        body = "".join(f"<w:p><w:r><w:t>{html.escape(b.text)}</w:t></w:r></w:p>" for b in bulletin.blocks)
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def _python_docx(bulletin: Bulletin) -> bytes:
    import docx

    document = docx.Document()
    for block in bulletin.blocks:
        document.add_paragraph(block.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _typst() -> Callable[[Bulletin], object]:
    import typst

    fonts = typst.Fonts()

    def work(bulletin: Bulletin) -> object:
        words = "\n\n".join(block.text.replace("“", "\\u{201c}") for block in bulletin.blocks)
        source = f'#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")\n#set par(justify: true)\n{time.perf_counter_ns()}\n\n{words}'
        return typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf")

    return work


def _bare_html(bulletin: Bulletin) -> bytes:
    return "".join(f"<p>{html.escape(block.text)}</p>" for block in bulletin.blocks).encode()


def _cold(bulletin: Bulletin) -> float:
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bulletin.json"
        path.write_text(json.dumps(bulletin.as_dict()), encoding="utf-8")
        times = [
            float(
                subprocess.run(
                    [sys.executable, "-c", _COLD, SOURCE, str(path)],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for _ in range(3)
        ]
    return 1000 * min(times)


if __name__ == "__main__":
    main()
