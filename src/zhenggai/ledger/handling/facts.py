"""What is known of an item when it is decided about, and the digest of what is approved. Plain Python: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhenggai.journal.chain import canonical, digest_text
from zhenggai.ledger.handling.states import (
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    ReportState,
    Review,
    WaiverKind,
)


@dataclass(frozen=True)
class MeasureFacts:
    """A measure of a task: its key, number and text."""

    key: int
    number: int
    text: str


@dataclass(frozen=True)
class TaskFacts:
    """A task that counts, with its measures and who answers for it as ``(role, post or None, organisation or None)``."""

    key: int
    number: int
    title: str
    completion: Completion
    horizon: Horizon | None
    due_on: date | None
    measures: Sequence[MeasureFacts]
    answers: Sequence[tuple[str, int | None, int | None]]


@dataclass(frozen=True)
class EvidenceFacts:
    """A piece of evidence of the present cycle that was neither withdrawn nor replaced."""

    key: int
    task: int
    measure: int | None
    title: str
    sha256: str
    version: int
    effective_on: date
    state: EvidenceState


@dataclass(frozen=True)
class ReportFacts:
    """A progress report of the present cycle."""

    key: int
    task: int
    organisation: int
    period: str
    state: ReportState
    completion: Completion
    narrative_sha256: str


@dataclass(frozen=True)
class WaiverFacts:
    """A waiver that was granted; it counts up to and including its last day."""

    key: int
    kind: WaiverKind
    task: int
    measure: int | None
    expires_on: date


@dataclass(frozen=True)
class ItemFacts:
    """事项: a problem with everything that its closure depends on."""

    key: int
    number: int
    title: str
    is_area: bool
    withdrawn: bool
    open_children: bool
    cycle: int
    review: Review
    tasks: Sequence[TaskFacts]
    evidence: Sequence[EvidenceFacts]
    reports: Sequence[ReportFacts]
    waivers: Sequence[WaiverFacts] = field(default_factory=tuple)

    @property
    def is_immediate(self) -> bool:
        """Whether every task is 立行立改, so that the short review chain applies."""
        return bool(self.tasks) and all(task.horizon is Horizon.IMMEDIATE for task in self.tasks)

    @property
    def accepted_digests(self) -> list[str]:
        """SHA-256 of the accepted pieces of evidence, sorted, each once."""
        return sorted({each.sha256 for each in self.evidence if each.state is EvidenceState.ACCEPTED})


@dataclass(frozen=True)
class Application:
    """申请: what an applicant asks for."""

    grade: Grade
    text: str
    next_check_on: date | None
    short: bool
    chain: Sequence[str]


def digest_of(item: ItemFacts, asked: Application) -> str:
    """Digest of all that an approval covers: the item, its tasks and measures, who answers, signed reports, accepted evidence, waivers."""
    said: dict[str, Any] = {
        "item": [item.key, item.number, item.title, item.cycle],
        "asked": [
            asked.grade.value, asked.text, asked.next_check_on and asked.next_check_on.isoformat(), asked.short, list(asked.chain),
        ],
        "tasks": [
            {
                "task": [task.key, task.title, task.completion.value, task.horizon and task.horizon.value],
                "due_on": task.due_on and task.due_on.isoformat(),
                "measures": [[measure.key, measure.text] for measure in task.measures],
                "answers": sorted([role, post or 0, unit or 0] for role, post, unit in task.answers),
            }
            for task in item.tasks
        ],
        "evidence": sorted(
            [each.key, each.task, each.measure or 0, each.sha256, each.version, each.effective_on.isoformat()]
            for each in item.evidence
            if each.state is EvidenceState.ACCEPTED
        ),
        "reports": sorted(
            [each.key, each.task, each.completion.value, each.narrative_sha256]
            for each in item.reports
            if each.state is ReportState.SIGNED
        ),
        "waivers": sorted(
            [each.key, each.kind.value, each.task, each.measure or 0, each.expires_on.isoformat()] for each in item.waivers
        ),
    }  # fmt: skip
    return digest_text(canonical(said))
