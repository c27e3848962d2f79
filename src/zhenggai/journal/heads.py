"""树头: the signed summary of all events so far, meant to be kept where nobody of the system can reach it.

1. A head names the number of events, the root of their tree and the last event's digest; its signature covers all of it.
2. Whoever holds a head can tell any later journal in which one of those events was changed, removed, added or moved, also when every
   digest was computed anew.
3. A head is written down as one JSON object; ``parse`` refuses, with a sentence, whatever is not one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.conf import settings
from django.db import transaction

from zhenggai.core import clock
from zhenggai.core.errors import Refusal
from zhenggai.journal import signing
from zhenggai.journal.chain import GENESIS, HASHES, canonical, plain
from zhenggai.journal.locks import Lock, hold
from zhenggai.journal.merkle import Roots
from zhenggai.journal.models import Event, TreeHead

FORMAT = "zhenggai-head/1"
SIGNED_WITH = {"sha256": "ed25519", "sm3": "sm2"}
"""The signature that goes with a journal's hash function."""

DOMAIN = "zhenggai.head.1\n"
"""Stands before what is signed, so that no other signature of the same key can be taken for a head's."""

_CHUNK = 10_000


class HeadRefused(Refusal):
    """树头无法使用: not a head, or one that was changed since it was signed."""

    code = "head_refused"


@dataclass(frozen=True)
class Head:
    """树头 as it is written down. ``size`` counts events; digests, key and signature are hexadecimal; ``at`` is ISO in UTC."""

    format: str
    size: int
    root: str
    last: str
    at: str
    hash: str
    algorithm: str
    key: str
    signature: str

    @property
    def signed(self) -> bytes:
        """What the signature covers."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return (DOMAIN + canonical(said)).encode()

    @property
    def is_authentic(self) -> bool:
        """Whether the key that the head names signed it as it stands."""
        return signing.verifies(self.algorithm, self.key, self.signature, self.signed)

    def as_text(self) -> str:
        """One JSON object, for people to keep."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def parse(cls, text: str, *, name: str = "") -> Self:
        """Read a head as written by ``as_text``. HeadRefused names the file and what is wrong."""
        name = name or "树头"
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if not isinstance(said, Mapping) or said.get("format") != FORMAT:
            raise HeadRefused(f"{name} 不是树头文件，请选择用 zhenggai journal head 写出的文件。")
        known = {field.name: field.type for field in fields(cls)}
        if set(said) != set(known) or any(type(said[field]) is not kind for field, kind in known.items()):
            raise HeadRefused(f"{name} 的内容不完整或有多余的项目，可能被改动过，请换用原来保存的文件。")
        head = cls(**said)
        if head.hash not in HASHES or head.algorithm not in signing.ALGORITHMS:
            raise HeadRefused(
                f"{name} 使用的算法（{head.hash}、{head.algorithm}）本版本不支持，请用写出它的版本核验。"
            )
        if not head.is_authentic:
            raise HeadRefused(f"{name} 的签名与内容不符，文件被改动过，请换用原来保存的文件。")
        return head


def sign_head() -> Head:
    """Sign a head over all events so far and keep it; the last one again if no event has come since.

    Reads only the events since the last head: what came before it is taken from that head, and held to the events by ``verify``.
    """
    with transaction.atomic():
        hold(Lock.CHAIN)
        latest = TreeHead.objects.order_by("-id").first()
        roots, last = _resumed(latest) if latest else (Roots(journal_hash()), GENESIS)
        known = roots.size
        for last in _digests_after(known):
            roots.add(bytes.fromhex(last))
        if latest and latest.size == roots.size:
            return _head_of(latest)
        head = _signed(
            hash=roots.algorithm, size=roots.size, root=roots.root().hex(), last=last, at=plain(clock.now())
        )
        frontier = [node.hex() for node in roots.frontier]
        TreeHead.objects.create(size=head.size, root=head.root, head=head.as_text(), frontier=frontier)
    return head


def _resumed(latest: TreeHead) -> tuple[Roots, str]:
    """The tree of the last head; an empty one, to be filled from the first event, if its subtrees were not kept or are not its own."""
    head = _head_of(latest)
    try:
        roots = Roots.resumed(head.size, [bytes.fromhex(node) for node in latest.frontier or []], head.hash)
    except (TypeError, ValueError):
        return Roots(head.hash), GENESIS
    return (roots, head.last) if roots.root().hex() == head.root else (Roots(head.hash), GENESIS)


def _digests_after(seq: int) -> Iterator[str]:
    found = Event.objects.filter(seq__gt=seq).order_by("seq").values_list("digest", flat=True)
    return found.iterator(chunk_size=_CHUNK)


def journal_hash() -> str:
    """The hash function of this journal: the one of its first event, or for a new one as ZHENGGAI_PROFILE says."""
    first = Event.objects.order_by("seq").values_list("algorithm", flat=True).first()
    return first or str(settings.JOURNAL_HASH)


def kept_heads() -> list[Head]:
    """The heads that the system itself keeps, oldest first."""
    return [_head_of(row) for row in TreeHead.objects.order_by("id")]


def _head_of(row: TreeHead) -> Head:
    return Head.parse(row.head, name=f"系统保存的第 {row.pk} 个树头")


def _signed(**said: Any) -> Head:
    key = signing.own_key(SIGNED_WITH[said["hash"]])
    unsigned = Head(format=FORMAT, algorithm=key.algorithm, key=key.public, signature="", **said)
    return Head(**{**asdict(unsigned), "signature": key.sign(unsigned.signed)})
