"""`gongwen read FILE|FOLDER...`: what documents say, as a summary, JSON or a marked-up page.

Guarantees
1. Folders stand for the documents in them and below, by all cores; the results come in the order of the files.
2. A file that cannot be read, or whose reading ends its process, is named; the others are done; the exit status is then 1.
3. Results written to a folder keep their folders, and of two files of one name each has its own.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gongwen.commands import DONE, REFUSED, Commands
from gongwen.commands.outcomes import Outcome, Task, outcomes
from gongwen.commands.progress import Progress
from gongwen.commands.summary import summary, table

READABLE = frozenset(
    [
        ".txt",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".shtml",
        ".mht",
        ".mhtml",
        ".docx",
        ".docm",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".pdf",
        ".ofd",
        ".xlsx",
        ".xls",
        ".et",
        ".csv",
        ".tsv",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".bmp",
        ".webp",
    ]
)
NAMED = 5


def add(commands: Commands[Any]) -> None:
    """Enter the command."""
    command = commands.add_parser("read", help="读出公文中的问题、措施、数字、日期和引用文件")
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="文件，或含有公文的文件夹（连同下级文件夹）"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON；多个文件或文件夹时每行一个")
    command.add_argument("--html", action="store_true", help="输出标注了读取结果的网页")
    command.add_argument("--out", type=Path, metavar="DIR", help="把每个文件的结果写入该文件夹")
    command.add_argument(
        "--jobs", type=_positive, default=0, metavar="N", help="同时使用的进程数（默认用全部处理器）"
    )
    command.set_defaults(run=run)


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("进程数至少为 1")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Read all files and deliver their results as they come."""
    files, problems = _expanded(arguments.files)
    for sentence in (*problems, *_left_out(arguments.files)):
        print(sentence, file=sys.stderr)
    if arguments.html and len(files) > 1 and arguments.out is None:
        print("多个文件的网页请用 --out 指定文件夹。", file=sys.stderr)
        return 2
    tasks = list(_tasks(files, arguments))
    done: list[Outcome] = []
    with Progress(len(tasks), sys.stderr) as progress:
        for outcome in outcomes(tasks, arguments.jobs or _cores()):
            progress.step()
            _deliver(outcome, progress, show=arguments.out is None, many=len(tasks) > 1)
            done.append(outcome.brief())
    _tell_all(done, arguments, sys.stdout.isatty())
    return REFUSED if problems or any(outcome.problem for outcome in done) else DONE


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _expanded(names: Iterable[str]) -> tuple[list[tuple[Path, Path]], list[str]]:
    """Each file with the place that it keeps below an output folder, and sentences about what names no file."""
    files: list[tuple[Path, Path]] = []
    problems = []
    for name in names:
        path = Path(name)
        if not path.is_dir():
            files.append((path, Path(path.name)))
            continue
        found = sorted(file for file in path.rglob("*") if _is_document(file, path))
        files += [(file, file.relative_to(path)) for file in found]
        if not found:
            problems.append(f"{name}：文件夹中没有可读的文件。请核对文件夹，或直接给出文件名。")
    return files, problems


def _left_out(names: Iterable[str]) -> Iterator[str]:
    """A sentence for each folder with files of other kinds: whoever missed a document sees why."""
    for name in names:
        folder = Path(name)
        others = sorted(
            file
            for file in folder.rglob("*")
            if file.is_file() and not _is_hidden(file, folder) and not _is_document(file, folder)
        )
        if others:
            some = "、".join(str(file.relative_to(folder)) for file in others[:NAMED])
            more = "等" if len(others) > NAMED else ""
            yield f"{name}：略过 {len(others)} 个不是公文格式的文件：{some}{more}。"


def _is_document(file: Path, folder: Path) -> bool:
    """Readable by its suffix; hidden files are none."""
    return not _is_hidden(file, folder) and file.suffix.lower() in READABLE and file.is_file()


def _is_hidden(file: Path, folder: Path) -> bool:
    """Hidden, in a hidden folder, or the lock of an open office file."""
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def _tasks(files: list[tuple[Path, Path]], arguments: argparse.Namespace) -> Iterator[Task]:
    form = "html" if arguments.html else "json" if arguments.json or arguments.out else "summary"
    a_line = len(files) > 1 or any(Path(name).is_dir() for name in arguments.files)
    places = _places([place for _, place in files], ".html" if arguments.html else ".json")
    for (file, _), place in zip(files, places, strict=True):
        target = arguments.out / place if arguments.out else None
        yield Task(str(file), form, target, compact=a_line and target is None)


def _places(places: list[Path], suffix: str) -> list[Path]:
    """Where each result goes: the file's name with another suffix, and its own before it where two would meet."""
    plain = [place.with_suffix(suffix) for place in places]
    counts = Counter(plain)
    taken: Counter[Path] = Counter()
    result = []
    for place, simple in zip(places, plain, strict=True):
        own = simple if counts[simple] == 1 else place.with_name(place.name + suffix)
        taken[own] += 1
        result.append(own if taken[own] == 1 else own.with_name(f"{own.stem}-{taken[own]}{suffix}"))
    return result


def _deliver(outcome: Outcome, progress: Progress, *, show: bool, many: bool) -> None:
    if outcome.problem:
        progress.tell(outcome.problem)
    elif show and outcome.result:
        print(outcome.result)
    elif show and not many:
        print(summary(outcome))


def _tell_all(done: list[Outcome], arguments: argparse.Namespace, is_terminal: bool) -> None:  # noqa: FBT001
    """The table of a folder: the result itself without --json, else only for whoever looks on."""
    if len(done) > 1 and arguments.out is None and not arguments.json:
        print(table(done))
    elif len(done) > 1 and (is_terminal or sys.stderr.isatty()):
        print(table(done), file=sys.stderr)
