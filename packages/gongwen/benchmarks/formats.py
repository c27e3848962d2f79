"""Opening files against a bare pass of the library: `python packages/gongwen/benchmarks/formats.py`.

For each format one fictional document of a few pages: characters a second from bytes to text, and how many times that takes what the library
alone needs to give its raw text. Beside it, many files on one process and on two.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

import pypdfium2
from corpus import renderers
from lxml import html as lxml_html
from python_calamine import CalamineWorkbook

from gongwen import clean_text, extract

SOURCE = clean_text((HERE.parent / "tests" / "documents" / "lanjiang-2026.txt").read_bytes().decode())
MANY = 1000


def main() -> None:
    """Print one line a format, then the two rates."""
    lines = SOURCE.splitlines()
    print(f"{'format':10}{'1,000 chars/s':>14}{'times the bare pass':>22}")
    for name, data, bare in _cases(lines):
        took, floor = (
            _seconds(lambda data=data, name=name: extract(data, name=f"x.{name}")),
            _seconds(lambda data=data, bare=bare: bare(data)),
        )
        print(f"{name:10}{len(SOURCE) / took / 1000:>14,.0f}{took / floor:>22.1f}", flush=True)
    _many()


def _cases(lines: list[str]) -> list[tuple[str, bytes, Callable[[bytes], object]]]:
    return [
        (
            "html",
            renderers.html(lines),
            lambda data: lxml_html.document_fromstring(data.decode("gb18030")).text_content(),
        ),
        ("docx", renderers.docx(lines), _bare_zip("word/document.xml")),
        ("ofd", renderers.ofd(lines), _bare_zip("Doc_0/Pages/Page_0/Content.xml")),
        ("pdf", renderers.pdf(lines), _bare_pdf),
        (
            "xlsx",
            renderers.xlsx(lines),
            lambda data: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(),
        ),
    ]


def _bare_zip(part: str) -> Callable[[bytes], object]:
    import zipfile
    from xml.etree import ElementTree as ET

    return lambda data: "".join(ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part)).itertext())


def _bare_pdf(data: bytes) -> object:
    document = pypdfium2.PdfDocument(data)
    return [document[n].get_textpage().get_text_range() for n in range(len(document))]


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _many() -> None:
    """A thousand documents, read and written, on one process and on two."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(MANY):
            (Path(folder) / f"{number}.txt").write_text(SOURCE, encoding="utf-8")
        took = {jobs: _command(folder, jobs) for jobs in (1, 2)}
    print(
        f"{MANY} documents: {MANY / took[1]:.1f}/s on one process, {MANY / took[2]:.1f}/s on two ({took[1] / took[2]:.2f} times)"
    )


def _command(folder: str, jobs: int) -> float:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(
            [sys.executable, "-m", "gongwen", "read", folder, "--out", out, "--jobs", str(jobs)],
            check=True,
            capture_output=True,
        )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
