"""What ``journal verify`` holds editions to besides the columns that are journaled."""

import json
from collections.abc import Iterator

from zhenggai.bulletins.models import Edition
from zhenggai.journal.chain import edition_digest


def edition_faults() -> Iterator[str]:
    """Compare what each edition says with the journaled digest of it; one Chinese sentence for each fault."""
    rows = Edition.objects.order_by("pk").values_list(
        "code", "number", "content", "content_digest", "algorithm"
    )
    for code, number, content, digest, algorithm in rows.iterator():
        if _digest(content, algorithm) != digest:
            yield f"文稿 {code} 第 {number} 版的内容与其摘要不符，被绕过系统改动过。"


def _digest(content: str, algorithm: str) -> str:
    try:
        return edition_digest(json.loads(content), algorithm)
    except (TypeError, ValueError):
        return ""
