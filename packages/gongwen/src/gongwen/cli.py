"""命令行: `gongwen read FILE... [--json] [--out DIR] [--jobs N]` and `gongwen text FILE`.

Guarantees
1. A file that cannot be read is named on stderr in Chinese; the others are done; the exit status is then 1.
2. Results go to stdout (or to DIR), messages to stderr; wrong usage exits with 2.
3. With several files and `--json`, one JSON object a line, in the order of the files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gongwen.bulletin import read
from gongwen.cleantext import clean_text
from gongwen.errors import GongwenError
from gongwen.formats import Extraction, extract_file
from gongwen.models import Bulletin
from gongwen.version import READER

DONE, REFUSED = 0, 1
_TEXT_SUFFIXES = (".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Outcome:
    """一个文件的结果: JSON and summary, or the sentence that says why not."""

    path: str
    json: str = ""
    summary: str = ""
    problem: str = ""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = _parser().parse_args(argv)
    _write_utf8()
    status: int = arguments.run(arguments)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongwen", description="公文阅读：把公文读成问题、措施、数字、日期和引用文件。"
    )
    parser.add_argument("--version", action="version", version=READER)
    commands = parser.add_subparsers(required=True, metavar="命令")
    _add_read(commands)
    _add_text(commands)
    return parser


def _add_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("read", help="读出公文中的问题、措施、数字、日期和引用文件")
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="文本（.txt）或 Markdown（.md）文件，或含有这些文件的文件夹"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON；多个文件时每行一个")
    command.add_argument("--out", type=Path, metavar="DIR", help="把每个文件的 JSON 写入该文件夹")
    command.add_argument("--jobs", type=_positive, default=1, metavar="N", help="同时使用的进程数（默认 1）")
    command.set_defaults(run=_run_read)


def _add_text(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("text", help="输出净化后的正文")
    command.add_argument("file", metavar="FILE")
    command.set_defaults(run=_run_text)


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("进程数至少为 1")
    return number


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run_read(arguments: argparse.Namespace) -> int:
    files = list(_expanded(arguments.files))
    many = len(files) > 1
    status = DONE
    for outcome in _outcomes(files, arguments.jobs, compact=many and arguments.out is None):
        problem = outcome.problem or _deliver(outcome, arguments)
        if problem:
            print(problem, file=sys.stderr)
            status = REFUSED
    return status


def _expanded(names: list[str]) -> Iterator[str]:
    """Folders stand for the text files in them, in the order of their names."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(str(file) for file in path.iterdir() if file.suffix.lower() in _TEXT_SUFFIXES)
        else:
            yield name


def _outcomes(files: list[str], jobs: int, *, compact: bool) -> Iterator[Outcome]:
    work = [(file, compact) for file in files]
    if jobs == 1 or len(files) < 2:  # noqa: PLR2004
        yield from map(_read_one, work)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(files))) as pool:
        yield from pool.map(_read_one, work, chunksize=max(1, len(work) // (jobs * 4)))


def _read_one(work: tuple[str, bool]) -> Outcome:
    file, compact = work
    try:
        bulletin = read(Path(file))
    except GongwenError as error:
        return Outcome(file, problem=str(error))
    layout = {"separators": (",", ":")} if compact else {"indent": 1}
    text = json.dumps(bulletin.as_dict(), ensure_ascii=False, **layout)
    return Outcome(file, text, summary(file, bulletin))


def _deliver(outcome: Outcome, arguments: argparse.Namespace) -> str:
    """Write one result; returns the sentence of a failure or nothing."""
    if arguments.out is None:
        print(outcome.json if arguments.json else outcome.summary)
        return ""
    target = arguments.out / (Path(outcome.path).stem + ".json")
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        target.write_text(outcome.json + "\n", encoding="utf-8")
    except OSError as error:
        return f"{target.name}：无法写入文件夹“{arguments.out}”（{error.strerror}）。请换一个可写的文件夹。"
    return ""


def summary(file: str, bulletin: Bulletin) -> str:
    """摘要: a few Chinese lines for a person."""
    measures = sum(len(finding.measures) for finding in bulletin.findings)
    lines = [
        f"{Path(file).name}：{bulletin.kind}，{bulletin.title or '（未见标题）'}",
        f"  发文：{bulletin.issuer or '未见署名'}，{bulletin.issued_on or '未见日期'}",
        (
            f"  问题 {len(bulletin.findings)} 个，措施 {measures} 条，数字 {len(bulletin.quantities)} 处，"
            f"引用文件 {len(bulletin.citations)} 件，日期 {len(bulletin.dates)} 处，未识别 {len(bulletin.leftovers)} 处"
        ),
    ]
    return "\n".join(lines)


def printed(extraction: Extraction) -> str:
    """What `gongwen text` prints: text files cleaned, other formats exactly as extracted, since their spans count that text."""
    return clean_text(extraction.text) if extraction.format in ("txt", "md") else extraction.text


def _run_text(arguments: argparse.Namespace) -> int:
    try:
        sys.stdout.write(printed(extract_file(arguments.file)))
    except GongwenError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return DONE


if __name__ == "__main__":
    sys.exit(main())
