"""`gongwen text FILE`: the text of a file, as spans count it, or cleaned where the file is text itself."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from gongwen.cleantext import clean_text
from gongwen.commands import DONE, REFUSED, Commands
from gongwen.errors import GongwenError
from gongwen.formats import Extraction, extract_file


def add(commands: Commands[Any]) -> None:
    """Enter the command."""
    command = commands.add_parser(
        "text", help="输出文件的文字：文本文件净化后的正文，其他格式提取出的文字（位置以此计算）"
    )
    command.add_argument("file", metavar="FILE")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the text; notes go to stderr."""
    try:
        extraction = extract_file(arguments.file)
    except GongwenError as error:
        print(error, file=sys.stderr)
        return REFUSED
    for note in extraction.notes:
        print(note, file=sys.stderr)
    sys.stdout.write(printed(extraction))
    return DONE


def printed(extraction: Extraction) -> str:
    """Text files cleaned; other formats exactly as extracted, since their spans count that text."""
    return clean_text(extraction.text) if extraction.format in ("txt", "md") else extraction.text
