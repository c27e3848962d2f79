"""`gongwen compose FILE.json`: a document out of the JSON that `gongwen read --json` or a ledger wrote."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gongwen.commands import DONE, REFUSED, Commands
from gongwen.compose import compose
from gongwen.decoding import decode, file_bytes
from gongwen.errors import BadDocumentError, GongwenError
from gongwen.models import Bulletin


def add(commands: Commands[Any]) -> None:
    """Enter the command."""
    command = commands.add_parser(
        "compose", help="由 JSON 写回成文", description="由 gongwen read --json 的结果写回公文。"
    )
    command.add_argument("file", metavar="FILE.json")
    command.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="格式，默认 text"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="写入文件；省略时输出到屏幕")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compose and write."""
    try:
        words = composed(Path(arguments.file), arguments.format)
        _write(words, arguments.out)
    except GongwenError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"无法写入 {arguments.out}（{error.strerror}）。请换一个可写的位置。", file=sys.stderr)
        return REFUSED
    return DONE


def composed(file: Path, form: str) -> str:
    """The document of a JSON file. Raises `GongwenError`."""
    text = decode(file_bytes(file), name=file.name)
    try:
        said = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise BadDocumentError(file.name, "", f"不是 JSON（第{line}行起读不懂）") from None
    bulletin = Bulletin.from_dict(said, name=file.name)
    if form == "json":
        return json.dumps(bulletin.as_dict(), ensure_ascii=False, indent=1) + "\n"
    return compose(bulletin, form="markdown" if form == "markdown" else "text")


def _write(words: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(words)
    else:
        out.write_text(words, encoding="utf-8")
