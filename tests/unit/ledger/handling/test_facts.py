"""The digest that approvals are bound to: every fact that it covers changes it, and order does not."""

from dataclasses import replace
from datetime import date

import pytest

from zhenggai.ledger.handling.facts import (
    Application,
    EvidenceFacts,
    ItemFacts,
    MeasureFacts,
    ReportFacts,
    TaskFacts,
    WaiverFacts,
    digest_of,
)
from zhenggai.ledger.handling.states import (
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    ReportState,
    Review,
    WaiverKind,
)

DAY = date(2026, 11, 24)
MEASURE = MeasureFacts(11, 1, "印发制度")
TASK = TaskFacts(
    1,
    1,
    "任务",
    Completion.DONE,
    Horizon.CONCENTRATED,
    DAY,
    (MEASURE,),
    (("lead_unit", None, 5), ("responsible", None, 6)),
)
PROOF = EvidenceFacts(21, 1, 11, "说明", "ab" * 32, 1, DAY, EvidenceState.ACCEPTED)
REPORT = ReportFacts(31, 1, 6, "十一月", ReportState.SIGNED, Completion.DONE, "cd" * 32)
WAIVER = WaiverFacts(41, WaiverKind.EVIDENCE, 1, 11, DAY)
ITEM = ItemFacts(7, 3, "问题", False, False, False, 1, Review.NONE, (TASK,), (PROOF,), (REPORT,), (WAIVER,))
ASKED = Application(Grade.DONE, "到位", None, False, ("office", "supervisor"))


def task(**changes):
    return replace(ITEM, tasks=(replace(TASK, **changes),))


def proof(**changes):
    return replace(ITEM, evidence=(replace(PROOF, **changes),))


def report(**changes):
    return replace(ITEM, reports=(replace(REPORT, **changes),))


def waiver(**changes):
    return replace(ITEM, waivers=(replace(WAIVER, **changes),))


CHANGED = {
    "title": replace(ITEM, title="另一问题"),
    "cycle": replace(ITEM, cycle=2),
    "number": replace(ITEM, number=4),
    "no task": replace(ITEM, tasks=()),
    "task's title": task(title="别的"),
    "completion": task(completion=Completion.PHASED),
    "horizon": task(horizon=Horizon.LONG),
    "no horizon": task(horizon=None),
    "due": task(due_on=date(2027, 1, 1)),
    "no due": task(due_on=None),
    "measure's text": task(measures=(replace(MEASURE, text="改"),)),
    "measure gone": task(measures=()),
    "other unit": task(answers=(("lead_unit", None, 5), ("responsible", None, 8))),
    "other official": task(answers=(*TASK.answers, ("lead_official", 9, None))),
    "evidence's bytes": proof(sha256="ef" * 32),
    "evidence's version": proof(version=2),
    "evidence's day": proof(effective_on=date(2026, 1, 1)),
    "evidence's measure": proof(measure=None),
    "evidence not accepted": proof(state=EvidenceState.RETURNED),
    "report's words": report(narrative_sha256="00" * 32),
    "report's completion": report(completion=Completion.UNDONE),
    "report not signed": report(state=ReportState.RETURNED),
    "waiver's last day": waiver(expires_on=date(2027, 1, 1)),
    "waiver's kind": waiver(kind=WaiverKind.TASK),
    "waiver gone": replace(ITEM, waivers=()),
}


@pytest.mark.parametrize("what", sorted(CHANGED))
def test_whatever_an_approval_covers_changes_its_digest(what):
    assert digest_of(CHANGED[what], ASKED) != digest_of(ITEM, ASKED)


@pytest.mark.parametrize(
    "asked",
    [
        replace(ASKED, grade=Grade.PHASED),
        replace(ASKED, text="别的说明"),
        replace(ASKED, next_check_on=DAY),
        replace(ASKED, short=True),
        replace(ASKED, chain=("supervisor", "office")),
    ],
)
def test_so_does_what_was_asked_for(asked):
    assert digest_of(ITEM, asked) != digest_of(ITEM, ASKED)


def test_what_is_not_approved_does_not():
    pending = EvidenceFacts(22, 1, 11, "补充", "99" * 32, 1, DAY, EvidenceState.PENDING)
    draft = ReportFacts(32, 1, 6, "十二月", ReportState.DRAFT, Completion.UNDONE, "88" * 32)
    turned = task(answers=tuple(reversed(TASK.answers)))
    for same in (
        replace(ITEM, evidence=(pending, PROOF)),
        replace(ITEM, reports=(draft, REPORT)),
        replace(ITEM, review=Review.STEP, open_children=True),
        turned,
    ):
        assert digest_of(same, ASKED) == digest_of(ITEM, ASKED)
