"""进度: one line on a terminal, rewritten in place; nothing where nobody looks on."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 24
_EVERY = 0.1


class Progress:
    """A bar over a known number of steps. Messages are put above it."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total, self._stream = total, stream
        self._shown = total > 1 and stream.isatty()
        self._done = 0
        self._started = self._last = time.monotonic()

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if now - self._last >= _EVERY or self._done == self._total:
            self._last = now
            self._draw()

    def tell(self, message: str) -> None:
        """A line that stays."""
        self._clear()
        print(message, file=self._stream, flush=True)
        self._draw()

    def line(self) -> str:
        """The bar as it is now."""
        filled = _WIDTH * self._done // max(self._total, 1)
        seconds = time.monotonic() - self._started
        rate = self._done / seconds if seconds else 0.0
        left = (
            f"，约剩 {(self._total - self._done) / rate:.0f} 秒" if rate and self._done < self._total else ""
        )
        return (
            f"[{'█' * filled}{'·' * (_WIDTH - filled)}] {self._done}/{self._total}，每秒 {rate:.1f} 件{left}"
        )

    def _draw(self) -> None:
        if self._shown:
            self._stream.write(f"\r\x1b[K{self.line()}")
            self._stream.flush()

    def _clear(self) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
