"""命令: one module each; `add` enters it in the parser, its `run` returns the exit status."""

from __future__ import annotations

import argparse

Commands = argparse._SubParsersAction  # noqa: SLF001  (argparse has no public name for it)
DONE, REFUSED = 0, 1
