"""Secrets at rest: sealed with a key derived from that of the data folder, so that a copy of the database alone opens nothing."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from zhenggai.core.errors import Refusal

PURPOSE = b"zhenggai.second-factor.1"
"""Enters the derivation, so that no other use of the data folder's key gives the same one."""


class SealBroken(Refusal):
    """无法解封: sealed with another key, as when a database was moved without its data folder."""

    code = "seal_broken"


def seal(text: str) -> str:
    """Seal a text for storage."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Open what ``seal`` returned; SealBroken if the key is another one."""
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise SealBroken(
            "第二因素的密钥无法解封：数据目录的密钥已更换。请恢复原来的 keys 目录，或由安全管理员解除第二因素后重新设置。"
        ) from error


def _keys() -> MultiFernet:
    """The key in use and, after it, those that it replaced."""
    return MultiFernet([_derived(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(force_bytes(key))
    return Fernet(base64.urlsafe_b64encode(derived))
