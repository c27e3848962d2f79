"""Reading against floors: `python packages/gongwen/benchmarks/reading.py`.

Printed are
1. characters a second and how many times the floor a full reading takes, at 10 KB to 1 MB of ordinary prose; the floor is what any
   reader must do at least: read the file and run one compiled pattern over its figures;
2. time and peak memory of a process that reads a document of 10 MB;
3. 1,000 documents read on one and on two processes;
4. the text of each format taken out, against a bare pass of the library that opens it.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from gongwen import extract, read
from gongwen.commands.outcomes import Task, outcomes

# About one figure in seventy characters, as bulletins have them
PROSE = """\
（一）着力解决“公共服务供给不够均衡”的问题。一是印发《溪州市公共服务提升方案（2025—2027年）》，坚持尽力而为、量力而行，把群众反映强烈的
入学难、看病难、办事难作为整改重点，逐项明确牵头领导和责任单位，2024年新建、改扩建学校14所，补充教师320名，县域内住院量占比达71.4%。
二是聚焦企业和群众办事的堵点难点，推动窗口前移、服务下沉，东区、西区网办率分别达到90.1%、89.2%，常态化开展“走流程、找短板”活动，推行首问
负责和一次性告知，受理投诉187件，接诉率和办结率均达100%。三是举一反三开展排查整治，建立部门联合会商和信息通报制度，压实属地管理和行业监管责任，
反馈的46处隐患已全部整改，坚决防止问题反弹回潮，切实把整改成效转化为治理效能，让群众看到实实在在的变化。
"""
SIZES = (10_000, 100_000, 1_000_000)
REPEATS = 3
LARGE_BYTES = 10_000_000
DOCUMENTS = 1000
DOCUMENT_CHARACTERS = 3000
FORMAT_CHARACTERS = 100_000
_FIGURES = re.compile(r"\d+(?:\.\d+)?[万亿]?[个项件处家%元]?")
_ONE_LARGE = """
import json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from gongwen import read
start = time.perf_counter()
figures = len(read(Path(sys.argv[2])).quantities)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([time.perf_counter() - start, peak, figures]))
"""


def main() -> None:
    """Print the four tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("characters   floor 1,000/s   read 1,000/s   read/floor")
        for size in SIZES:
            print(_line(_sample(folder, size), size))
        print(_large(_sample(folder, LARGE_BYTES * len(PROSE) // len(PROSE.encode()))))
        print(_many(folder))
        print("format   extracted 1,000 characters/s   bare library   extracted/bare")
        for format_, make, bare in FORMATS:
            print(_format_line(format_, make(folder), bare))


def _sample(folder: Path, size: int) -> Path:
    path = folder / f"{size}.txt"
    path.write_text((PROSE * (size // len(PROSE) + 1))[:size], encoding="utf-8")
    return path


def _line(path: Path, size: int) -> str:
    floor, reading = _seconds(lambda: _floor(path)), _seconds(lambda: read(path))
    return f"{size:>10,}   {size / floor / 1000:>13,.0f}   {size / reading / 1000:>12,.0f}   {reading / floor:>9.1f}"


def _floor(path: Path) -> object:
    return _FIGURES.findall(path.read_text(encoding="utf-8"))


def _seconds(work: Callable[[], object]) -> float:
    """The best of a few runs: the others measure the machine."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _large(path: Path) -> str:
    """A process of its own, whose peak is then the document's (and Python's own 12 MB)."""
    command = [sys.executable, "-c", _ONE_LARGE, str(Path(__file__).parents[1] / "src"), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, kilobytes, figures = json.loads(run.stdout)
    size, characters = path.stat().st_size, len(path.read_text(encoding="utf-8"))
    return (
        f"{size / 1e6:.1f} MB in {seconds:.1f} s ({characters / seconds:,.0f} characters/s), "
        f"peak {kilobytes / 1024:,.0f} MB, {figures:,} figures"
    )


def _many(folder: Path) -> str:
    """What `gongwen read FOLDER --json` does, without the printing.

    The parent's own part (handing out and taking back) is what limits the gain on idle cores: 1 / (1/2 + part).
    """
    tasks = [
        Task(str(path), "json", None, compact=True)
        for path in (_copy(folder, number) for number in range(DOCUMENTS))
    ]
    one, alone = _once(tasks, 1)
    two, parent = _once(tasks, 2)
    return (
        f"{DOCUMENTS:,} documents of {DOCUMENT_CHARACTERS:,} characters: one process {one:.1f} s, two {two:.1f} s, "
        f"{one / two:.2f} times as fast (parent's own part {parent / alone:.1%}; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} of all that runs here)"
    )


def _once(tasks: list[Task], jobs: int) -> tuple[float, float]:
    """Seconds, and of them those that this process itself was at work."""
    start, work = time.perf_counter(), time.process_time()
    for _ in outcomes(tasks, jobs):
        pass
    return time.perf_counter() - start, time.process_time() - work


def _copy(folder: Path, number: int) -> Path:
    """Documents that begin at different places of the prose, so that no two are the same."""
    path = folder / f"{number:04}.txt"
    shift = number % len(PROSE)
    path.write_text((PROSE * 20)[shift : shift + DOCUMENT_CHARACTERS], encoding="utf-8")
    return path


def _paragraphs() -> list[str]:
    return (PROSE * (FORMAT_CHARACTERS // len(PROSE))).splitlines()


def _html(folder: Path) -> Path:
    path = folder / "sample.html"
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in _paragraphs())
    path.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>通报</title><div>{body}</div>", encoding="utf-8"
    )
    return path


def _docx(folder: Path) -> Path:
    import docx

    document = docx.Document()
    for paragraph in _paragraphs():
        document.add_paragraph(paragraph)
    document.save(str(folder / "sample.docx"))
    return folder / "sample.docx"


def _xlsx(folder: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / "sample.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, paragraph in enumerate(_paragraphs()):
            sheet.write_row(row, 0, [row + 1, paragraph])
    return folder / "sample.xlsx"


def _pdf(folder: Path) -> Path:
    import typst

    source = folder / "sample.typ"
    setting = '#set text(font: "Noto Serif CJK SC", size: 16pt)\n'
    source.write_text(setting + "\n\n".join(_paragraphs()), encoding="utf-8")
    typst.compile(str(source), output=str(folder / "sample.pdf"))
    return folder / "sample.pdf"


def _bare_html(data: bytes) -> object:
    from lxml import html

    return html.fromstring(data.decode()).text_content()


def _bare_docx(data: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())


def _bare_xlsx(data: bytes) -> object:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [sheet.to_python() for sheet in map(book.get_sheet_by_name, book.sheet_names)]


def _bare_pdf(data: bytes) -> object:
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


FORMATS = (
    ("html", _html, _bare_html),
    ("docx", _docx, _bare_docx),
    ("xlsx", _xlsx, _bare_xlsx),
    ("pdf", _pdf, _bare_pdf),
)


def _format_line(format_: str, path: Path, bare: Callable[[bytes], object]) -> str:
    data = path.read_bytes()
    characters = len(extract(data, name=path.name).text)
    ours, floor = _seconds(lambda: extract(data, name=path.name)), _seconds(lambda: bare(data))
    ratio = f"{ours / floor:>14.1f}"
    return (
        f"{format_:<6}   {characters / ours / 1000:>28,.0f}   {characters / floor / 1000:>12,.0f}   {ratio}"
    )


if __name__ == "__main__":
    main()
