"""What `journal verify` holds the ledger to besides the columns that are journaled."""

import json
from collections.abc import Iterator

from zhenggai.evidence import store
from zhenggai.evidence.store import StoreDamaged
from zhenggai.journal.cells import read
from zhenggai.ledger.items import content_digest
from zhenggai.ledger.models import Proposal, Reading


def content_faults() -> Iterator[str]:
    """Compare what each proposal says with the journaled digest of it; one Chinese sentence for each fault."""
    for rows in read(Proposal, ("id", "payload", "content", "corrected", "corrected_content")):
        for key, payload, content, corrected, corrected_content in rows:
            if _digest(payload) != content:
                yield f"建议 {key} 的所读内容与其摘要不符，被绕过系统改动过。"
            if ("" if corrected is None else _digest(corrected)) != corrected_content:
                yield f"建议 {key} 的更正内容与其摘要不符，被绕过系统改动过。"


def _digest(payload: str) -> str:
    try:
        return content_digest(json.loads(payload))
    except (TypeError, ValueError):
        return ""


def result_faults() -> Iterator[str]:
    """Check that the reader's whole result of each reading is in the store, unchanged."""
    for key, digest in Reading.objects.order_by("pk").values_list("pk", "result_sha256").iterator():
        try:
            store.get(digest)
        except StoreDamaged as fault:
            yield f"读件 {key} 的读取结果：{fault.sentence}"
