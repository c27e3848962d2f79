"""证明: what an outsider needs to check one event, or one head against a later one, without seeing anything else of the journal."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from zhenggai.core.errors import NotFound, Refusal
from zhenggai.journal.heads import Head, journal_hash
from zhenggai.journal.merkle import Tree, consistency_proof, root_of
from zhenggai.journal.models import Event
from zhenggai.journal.moments import one_moment

PROOF = "zhenggai-proof/1"
EXPORT = "zhenggai-journal/1"
_CHUNK = 2000
_KEYS = 500
"""Events that one statement names: the databases limit how many."""


class NotProvable(Refusal):
    """无法证明: the journal is not the one that the head was signed over, or the event is younger than the head."""

    code = "not_provable"


def inclusion(seq: int, head: Head) -> dict[str, Any]:
    """Prove that an event is among those of a head. NotFound, NotProvable."""
    return inclusions([seq], head)[0]


def inclusions(seqs: Sequence[int], head: Head) -> list[dict[str, Any]]:
    """Prove of each of these events, in their order, that it is among those of a head. NotFound, NotProvable.

    The digests are read and the tree is built once: k proofs over n events cost n + k log n, and one statement for each 500 events.
    """
    events = _events(seqs)
    for seq in seqs:
        if seq not in events:
            raise NotFound(f"没有第 {seq} 条日志，请核对序号。")
        if seq > head.size:
            raise NotProvable(
                f"第 {seq} 条日志晚于该树头（只到第 {head.size} 条），请先用 zhenggai journal head 取得新的树头。"
            )
    digests = _digests(head.size)
    tree = Tree(digests, head.hash)
    _check_root(len(digests), tree.root(), head)
    return [
        {
            "format": PROOF,
            "kind": "inclusion",
            "seq": seq,
            "previous": events[seq].previous,
            "body": events[seq].body,
            "proof": [node.hex() for node in tree.inclusion_proof(seq - 1)],
            "head": asdict(head),
        }
        for seq in seqs
    ]


def _events(seqs: Sequence[int]) -> dict[int, Event]:
    found: dict[int, Event] = {}
    wanted = sorted(set(seqs))
    for start in range(0, len(wanted), _KEYS):
        found |= Event.objects.in_bulk(wanted[start : start + _KEYS])
    return found


def consistency(first: Head, second: Head) -> dict[str, Any]:
    """Prove that the events of one head are the beginning of those of a later one. NotProvable."""
    if not 0 < first.size <= second.size:
        raise NotProvable("前一个树头不能为空，也不能比后一个树头的日志多，请调换两个文件的次序。")
    digests = _digests(second.size)
    for head in (second, first):
        _check_root(len(digests[: head.size]), root_of(digests[: head.size], head.hash), head)
    return {
        "format": PROOF,
        "kind": "consistency",
        "first": asdict(first),
        "second": asdict(second),
        "proof": [node.hex() for node in consistency_proof(digests, first.size, first.hash)],
    }


def _digests(size: int) -> list[bytes]:
    found = Event.objects.filter(seq__lte=size).order_by("seq").values_list("digest", flat=True)
    return [bytes.fromhex(digest) for digest in found.iterator(chunk_size=10_000)]


def _check_root(size: int, root: bytes, head: Head) -> None:
    if size != head.size or root.hex() != head.root:
        raise NotProvable(
            f"现有日志与 {head.at} 的树头（{head.size} 条）不符，无法出具证明。请先运行 zhenggai journal verify --head 核验。"
        )


def export_lines() -> Iterator[str]:
    """The whole journal as JSON lines: what it is, then each event with the digest before it; all from one moment."""
    with one_moment():
        yield _line({"format": EXPORT, "events": Event.objects.count(), "hash": journal_hash()})
        for event in Event.objects.order_by("seq").iterator(chunk_size=_CHUNK):
            names = ("seq", "previous", "digest", "body")
            yield _line({name: getattr(event, name) for name in names})


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
