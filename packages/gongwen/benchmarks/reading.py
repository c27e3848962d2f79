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
