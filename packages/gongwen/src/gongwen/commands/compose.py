"""`gongwen compose FILE.json`: a document out of the JSON that `gongwen read --json` or a ledger wrote.

Guarantees
1. The form is as `--to` says, else as the name after `--out` ends, else plain text.
2. A .docx or .pdf never goes to a terminal; into a file or a pipe it goes byte for byte.
3. A refusal is a Chinese sentence on stderr and status 1; then nothing was written.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongwen.commands import DONE, REFUSED, Commands
from gongwen.decoding import decode, file_bytes
from gongwen.errors import BadDocumentError, GongwenError
from gongwen.models import Bulletin

if TYPE_CHECKING:
    from gongwen.layout import Form

_STYLE = "gbt9704"
_FORMS: dict[str, Form] = {
    "docx": "docx", "pdf": "pdf", "html": "html", "md": "markdown", "txt": "text", "json": "json",
    "markdown": "markdown", "text": "text",
}  # fmt: skip
_BINARY = frozenset({"docx", "pdf"})


def add(commands: Commands[Any]) -> None:
    """Enter the command."""
    command = commands.add_parser(
        "compose",
        help="由 JSON 写回成文",
        description="由 gongwen read --json 的结果写回公文：Word、PDF、网页、Markdown、纯文本或 JSON。",
    )
    command.add_argument("file", metavar="FILE.json")
    command.add_argument(
        "--to", "--format", dest="to", choices=tuple(_FORMS), metavar="FORM",
        help="格式：docx、pdf、html、md、txt、json；省略时按 --out 的扩展名，否则为 txt",
    )  # fmt: skip
    command.add_argument("--out", type=Path, metavar="FILE", help="写入文件；省略时输出到屏幕")
    command.add_argument(
        "--style", default=_STYLE, metavar="NAME",
        help=f"版式：gbt9704、local29、local33，或自己的 .toml 文件，默认 {_STYLE}",
    )  # fmt: skip
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compose and write."""
    form = _form(arguments.to, arguments.out)
    if form in _BINARY and arguments.out is None and sys.stdout.isatty():
        print(f"{form} 不是文字，不能显示在屏幕上。请用 --out 文件名.{form} 写入文件。", file=sys.stderr)
        return REFUSED
    try:
        _write(composed(Path(arguments.file), form, arguments.style), arguments.out)
    except GongwenError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"无法写入 {arguments.out}（{error.strerror}）。请换一个可写的位置。", file=sys.stderr)
        return REFUSED
    return DONE


def _form(said: str | None, out: Path | None) -> Form:
    ending = out.suffix.removeprefix(".").lower() if out else ""
    return _FORMS.get(said or ending, "text")


def composed(file: Path, form: Form, style: str = _STYLE) -> bytes:
    """The document of a JSON file. Raises `GongwenError`."""
    text = decode(file_bytes(file), name=file.name)
    try:
        said = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise BadDocumentError(file.name, "", f"不是 JSON（第{line}行起读不懂）") from None
    from gongwen.layout import layout  # noqa: PLC0415  (the other commands start faster without it)

    return layout(Bulletin.from_dict(said, name=file.name), form, style=style)


def _write(content: bytes, out: Path | None) -> None:
    if out is not None:
        out.write_bytes(content)
    elif hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:  # a caller that gathers text, as tests and notebooks do
        sys.stdout.write(content.decode())
