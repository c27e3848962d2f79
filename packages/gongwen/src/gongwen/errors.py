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


class EmptyFileError(GongwenError):
    """空文件: no byte that could be text."""

    code = "gongwen.empty_file"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}：文件是空的，没有可读的内容。请核对是否传错或没有传完，再重新选择文件。")


class NoTextError(GongwenError):
    """没有文字: a whole file in which no text was found (a blank page, pictures only)."""

    code = "gongwen.no_text"

    def __init__(self, name: str, finding: str, remedy: str) -> None:
        super().__init__(f"{name}：{finding}。{remedy}。")


class ForeignFileError(GongwenError):
    """不是公文格式: an archive, a program, a presentation."""

    code = "gongwen.foreign_file"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"{name}：这是{kind}，不能作为公文读取。请解压或另存为 .docx、.pdf、.ofd、.xlsx、.html 或 .txt 后重试。"
        )


class EncryptedFileError(GongwenError):
    """已加密: a password would be needed."""

    code = "gongwen.encrypted_file"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}：文件设有打开密码，内容无法读取。请用原软件取消密码后另存，再重试。")


class DamagedFileError(GongwenError):
    """文件损坏: cut off or not what its format demands."""

    code = "gongwen.damaged_file"

    def __init__(self, name: str, finding: str) -> None:
        super().__init__(
            f"{name}：文件已损坏（{finding}）。请向发文单位重新索取，或用原软件打开后另存再重试。"
        )


class OversizeFileError(GongwenError):
    """超过上限: what a file unpacks to, its pages or its pixels are more than is read."""

    code = "gongwen.oversize_file"

    def __init__(self, name: str, finding: str) -> None:
        super().__init__(f"{name}：{finding}，超过读取上限。请拆分成几个文件后重试。")


class MissingConverterError(GongwenError):
    """缺少组件: a program or an extra of this package that the format needs is not installed."""

    code = "gongwen.missing_converter"

    def __init__(self, name: str, needs: str, remedy: str) -> None:
        super().__init__(f"{name}：读取这种文件需要{needs}，本机没有安装。{remedy}。")


def rebuilt(kind: str, sentence: str) -> GongwenError:
    """The same refusal out of its class's name and its sentence, as another process reported it."""
    found = globals().get(kind)
    error_class = found if isinstance(found, type) and issubclass(found, GongwenError) else GongwenError
    error = error_class.__new__(error_class)
    Exception.__init__(error, sentence)
    return error


class BadDocumentError(GongwenError):
    """JSON 不合格式: a value of a document's JSON that is not what the schema demands."""

    code = "gongwen.bad_document"

    def __init__(self, name: str, place: str, finding: str) -> None:
        where = f"“{place}”" if place else "内容"
        super().__init__(
            f"{name}：{where}{finding}。请用 gongwen read --json 写出的文件，或按格式改正后重试。"
        )


class BadStyleError(GongwenError):
    """版式文件不合格式: a style of `gongwen.layout` that is not there or says what it cannot say."""

    code = "gongwen.bad_style"

    def __init__(self, name: str, place: str, finding: str, remedy: str) -> None:
        where = f"“{place}”" if place else ""
        super().__init__(f"版式 {name}：{where}{finding}。{remedy}。")


class BadMarkError(GongwenError):
    """标记不合要求: a link that lies outside its paragraph, crosses another one or leads where no page is."""

    code = "gongwen.bad_mark"

    def __init__(self, block: int, start: int, end: int, finding: str) -> None:
        super().__init__(
            f"第{block + 1}段第{start + 1}至{end}字的标记：{finding}。请按该段文字重新计算起止位置或改正链接。"
        )


class MissingFontError(GongwenError):
    """缺少字体: no font with Chinese characters to print with."""

    code = "gongwen.missing_font"


class MissingTypesetterError(GongwenError):
    """缺少排版组件: typst is not installed."""

    code = "gongwen.missing_typesetter"
