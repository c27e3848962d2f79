"""Small typed readers of the environment; nonsense is refused with a sentence that says how to mend it. Knows no Django."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from zhenggai.core.addresses import web_address

SQLITE_FILE = "zhenggai.sqlite3"


class SettingRefused(Exception):  # noqa: N818
    """设置有误: a setting that cannot be used, with the remedy."""


def data_folder() -> Path:
    """数据目录: ZHENGGAI_DATA, default ./data. Database, evidence and keys stand below it."""
    return Path(os.environ.get("ZHENGGAI_DATA") or "data").resolve()


def heads_folder(data: Path) -> Path:
    """树头文件夹: ZHENGGAI_HEADS, best on another machine; default ``heads`` in the data folder."""
    return Path(os.environ.get("ZHENGGAI_HEADS") or data / "heads").resolve()


_PROFILES = {"": "sha256", "guomi": "sm3"}


def journal_hash() -> str:
    """密码算法: ZHENGGAI_PROFILE=guomi begins a new journal with SM3 (and SM2 signatures), else it is SHA-256 (and Ed25519)."""
    profile = os.environ.get("ZHENGGAI_PROFILE", "").strip().lower()
    if profile not in _PROFILES:
        raise SettingRefused(f"环境变量 ZHENGGAI_PROFILE 的值“{profile}”无法识别，请写 guomi 或留空。")
    if _PROFILES[profile] not in hashlib.algorithms_available:
        raise SettingRefused(
            "这里的 Python（OpenSSL）没有 SM3，不能采用 ZHENGGAI_PROFILE=guomi，请换用带 SM3 的版本。"
        )
    return _PROFILES[profile]


def flag(name: str, *, default: bool) -> bool:
    """Read a yes-or-no setting."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise SettingRefused(f"环境变量 {name} 的值“{value}”无法识别，请写 1 或 0。")
    return default


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated setting."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def megabytes(name: str, default: int) -> int:
    """Read a size given in MB; in bytes."""
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit() and int(value)):
        raise SettingRefused(f"环境变量 {name} 的值“{value}”无法识别，请写以 MB 计的整数，例如 {default}。")
    return int(value or default) * 1024 * 1024


def public_url() -> str:
    """公开页的网址: ZHENGGAI_PUBLIC_URL, where the list of public documents is reached from outside, without ``/`` at its end; may be empty."""
    value = os.environ.get("ZHENGGAI_PUBLIC_URL", "").strip()
    try:
        return web_address(value) if value else ""
    except ValueError:
        raise SettingRefused(
            f"ZHENGGAI_PUBLIC_URL 的值“{value}”无法识别，请写公开页列表的完整网址，例如 https://zg.example.gov.cn/public；不设置则留空。"
        ) from None


def bucket() -> dict[str, str]:
    """对象存储: ZHENGGAI_S3_BUCKET and what belongs to it; empty when files stand in the data folder."""
    names = ("bucket", "endpoint", "key", "secret", "prefix", "region", "style")
    given = {name: os.environ.get(f"ZHENGGAI_S3_{name.upper()}", "").strip() for name in names}
    if not given["bucket"]:
        if any(given.values()):
            raise SettingRefused(
                "设置了 ZHENGGAI_S3_*，却没有 ZHENGGAI_S3_BUCKET，请写明存储桶，或删去这些设置。"
            )
        return {}
    if given["endpoint"] and not given["endpoint"].startswith(("http://", "https://")):
        raise SettingRefused("ZHENGGAI_S3_ENDPOINT 无法识别，请写成 https://主机:端口。")
    if bool(given["key"]) != bool(given["secret"]):
        raise SettingRefused("ZHENGGAI_S3_KEY 与 ZHENGGAI_S3_SECRET 须同时设置，或都不设置。")
    given["region"] = given["region"] or "us-east-1"  # many services take any, none takes an empty one
    given["style"] = given["style"] or "path"
    if given["style"] not in ("path", "virtual"):
        raise SettingRefused(
            "ZHENGGAI_S3_STYLE 请写 path（地址中先主机后存储桶）或 virtual（存储桶作为主机名的一部分，如阿里云 OSS、腾讯云 COS）。"
        )
    given["prefix"] = f"{given['prefix'].strip('/')}/" if given["prefix"].strip("/") else ""
    return given


class Scanner(NamedTuple):
    """病毒扫描: ``kind`` is clamd or command; ``place`` a host, or a path; ``port`` 0 with a path."""

    kind: str
    place: str
    port: int


