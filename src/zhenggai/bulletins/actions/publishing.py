"""定版: an approved draft becomes an edition that nobody can change, with the proofs by which anybody can check it."""

import json
from collections.abc import Sequence

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.sheet import check_ready, check_same, opened
from zhenggai.bulletins.freezing import contents
from zhenggai.bulletins.models import Bulletin, Edition, EditionPackage
from zhenggai.bulletins.queries import sheet_of
from zhenggai.bulletins.states import DraftMove, DraftState
from zhenggai.journal.acts import Actor, act, actor_name, afterwards, moment, record
from zhenggai.journal.chain import canonical, edition_digest
from zhenggai.journal.editions import package
from zhenggai.journal.heads import journal_hash, sign_head
from zhenggai.journal.queries import event_of_row
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.ledger.actions.parts import today
from zhenggai.ledger.handling.queries import seals_of
from zhenggai.ledger.sealing import seal_missing


@act("bulletin.publish", "定版发布")
def publish(*, bulletin: Bulletin, by: Actor) -> Edition:
    """Freeze an approved draft: text, figures with definition, value and source, digests of evidence, proofs of closures, the signed head.

    Everything is asked once more: the digest that was approved, the checks, every figure against its source today.
    """
    bulletin = opened(bulletin.pk, "bulletin.publish", by, to_change=False)
    state = rules.next_of(DraftState(bulletin.state), DraftMove.PUBLISH, f"文稿“{bulletin.title}”")
    sheet = sheet_of(bulletin, today())
    check_same(bulletin, sheet)
    check_ready(sheet, "发布")
    seal_missing(bulletin.inspection, by=by)
    content = contents(sheet, today())
    algorithm = journal_hash()
    edition = Edition.objects.create(
        bulletin=bulletin, inspection=bulletin.inspection, code=bulletin.code, number=bulletin.number, kind=bulletin.kind,
        audience=bulletin.audience, title=content["title"], content=canonical(content),
        content_digest=edition_digest(content, algorithm), algorithm=algorithm, replaces=bulletin.replaces,
        correction=bulletin.correction, published_on=today(), published_at=moment(), published_by=actor_name(),
    )  # fmt: skip
    before = snapshot(bulletin)
    bulletin.state = state.value
    bulletin.save(update_fields=["state"])
    # The edition's event is handed out as proof: it says nothing of the draft, and shares no click with what does.
    record(subject=edition, changes=[created(edition)], apart=True)
    record(subject=bulletin, changes=[changed(bulletin, before)])
    afterwards(lambda: _prove(edition))
    return edition


def _prove(edition: Edition) -> None:
    """Sign a head over all events so far, the edition's among them, and keep the proofs with it."""
    content = json.loads(edition.content)
    head = sign_head()
    mine = event_of_row("bulletins.edition", [str(edition.pk)])[str(edition.pk)]
    text = json.dumps(
        package(content, mine, _seals(edition, content["closures"]), head), ensure_ascii=False, indent=1
    )
    EditionPackage.objects.create(edition=edition, text=text)


def _seals(edition: Edition, closures: Sequence[dict[str, object]]) -> list[int]:
    """Sequence numbers of the events that sealed the closures which an edition claims, in its order."""
    found = seals_of(edition.inspection, [int(str(each["number"])) for each in closures])
    by_item = {(each.seal.number, each.seal.cycle): each.seq for each in found}
    return [by_item[int(str(each["number"])), int(str(each["cycle"]))] for each in closures]
