"""Files that commands write: whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from zhenggai.core.errors import Refusal


class Unwritable(Refusal):
    """无法写入: no such folder, no right to write there, a full disk."""

    code = "unwritable"


def write_whole(file: Path, parts: Iterable[bytes]) -> None:
    """Write a file and put it in its place when it is complete; Unwritable, and nothing changed, if that fails."""
    temporary = file.with_name(f".{file.name}.part")
    try:
        try:
            with temporary.open("wb") as out:
                out.writelines(parts)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(f"无法写入 {file}：{error.strerror}。请换一个可写的位置。") from error
