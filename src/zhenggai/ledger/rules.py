"""What must be true before the ledger changes: pure functions that return or raise."""

from zhenggai.core.errors import Refusal
from zhenggai.ledger.states import MOVES, Decision, Kind, Match, ProposalState


class MoveRefused(Refusal):
    """此时不能办理: the proposal's state does not allow the decision."""

    code = "move_refused"


class IdentityUnsettled(Refusal):
    """尚待认定: it is not yet known whether an item is the same as an earlier one."""

    code = "identity_unsettled"


class StillInUse(Refusal):
    """仍被使用: something accepted hangs on what is to be taken back."""

    code = "still_in_use"


def next_state(state: ProposalState, decision: Decision) -> ProposalState:
    """Return the state after a decision; MoveRefused if ``MOVES`` does not allow it."""
    try:
        return MOVES[state][decision]
    except KeyError:
        raise MoveRefused(
            f"该条目“{state.label}”，不能再“{decision.label}”。", state=state, decision=decision
        ) from None


def check_something_chosen(count: int) -> None:
    """Raise MoveRefused if nothing was chosen."""
    if not count:
        raise MoveRefused("没有可以办理的条目。")


def check_parents_not_rejected(names: list[str]) -> None:
    """Raise MoveRefused if what an item hangs on was rejected."""
    if names:
        raise MoveRefused(f"其上级“{names[0][:30]}”不采纳，请先采纳上级，再办理本条。")


def check_can_be_taken_back(kind: Kind) -> None:
    """Raise MoveRefused for what every other row hangs on."""
    if kind is Kind.INSPECTION:
        raise MoveRefused("检查信息已经采纳，不能撤回；如有误，请直接更正。")


def check_can_keep(match: Match, *, in_ledger: bool) -> None:
    """Raise MoveRefused unless a new edition changed something that the ledger holds."""
    if match is not Match.CHANGED or not in_ledger:
        raise MoveRefused("只有新版有变化、且台账中已有原内容的条目，才能维持原内容。")


def check_settled(match: Match) -> None:
    """Raise IdentityUnsettled while a person must still say which earlier item this is."""
    if match is Match.UNSURE:
        raise IdentityUnsettled("该条目与前一版的条目相近但不相同，请先认定是同一项还是新增，再核定。")


def check_can_identify(
    state: ProposalState, match: Match, candidates: list[int], same_as: int | None
) -> None:
    """Raise MoveRefused unless the item is open and doubtful and the chosen one is among those it might be."""
    if state is not ProposalState.OPEN:
        raise MoveRefused(f"该条目“{state.label}”，不能再认定。")
    if match is not Match.UNSURE:
        raise MoveRefused("该条目已经认定，不需要再次认定。")
    if same_as is not None and same_as not in candidates:
        raise MoveRefused("所选的前一版条目不在可能的条目之中，请从列出的条目里选择。")


def check_nothing_hangs_on(names: list[str]) -> None:
    """Raise StillInUse if accepted items hang on the one to be taken back."""
    if names:
        shown = "、".join(f"“{name[:20]}”" for name in names[:3])
        raise StillInUse(f"其下还有 {len(names)} 条已采纳的内容（{shown}），请先将它们改为不采纳。")
