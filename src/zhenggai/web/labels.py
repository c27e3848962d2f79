"""Official terms at display: labels are Chinese data in the lower apps and are translated where they are shown."""

from django.db.models import Field
from django.utils.translation import gettext

from zhenggai.bulletins import states as bulletins
from zhenggai.bulletins.kinds import all_kinds
from zhenggai.core.enums import Labelled
from zhenggai.exchange.lists import TERMS
from zhenggai.indicators.states import Change, Direction, FigureKind, Operation, Reach, Source
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.snapshots import all_journaled
from zhenggai.ledger.handling import states as handling
from zhenggai.ledger.handling.profiles import all_profiles
from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.states import (
    InspectionKind,
    Kind,
    Level,
    Match,
    MeasureState,
    PolicyRole,
    Progress,
    ProposalState,
)
from zhenggai.parties.models import Organisation, Person, Post, SecondFactor
from zhenggai.parties.states import Capacity, OrganisationLevel, Role

SHOWN: tuple[type[Labelled], ...] = (
    Kind, ProposalState, Match, Progress, PolicyRole, MeasureState, Level, InspectionKind, FigureKind, Change, Source, Direction, Reach, Operation, Role,
    Capacity, OrganisationLevel, handling.Classification, handling.Horizon, handling.Completion, handling.Review, handling.Schedule,
    handling.Grade, handling.MeasureType, handling.AssignmentRole, handling.ParticipantRole, handling.EvidenceState,
    handling.ReportState, handling.ClosureState, handling.RequestState, handling.WaiverKind, handling.ReviewMove,
    handling.EvidenceMove, handling.ReportMove, handling.RequestMove, bulletins.Audience, bulletins.DraftState, bulletins.ParagraphRole,
    bulletins.FigureState, bulletins.Severity,
)  # fmt: skip
"""Enumerations whose labels appear on pages."""


OPEN_TABLES = (Organisation, Person, Post, SecondFactor)
"""Tables whose contents an administrator may see in the journal; of all others he sees that something changed, not what."""

HISTORY: dict[str, tuple[str, ...]] = {
    "ledger.finding": ("title", "classification", "review", "grade", "cycle", "closed_on", "next_check_on", "returns"),
    "ledger.task": (
        "title", "root_cause", "target", "target_value", "horizon", "due_on", "due_wording", "standing", "money_total", "money_done",
        "completion", "completed_on",
    ),
    "ledger.measure": ("number", "text", "type", "done_on"),
    "ledger.assignment": ("role", "post_id", "organisation_id", "personally"),
    "ledger.evidence": ("title", "version", "effective_on", "classification", "state"),
    "ledger.report": ("period", "narrative", "completion", "money_done", "state"),
    "ledger.closure": ("grade", "text", "next_check_on", "step", "state"),
    "ledger.reviewstep": ("approved",),
    "ledger.extension": ("from_on", "to_on", "state", "decision"),
    "ledger.waiver": ("kind", "expires_on", "state", "decision"),
    "ledger.relapse": ("found_on",),
    "ledger.standingcheck": ("held", "next_check_on"),
}  # fmt: skip
"""Columns of which the history of an item tells, by kind of row."""


def history_fields() -> dict[str, dict[str, Field]]:  # type: ignore[type-arg]  # Django's own class takes no parameters at run time
    """The fields of which the history tells: kind → column → field."""
    found = {}
    for declared in all_journaled():
        if declared.kind in HISTORY:
            columns = {field.attname: field for field in declared.model._meta.concrete_fields}
            found[declared.kind] = {name: columns[name] for name in HISTORY[declared.kind]}
    return found


def named(label: str) -> str:
    """The term in the reader's language; nothing stays nothing."""
    return gettext(label) if label else ""


def terms() -> set[str]:
    """Every official term that a page may show, so that the catalogue of translations can be held to it."""
    labels = {member.label for enum in SHOWN for member in enum}
    labels |= {field.label for spec in KINDS.values() for field in spec.fields}
    labels |= {entry.label for entry in CATALOGUE.values()}
    for profile in all_profiles().values():
        labels |= {
            profile.name,
            *profile.words.values(),
            *profile.completion.values(),
            *profile.grades.values(),
        }
        labels |= {time.label for time in profile.horizons.values()}
        labels |= {step.label for step in (*profile.chain, *profile.short_chain, *profile.publication)}
    labels |= {kind.name for kind in all_kinds().values()}
    labels |= {str(declared.model._meta.verbose_name) for declared in all_journaled()}
    open_ones = [declared for declared in all_journaled() if declared.model in OPEN_TABLES]
    labels |= {
        str(field.verbose_name)
        for declared in open_ones
        for field in declared.model._meta.concrete_fields
        if field.attname in declared.columns
    }
    labels |= {str(f.verbose_name) for fields in history_fields().values() for f in fields.values()}
    return (labels | TERMS) - {""}
