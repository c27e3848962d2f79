"""Reading against a floor: `python packages/gongwen/benchmarks/reading.py`.

The floor is what any reader must do at least: read the file and run one compiled pattern over its figures. Printed are
characters a second and how many times the floor a full reading takes, at 10 KB, 100 KB and 1 MB of ordinary prose.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from gongwen import read

PROSE = """\
（一）着力解决“公共服务供给不够均衡”的问题。一是印发《溪州市公共服务提升方案（2025—2027年）》，2024年新建、改扩建学校14所，
补充教师320名，县域内住院量占比达71.4%，同比提升2.3个百分点。二是东区、西区优化政务服务，网办率分别达到90.1%、89.2%，
受理投诉187件，接诉率和办结率均达100%。三是反馈的46处隐患已全部整改，其余3处纳入2025年攻坚计划，挽回资金88.6万元。
"""
SIZES = (10_000, 100_000, 1_000_000)
REPEATS = 3
_FIGURES = re.compile(r"\d+(?:\.\d+)?[万亿]?[个项件处家%元]?")


def main() -> None:
    """Print one line a size."""
    print("characters   floor 1,000/s   read 1,000/s   read/floor")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            print(_line(_sample(Path(folder), size), size))


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


if __name__ == "__main__":
    main()
