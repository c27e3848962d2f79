"""Cited documents: one row for each title in an inspection, however often it is mentioned. Called by :mod:`rows` only."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from zhenggai.journal.acts import moment
from zhenggai.ledger import queries
from zhenggai.ledger.actions.work import PRESENT, Work, create, update
from zhenggai.ledger.models import PolicyDocument
from zhenggai.ledger.states import RESULTS, Kind, PolicyRole


def take_citations(works: Sequence[Work]) -> None:
    """One row for each title in an inspection; of all its mentions, one that makes the document a result speaks for it."""
    groups: dict[tuple[int, str], list[Work]] = defaultdict(list)
    for work in works:
        groups[work.proposal.reading.inspection_id, work.content["title"]].append(work)
    known = queries.policy_documents(groups)
    left = {work.proposal.target_id: work for work in works}
    new = {key: works for key, works in groups.items() if key not in known}
    rows = [
        PolicyDocument(inspection_id=key[0], **_citation_values(_speaker(group)))
        for key, group in new.items()
    ]
    create([_speaker(group) for group in new.values()], PolicyDocument, rows)
    for key, group in groups.items():
        target = known[key].pk if key in known else _speaker(group).proposal.target_id
        for work in group:
            work.proposal.target_id = target
    update([(_speaker(groups[key]), row) for key, row in known.items()], _mention_values(known, groups))
    _drop_unnamed(left, {work.proposal.target_id for work in works})


def _citation_values(work: Work) -> dict[str, Any]:
    return {**{name: work.content[name] for name in ("title", "verb", "role")}, **work.place}


def _mention_values(
    known: Mapping[tuple[int, str], PolicyDocument], groups: Mapping[tuple[int, str], Sequence[Work]]
) -> Callable[[Work], dict[str, Any]]:
    """What a known row is to say: what a settled mention elsewhere already makes it, unless one at hand makes it a result."""
    chosen = {work.proposal.pk for group in groups.values() for work in group}
    others = queries.mentions([row.pk for row in known.values()], without=chosen)

    def values(work: Work) -> dict[str, Any]:
        spoken = others.get(work.proposal.target_id or 0)
        if spoken is None or (_is_result(work) and PolicyRole(spoken["role"]) not in RESULTS):
            return {**_citation_values(work), **PRESENT}
        return {"verb": spoken["verb"], "role": spoken["role"], **PRESENT}

    return values


def _drop_unnamed(left: Mapping[int | None, Work], now: set[int | None]) -> None:
    """Withdraw rows that a corrected title has left without any mention."""
    gone = {target: work for target, work in left.items() if target is not None and target not in now}
    shared = queries.shared_rows([work.proposal for work in gone.values()], Kind.CITATION, targets=set(gone))
    rows = PolicyDocument.objects.filter(pk__in=set(gone) - shared, withdrawn_at=None).select_for_update()
    pairs: list[tuple[Work, Model]] = [(gone[row.pk], row) for row in rows]
    update(pairs, lambda work: {"withdrawn_at": moment(), "withdrawn_by": work.proposal.decided_by})


def _is_result(work: Work) -> bool:
    return PolicyRole(work.content["role"]) in RESULTS


def _speaker(works: Sequence[Work]) -> Work:
    return next((work for work in works if _is_result(work)), works[0])
