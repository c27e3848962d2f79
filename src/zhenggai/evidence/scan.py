"""病毒扫描: asks a scanner before anything is kept, and fails closed: no clear answer, no file."""

import socket
import struct
import subprocess

from django.conf import settings

from zhenggai.core.errors import Refusal

SECONDS = 60
"""How long the scanner may stay silent."""
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096


class FileInfected(Refusal):
    """发现病毒: the scanner found something."""

    code = "file_infected"


class ScanFailed(Refusal):
    """未能扫描: no scanner, no answer in time, or one that says neither yes nor no; so the file is not kept."""

    code = "scan_failed"


def check_clean(name: str, data: bytes) -> None:
    """Raise FileInfected or ScanFailed unless the scanner of ZHENGGAI_SCAN calls the bytes clean; without a scanner nothing is asked."""
    scanner = settings.EVIDENCE_SCAN
    if scanner is None:
        return
    kind, place, port = scanner
    try:
        found = _ask_clamd(place, port, data) if kind == "clamd" else _ask_command(place, data)
    except (TimeoutError, subprocess.TimeoutExpired) as error:
        raise ScanFailed(
            f"病毒扫描在 {SECONDS} 秒内没有答复，文件“{name}”未存档。请稍后重试，仍不行请联系系统管理员。"
        ) from error
    except OSError as error:
        raise ScanFailed(
            f"病毒扫描服务无法使用（{error.strerror or error}），文件“{name}”未存档。请联系系统管理员检查 ZHENGGAI_SCAN。"
        ) from error
    except ValueError as error:
        raise ScanFailed(
            f"病毒扫描的答复无法识别（{error}），文件“{name}”未存档。请联系系统管理员检查扫描程序。"
        ) from error
    if found:
        raise FileInfected(
            f"文件“{name}”被查出病毒（{found}），未存档。请清除病毒后重新上传，并检查来源电脑。", found=found
        )


def _ask_clamd(place: str, port: int, data: bytes) -> str:
    """What clamd's INSTREAM finds; empty when the bytes are clean. ValueError for any other answer."""
    family = socket.AF_UNIX if not port else socket.AF_UNSPEC
    with _connected(family, place, port) as line:
        line.sendall(b"zINSTREAM\0")
        view = memoryview(data)
        try:
            for start in range(0, len(view), _PIECE):
                piece = view[start : start + _PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, and its answer says why
        answer = b""
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER and (heard := line.recv(_LONGEST_ANSWER)):
            answer += heard
    said = answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise ValueError(said[:200] or "空")


def _connected(family: int, place: str, port: int) -> socket.socket:
    if family != socket.AF_UNIX:
        return socket.create_connection((place, port), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def _ask_command(place: str, data: bytes) -> str:
    """What a program finds that reads the bytes: exit 0 clean, 1 infected with the name on the first line. ValueError otherwise."""
    done = subprocess.run([place], input=data, capture_output=True, timeout=SECONDS, check=False)
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == 0:
        return ""
    if done.returncode == 1:
        return said[0][:200] if said else "未说明名称"
    raise ValueError(f"退出码 {done.returncode}")
