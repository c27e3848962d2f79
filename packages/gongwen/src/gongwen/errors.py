"""读取失败: what may be wrong with a file. Reading a string never fails."""

from __future__ import annotations


class GongwenError(Exception):
    """无法读取: base class. `code` is stable; `str(error)` is a Chinese sentence with place, finding and remedy."""

    code = "gongwen.error"


class MissingFileError(GongwenError):
    """找不到文件."""

    code = "gongwen.missing_file"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}：找不到该文件。请核对文件名和所在文件夹。")


class UnreadableFileError(GongwenError):
    """文件打不开: the operating system refuses (a folder, no permission, a broken disk)."""

    code = "gongwen.unreadable_file"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}：文件打不开（{reason}）。请检查读取权限，或换一份文件重试。")


class BinaryFileError(GongwenError):
    """不是文本文件."""

    code = "gongwen.binary_file"

    def __init__(self, name: str, position: int) -> None:
        super().__init__(
            f"{name}：第{position + 1}个字节不是文字，文件可能是程序、图片或压缩文件。请另存为纯文本（.txt）或 Markdown（.md）后重试。"
        )


class UndecodableFileError(GongwenError):
    """编码无法识别: neither UTF-8 nor GB18030 nor marked UTF-16."""

    code = "gongwen.undecodable_file"

    def __init__(self, name: str, position: int) -> None:
        super().__init__(
            f"{name}：从第{position + 1}个字节起既不是 UTF-8 也不是 GB18030 编码。请用文本编辑器另存为 UTF-8 编码后重试。"
        )
