"""隔离: runs what native code does with a foreign file in a process of its own, with limits on memory and time.

Guarantees
1. A crash, a hang or a flood of memory in a native library ends that process and becomes a sentence; the caller goes on.
2. What the child returns is data (JSON), never code.
3. It works from threads, from workers of a pool and from a server: a fresh interpreter is started, nothing is forked.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongwen import errors
from gongwen.errors import DamagedFileError, GongwenError, OversizeFileError
from gongwen.formats.extraction import Confidence, Extraction
from gongwen.formats.limits import MEGABYTE
from gongwen.models import Span

MEMORY = 950 * MEGABYTE
_TIMED_OUT = -1
# Ended by the clock, by the kernel for want of memory, or by the limit on processor time.
_OUT_OF_MEANS = (_TIMED_OUT, -signal.SIGKILL, -signal.SIGXCPU)


def extract_apart(module: str, data: bytes, *, name: str, seconds: int, **options: bool) -> Extraction:
    """Let `gongwen.formats.MODULE.extract_here(data, name=…, **options)` run apart. `seconds` of processor time at most.

    Raises what the module raises, `OversizeFileError` when time or memory ran out, `DamagedFileError` when it crashed.
    """
    with tempfile.TemporaryDirectory(prefix="gongwen-") as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        source.write_bytes(data)
        status, said = _run(
            [module, name, str(source), str(target), str(seconds), json.dumps(options)], seconds
        )
        if target.exists():
            return _result(json.loads(target.read_text(encoding="utf-8")))
    if status in _OUT_OF_MEANS or any(word in said for word in ("MemoryError", "bad_alloc")):
        raise OversizeFileError(name, "读取所需的内存或时间过多")
    raise DamagedFileError(name, "文件结构不合规范，读取程序中途停止")


def _run(arguments: list[str], seconds: int) -> tuple[int, str]:
    """Exit status of the child and what it said to the end; wall time may be three times the processor's."""
    command = [sys.executable, "-m", "gongwen.formats.jail", *arguments]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=3 * seconds + 30,
            env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _TIMED_OUT, ""
    return done.returncode, done.stderr.decode("utf-8", "replace")[-4000:]


def _environment() -> dict[str, str]:
    """The child finds the same packages; native libraries keep to one thread each, since several files may be read at a time."""
    paths = [path for path in sys.path if path]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _result(said: dict[str, Any]) -> Extraction:
    if "error" in said:
        raise errors.rebuilt(said["error"], said["message"])
    confidences = tuple(
        Confidence(Span(*line["span"]), Decimal(line["value"])) for line in said["confidences"]
    )
    return Extraction(said["text"], said["format"], tuple(said["notes"]), confidences)


# ---- in the child ----


def main(arguments: list[str]) -> int:
    """Read one file within the limits and write the result."""
    module, name, source, target, seconds, options = arguments
    _limit(int(seconds))
    try:
        extractor = importlib.import_module(f"gongwen.formats.{module}")
        said = asdict(extractor.extract_here(Path(source).read_bytes(), name=name, **json.loads(options)))
    except GongwenError as error:
        said = {"error": type(error).__name__, "message": str(error)}
    temporary = Path(target + ".part")
    temporary.write_text(
        json.dumps(said, ensure_ascii=False, default=str), encoding="utf-8", errors="surrogatepass"
    )
    temporary.replace(target)
    return 0


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    # Data, not address space: libraries reserve far more addresses than they ever use.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
