"""签名: the key with which heads are signed, and the check of a signature. One algorithm today, named wherever it is used.

1. The private key is made at first need, in the data folder, readable by its owner only; of several processes that begin together one's counts.
2. A signature by an unknown algorithm or a malformed key is simply not valid; nothing raises.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from zhenggai.core.errors import Refusal


class KeyUnusable(Refusal):
    """签名密钥无法使用: missing rights, a full disk, or a file that is no key."""

    code = "key_unusable"


@dataclass(frozen=True)
class Key:
    """私钥 with what others need to check its signatures; ``public`` is hexadecimal."""

    algorithm: str
    public: str
    _private: Ed25519PrivateKey

    def sign(self, message: bytes) -> str:
        """Hexadecimal signature."""
        return self._private.sign(message).hex()


def own_key() -> Key:
    """The system's key; KeyUnusable if it can neither be read nor made."""
    file = Path(settings.KEYS_ROOT) / "journal.ed25519"
    try:
        seed = bytes.fromhex((_read(file) or _make(file)).strip())
        private = Ed25519PrivateKey.from_private_bytes(seed)
    except OSError as error:
        raise KeyUnusable(
            f"无法读写签名密钥 {file}：{error.strerror}。请检查数据目录的权限和磁盘空间。"
        ) from error
    except ValueError as error:
        raise KeyUnusable(f"签名密钥 {file} 的内容不是密钥，请从备份恢复 keys 目录。") from error
    return Key("ed25519", private.public_key().public_bytes_raw().hex(), private)


def _read(file: Path) -> str:
    return file.read_text(encoding="ascii") if file.exists() else ""


def _make(file: Path) -> str:
    """Write a new key: whole or not there."""
    written = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}-{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(written)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(temporary, file)  # unlike a rename this never replaces another process's key
    except FileExistsError:
        return file.read_text(encoding="ascii")
    finally:
        temporary.unlink()
    return written


def verifies(algorithm: str, key: str, signature: str, message: bytes) -> bool:
    """Whether the signature of the message is the key's."""
    check = ALGORITHMS.get(algorithm)
    try:
        return check is not None and check(bytes.fromhex(key), bytes.fromhex(signature), message)
    except ValueError:
        return False


def _ed25519(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


ALGORITHMS: dict[str, Callable[[bytes, bytes, bytes], bool]] = {"ed25519": _ed25519}
"""Checks by algorithm. SM2 with SM3 would stand here beside it; heads name theirs, so that old ones stay valid."""