def scanner() -> Scanner | None:
    """病毒扫描: ZHENGGAI_SCAN as ``clamd:HOST:PORT``, ``clamd:/path.sock`` or ``command:/path/prog``; None when it is empty."""
    value = os.environ.get("ZHENGGAI_SCAN", "").strip()
    if not value:
        return None
    kind, _, place = value.partition(":")
    if kind in ("clamd", "command") and place.startswith("/"):
        return Scanner(kind, place, 0)
    host, _, port = place.rpartition(":")
    if kind == "clamd" and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:  # noqa: PLR2004  # ports
        return Scanner(kind, host.strip("[]"), int(port))
    raise SettingRefused(
        f"ZHENGGAI_SCAN 的值“{value}”无法识别，请写成 clamd:主机:端口、clamd:/套接字路径 或 command:/程序路径；不扫描则留空。"
    )


def database(data: Path) -> dict[str, Any]:
    """数据库: PostgreSQL by DATABASE_URL, else SQLite in the data folder, written ahead and synced at every commit."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        return _postgresql(url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / SQLITE_FILE,
        "CONN_MAX_AGE": 60,  # to open the file and set it up costs twice what a page costs
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }


def check_there() -> None:
    """Refuse a data folder without a system in it, before anything is made there: most likely its name was mistyped."""
    if not os.environ.get("DATABASE_URL", "").strip() and not (data_folder() / SQLITE_FILE).exists():
        raise SettingRefused(
            f"数据目录 {data_folder()} 中没有系统数据，请检查 --data 或 ZHENGGAI_DATA；首次使用请运行 zhenggai demo 或 zhenggai import。"
        )


def owner_database() -> dict[str, Any] | None:
    """表的所有者: how its role connects, by ZHENGGAI_OWNER_URL; None if there is none, and always on SQLite."""
    url = os.environ.get("ZHENGGAI_OWNER_URL", "").strip()
    if not url or not os.environ.get("DATABASE_URL", "").strip():
        return None
    return _postgresql(url, "ZHENGGAI_OWNER_URL")


def _postgresql(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = str(parts.port or "")
    except ValueError:
        port = None
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/") or port is None:
        raise SettingRefused(f"{name} 无法识别，请写成 postgresql://用户:密码@主机:端口/数据库。")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.pop("host", ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def secret_key(data: Path) -> str:
    """会话密钥: ZHENGGAI_SECRET_KEY, else one made at the first start and kept in the data folder, readable by its owner only."""
    given = os.environ.get("ZHENGGAI_SECRET_KEY", "").strip()
    if given:
        return given
    file = data / "keys" / "session.key"
    try:
        return file.read_text(encoding="ascii").strip() or _new_key(file)
    except FileNotFoundError:
        return _new_key(file)
    except OSError as error:
        raise SettingRefused(f"无法读取会话密钥 {file}：{error.strerror}。请检查数据目录的权限。") from error


def _new_key(file: Path) -> str:
    """Make a key: whole or not there, and of several processes that start together one's."""
    key = secrets.token_urlsafe(48)
    temporary = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        make_private(file.parent)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        if file.exists() and not file.read_text(encoding="ascii").strip():
            file.unlink()  # left empty by a crash of an older version
        try:
            os.link(temporary, file)
        except FileExistsError:
            return file.read_text(encoding="ascii").strip()
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SettingRefused(
            f"无法在数据目录 {file.parent} 写入：{error.strerror}。请换一个可写的目录（--data 或 ZHENGGAI_DATA）。"
        ) from error
    return key


def make_private(folder: Path) -> None:
    """Make a folder of the data folder's, open to its owner only, as are the folders above it that did not exist."""
    for above in reversed([folder, *folder.parents]):
        if not above.exists():
            above.mkdir(mode=0o700, exist_ok=True)


def choose_data_folder(argv: list[str], environment: Mapping[str, str]) -> tuple[list[str], str | None]:
    """Take ``--data DIR`` out of a command line, wherever it stands, since settings are read before it is parsed."""
    rest: list[str] = []
    folder = environment.get("ZHENGGAI_DATA")
    words_left = iter(argv)
    for word in words_left:
        if word == "--data":
            value = next(words_left, None)
            if value is None:
                rest.append(word)  # the parser will say what is missing
            folder = value or folder
        elif word.startswith("--data="):
            folder = word.removeprefix("--data=")
        else:
            rest.append(word)
    return rest, folder
