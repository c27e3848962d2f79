"""签名: the key with which heads are signed, and the check of a signature, by the algorithm that is named.

1. The private key is made at first need, in the data folder, readable by its owner only; of several processes that begin together one's counts.
2. A signature by an unknown algorithm or a malformed key is simply not valid; nothing raises.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from zhenggai.core.errors import Refusal
from zhenggai.journal.outside.verify_journal import sm2_verifies


class KeyUnusable(Refusal):
    """签名密钥无法使用: missing rights, a full disk, or a file that is no key."""

    code = "key_unusable"


@dataclass(frozen=True)
class Key:
    """私钥 with what others need to check its signatures; ``public`` is hexadecimal."""

    algorithm: str
    public: str
    _sign: Callable[[bytes], bytes]

    def sign(self, message: bytes) -> str:
        """Hexadecimal signature."""
        return self._sign(message).hex()


def own_key(algorithm: str = "ed25519") -> Key:
    """The system's key; KeyUnusable if it can neither be read nor made, or nothing here signs by that algorithm."""
    file = Path(settings.KEYS_ROOT) / f"journal.{algorithm}"
    make, load = {"ed25519": (_new_ed25519, _load_ed25519), "sm2": (_new_sm2, _load_sm2)}[algorithm]
    try:
        return load(bytes.fromhex((_read(file) or _make(file, make().hex())).strip()))
    except OSError as error:
        raise KeyUnusable(
            f"无法读写签名密钥 {file}：{error.strerror}。请检查数据目录的权限和磁盘空间。"
        ) from error
    except ValueError as error:
        raise KeyUnusable(f"签名密钥 {file} 的内容不是密钥，请从备份恢复 keys 目录。") from error


def _new_ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _load_ed25519(secret: bytes) -> Key:
    private = Ed25519PrivateKey.from_private_bytes(secret)
    return Key("ed25519", private.public_key().public_bytes_raw().hex(), private.sign)


def _tongsuo(module: str) -> Any:
    """A module of tongsuopy, which is installed only where SM2 signatures are wanted."""
    try:
        return import_module(f"tongsuopy.crypto.{module}")
    except ImportError as error:
        raise KeyUnusable(
            "日志采用国密算法，签出树头须用 SM2 签名，但没有安装 tongsuopy。请安装后再签：pip install tongsuopy。"
        ) from error


def _new_sm2() -> bytes:
    ec = _tongsuo("asymciphers.ec")
    number: int = ec.generate_private_key(ec.SM2()).private_numbers().private_value
    return number.to_bytes(32, "big")


def _load_sm2(secret: bytes) -> Key:
    ec, hashes = _tongsuo("asymciphers.ec"), _tongsuo("hashes")
    private = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SM2())
    numbers = private.public_key().public_numbers()

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SM3())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return Key("sm2", (b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")).hex(), sign)


def _read(file: Path) -> str:
    return file.read_text(encoding="ascii") if file.exists() else ""


def _make(file: Path, written: str) -> str:
    """Write a new key: whole or not there."""
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


ALGORITHMS: dict[str, Callable[[bytes, bytes, bytes], bool]] = {"ed25519": _ed25519, "sm2": sm2_verifies}
"""Checks by algorithm; SM2's is the outsiders' own, so that it needs no library."""
