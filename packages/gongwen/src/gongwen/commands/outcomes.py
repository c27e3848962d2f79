"""逐个文件阅读: one after the other or in several processes, always in the order of the files.

Guarantees
1. No more results wait than a few for each process, so that memory does not grow with the number of files.
2. A process that dies takes no other file with it: what it was reading is read once more alone, and named if that ends the process again.
"""

from __future__ import annotations

import json
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen.bulletin import read
from gongwen.checks import check
from gongwen.errors import GongwenError
from gongwen.formats import extract_file
from gongwen.models import Bulletin

_WAITING = 8


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be made of a file: `form` is json, html or summary; `target` is the file to write, or `None` to hand the result back."""

    file: str
    form: str
    target: Path | None
    compact: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What a document holds, for the summary."""

    kind: str
    title: str
    issuer: str
    issued_on: str
    format: str
    findings: int
    measures: int
    figures: int
    citations: int
    dates: int
    leftovers: int
    remarks: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """一个文件的结果: what was made of it, or the sentence that says why not."""

    file: str
    result: str = ""
    counts: Counts | None = None
    problem: str = ""

    def brief(self) -> Outcome:
        """The same without the result, to be kept for the table."""
        return replace(self, result="")


def outcomes(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Every task's outcome in the order of the tasks."""
    if jobs == 1 or len(tasks) < 2:  # noqa: PLR2004
        yield from map(perform, tasks)
        return
    pool = _pool(jobs)
    waiting: deque[tuple[Task, Future[Outcome]]] = deque()
    try:
        for task in tasks:
            pool = _submit(pool, task, waiting, jobs)
            if len(waiting) >= _WAITING * jobs:
                yield _outcome(*waiting.popleft())
        while waiting:
            yield _outcome(*waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=jobs, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl+C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submit(
    pool: ProcessPoolExecutor, task: Task, waiting: deque[tuple[Task, Future[Outcome]]], jobs: int
) -> ProcessPoolExecutor:
    """Hand a task to the pool, or to a new one if a process of the old one died."""
    try:
        waiting.append((task, pool.submit(perform, task)))
    except BrokenProcessPool:
        pool = _pool(jobs)
        waiting.append((task, pool.submit(perform, task)))
    return pool


def _outcome(task: Task, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return _alone(task)


def _alone(task: Task) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(perform, task).result()
        except BrokenProcessPool:
            name = Path(task.file).name
            return Outcome(
                task.file,
                problem=f"{name}：读取进程中途停止，可能是内存不足。请拆分文件，或用 --jobs 1 重试。",
            )


def perform(task: Task) -> Outcome:
    """Read one file and make of it what was asked."""
    try:
        extraction = extract_file(task.file)
        bulletin = read(extraction)
        result = _result(task, bulletin, extraction.text)
    except GongwenError as error:
        return Outcome(task.file, problem=str(error))
    if task.target is not None:
        try:
            task.target.parent.mkdir(parents=True, exist_ok=True)
            task.target.write_text(result + "\n", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            where = task.target.parent
            return Outcome(
                task.file,
                problem=f"{task.target.name}：无法写入文件夹“{where}”（{error.strerror}）。请换一个可写的文件夹。",
            )
        result = ""
    return Outcome(task.file, result, _counts(bulletin))


def _result(task: Task, bulletin: Bulletin, text: str) -> str:
    if task.form == "html":
        from gongwen.page import page  # noqa: PLC0415  (only where a page is wanted)

        return page(bulletin, text, name=Path(task.file).name, remarks=check(bulletin))
    if task.form == "summary":
        return ""
    if task.compact:
        return json.dumps(bulletin.as_dict(), ensure_ascii=False, separators=(",", ":"))
    return json.dumps(bulletin.as_dict(), ensure_ascii=False, indent=1)


def _counts(bulletin: Bulletin) -> Counts:
    return Counts(
        bulletin.kind,
        bulletin.title or "",
        bulletin.issuer or "",
        bulletin.issued_on or "",
        bulletin.format or "",
        len(bulletin.findings),
        sum(len(finding.measures) for finding in bulletin.findings),
        len(bulletin.quantities),
        len(bulletin.citations),
        len(bulletin.dates),
        len(bulletin.leftovers),
        sum(remark.severity != "hint" for remark in check(bulletin)),
    )
