"""Timing, and one way to print it."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement: ours and the floor in seconds, and what was done how often."""

    name: str
    ours: float
    floor_name: str
    floor: float
    count: int
    noun: str

    def __str__(self) -> str:
        rate = self.count / self.ours
        return (
            f"{self.name:<46} {self.ours * 1000:9.1f} ms  {rate:10,.0f} {self.noun}/s   "
            f"{self.ours / self.floor:6.1f} x {self.floor_name} ({self.floor * 1000:.1f} ms)"
        )


def seconds(
    work: Callable[[], object], *, before: Callable[[], object] | None = None, times: int = 5
) -> float:
    """Median of several runs, collector off; ``before`` is not counted."""
    taken = []
    for _ in range(times):
        if before:
            before()
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
        gc.enable()
    return statistics.median(taken)
