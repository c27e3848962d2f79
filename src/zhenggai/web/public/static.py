"""静态站点: the public pages as files for any web server, or for none.

Guarantees
1. The folder holds the old site or the new one, whenever the run is killed; on systems that cannot exchange folders there is a moment without
   either, which the next run mends.
2. The same editions give the same bytes; a second run changes nothing. What is no longer public does not linger.
3. A folder with files that this command did not write is refused, and left as it is.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from zhenggai.bulletins.public import published
from zhenggai.core.addresses import web_address
from zhenggai.core.errors import Refusal
from zhenggai.web.public.render import render
from zhenggai.web.public.site import Site

MANIFEST = ".zhenggai-site.json"
"""Names and digests of all files that we wrote: by it a folder is known to be ours."""

_FORMAT = "zhenggai-site/1"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD: paths are relative to the working folder


class SiteRefused(Refusal):
    """站点不能写出: the folder, or the address, cannot be used."""

    code = "site_refused"


@dataclass(frozen=True)
class Report:
    """写出结果: how many files of how many bytes stand in the folder, whether anything was changed, and what could not be made and why."""

    folder: Path
    files: int
    size: int
    changed: bool
    notes: tuple[str, ...] = ()


def write_site(folder: Path, base_url: str = "") -> Report:
    """写出静态站点: every public page and file below a folder, in place of the site that is there.

    ``base_url`` is the address at which the folder will be reached; without it QR codes are left out and addresses in the feed are relative.
    SiteRefused for a folder with files of others, one that cannot be written, or an address that is none.
    """
    notes: list[str] = []
    site = Site(_address(base_url), live=False)
    files = {_file(page.path): page.body for page in render(published(), site, None, notes)}
    said = tuple(dict.fromkeys(notes))
    folder = folder.absolute()
    wanted = _manifest(files)
    size = sum(map(len, files.values()))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _mend(folder)
            check_ours(folder)
            if _stands(folder, wanted):
                return Report(folder, len(files), size, changed=False, notes=said)
            new = _beside(folder, "new")
            _write(new, files, wanted)
            _put(new, folder)
    except OSError as error:
        raise SiteRefused(
            f"无法写出到 {folder}：{error.strerror}。请换一个可写的目录；它与所在的上级目录须在同一个盘上，且不是挂载点。"
        ) from error
    return Report(folder, len(files), size, changed=True, notes=said)


def check_ours(folder: Path) -> None:
    """Raise SiteRefused, naming the first of them, if a folder holds files that we did not write."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise SiteRefused(f"{folder} 不是普通目录，请另指定一个空目录。")
    known = _known(folder)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if (file.is_symlink() or not file.is_dir()) and name not in known and name != MANIFEST:
            raise SiteRefused(
                f"目录 {folder} 中有别的文件（{name}），不会覆盖。请另指定一个空目录，或先移走这些文件。",
                file=name,
            )


def _address(written: str) -> str:
    if not written:
        return ""
    try:
        return web_address(written)
    except ValueError:
        raise SiteRefused(
            f"网址“{written}”无法识别，请写这个目录将来的完整网址，例如 https://www.example.gov.cn/zhenggai。"
        ) from None


def _file(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path


def _manifest(files: Mapping[str, bytes]) -> bytes:
    digests = {name: sha256(files[name]).hexdigest() for name in sorted(files)}
    return (json.dumps({"format": _FORMAT, "files": digests}, ensure_ascii=False, indent=1) + "\n").encode()


def _known(folder: Path) -> Mapping[str, str]:
    """Name → digest of what we wrote into a folder; nothing if it is not ours."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        known: dict[str, str] = said["files"] if said["format"] == _FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return known


def _stands(folder: Path, wanted: bytes) -> bool:
    """Whether a folder holds just what is wanted, byte for byte."""
    manifest = folder / MANIFEST
    if not manifest.is_file() or manifest.read_bytes() != wanted:
        return False
    for name, digest in _known(folder).items():
        file = folder / name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != digest:
            return False
    return True


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One run at a time: whoever comes second waits."""
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _beside(folder: Path, what: str) -> Path:
    return folder.parent / f".{folder.name}.zhenggai-{what}"


def _mend(folder: Path) -> None:
    """After a run that was killed: put back an old site that stands aside, and take away what was half written."""
    old, new = _beside(folder, "old"), _beside(folder, "new")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for left in (old, new):
        if left.is_dir():
            shutil.rmtree(left)


def _write(folder: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    """All files, the manifest last, each on the disk before the folder takes its place."""
    folder.mkdir()
    for name, body in [*sorted(files.items()), (MANIFEST, manifest)]:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())


def _put(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one."""
    if not folder.exists():
        new.rename(folder)
        return
    if not _exchanged(new, folder):
        old = _beside(folder, "old")
        folder.rename(old)
        new.rename(folder)
        new = old
    shutil.rmtree(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk has no such step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
