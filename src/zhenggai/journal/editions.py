"""核验文件: a published edition with all that an outsider needs to check it: its content, proofs of the events behind it, a signed head.

1. The event that froze the edition has a change of kind ``bulletins.edition`` whose row names ``content_digest``, ``number`` and ``code``.
2. Each closure of the content (``closures``) has the proof of the event that sealed it, in the same order.
3. What is handed out has passed the check that outsiders run (``outside/verify_journal.py``), which also says what the content must look like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from zhenggai.journal.chain import edition_digest
from zhenggai.journal.heads import Head
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.journal.proofs import NotProvable, inclusions

FORMAT = "zhenggai-edition/1"


def package(
    content: Mapping[str, Any], edition_seq: int, seal_seqs: Sequence[int], head: Head
) -> dict[str, Any]:
    """The edition's file as a JSON object. ``edition_seq`` is the event that froze it, ``seal_seqs`` those that sealed its closures, in order.

    NotFound or NotProvable if an event is not among those of the head, or if whoever checks the file would be told that something disagrees.
    """
    edition, *seals = inclusions([edition_seq, *seal_seqs], head)
    made = {
        "format": FORMAT,
        "content": content,
        "digest": edition_digest(content, head.hash),
        "algorithm": head.hash,
        "proofs": {"edition": edition, "closures": seals},
        "head": asdict(head),
    }
    try:
        outside.checked_edition(made)
    except outside.Refused as refused:
        raise NotProvable(f"这一版不能出具核验文件，因为核对的人会看到：{refused}") from refused
    return made
