"""命令行: `gongwen read | check | text | compose`; each command is a module in `gongwen.commands`.

Guarantees
1. A file that cannot be read is named on stderr in Chinese; the others are done; the exit status is then 1.
2. Results go to stdout (or to files), messages to stderr; wrong usage exits with 2, an interruption with 130.
"""

from __future__ import annotations

import argparse
import os
import sys

from gongwen.commands import check, compose, read, text
from gongwen.version import READER

INTERRUPTED = 130
_COMMANDS = (read, check, text, compose)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = build_parser().parse_args(argv)
    _write_utf8()
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands."""
    parser = argparse.ArgumentParser(
        prog="gongwen",
        description="公文阅读：把公文读成问题、措施、数字、日期和引用文件，检查其中的差错，写回成文。",
    )
    parser.add_argument("--version", action="version", version=READER)
    commands = parser.add_subparsers(required=True, metavar="命令")
    for command in _COMMANDS:
        command.add(commands)
    return parser


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
