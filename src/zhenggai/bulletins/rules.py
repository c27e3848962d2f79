"""What must be true before a draft is changed, submitted, approved and published. Pure functions that return or raise; no Django, no clock."""

from collections.abc import Collection, Sequence
from typing import Any

from zhenggai.bulletins.facts import Trouble
from zhenggai.bulletins.states import MOVES, DraftMove, DraftState
from zhenggai.core.errors import Refusal
from zhenggai.journal.chain import canonical, digest_text
from zhenggai.ledger.handling import rules as handling
from zhenggai.parties.states import Capacity

GAP = 1 << 20
"""Distance between the positions of neighbouring paragraphs when a draft is made."""

MOST_CHARACTERS = 200_000
"""Most characters of a whole draft."""

MOST_IN_PARAGRAPH = 20_000
"""Most characters of one paragraph."""

_SHOWN = 3


class DraftRefused(Refusal):
    """此时不能办理: the state of the draft does not allow it."""

    code = "draft_refused"


class WrongText(Refusal):
    """文字有误: what was typed cannot stand in a document."""

    code = "wrong_text"


class EditConflict(Refusal):
    """同时修改了同一处: two people changed the same words; nothing is lost, both texts are in ``facts``."""

    code = "edit_conflict"


class TroublesLeft(Refusal):
    """审前检查未通过: what must be dealt with first."""

    code = "troubles_left"


class ContentMoved(Refusal):
    """送审内容已变动: what is to be approved is no longer what was submitted."""

    code = "content_moved"


class NotThisReviewer(Refusal):
    """须由另一人、按次序审核."""

    code = "not_this_reviewer"


def next_of(state: DraftState, move: DraftMove, what: str) -> DraftState:
    """The state after a move; DraftRefused if the table does not allow it."""
    return handling.next_of(MOVES, state, move, what, DraftRefused)


def check_open(state: str, what: str) -> None:
    """Raise DraftRefused unless text and bindings may be changed."""
    if state != DraftState.DRAFTING.value:
        raise DraftRefused(
            f"{what}现在是“{DraftState(state).label}”，不能修改；需要修改的，请先撤回或退回起草。",
            state=state,
        )


def checked_text(text: str, *, what: str = "段落") -> str:
    """The text of a paragraph as it is kept: one line, without what no document holds; WrongText if it is empty or too long."""
    cleaned = " ".join(piece.strip() for piece in text.replace("\x00", "").splitlines()).strip(" \u3000\r")
    cleaned = "".join(each for each in cleaned if each >= " " or each == "\t")
    cleaned = cleaned.encode("utf-8", "replace").decode()
    if not cleaned:
        raise WrongText(f"{what}没有文字，请填写；不需要这一段的，请删除。", field="text")
    if len(cleaned) > MOST_IN_PARAGRAPH:
        raise WrongText(
            f"{what}有 {len(cleaned)} 字，一段最多 {MOST_IN_PARAGRAPH} 字，请分成几段。", field="text"
        )
    return cleaned


def check_reason(reason: str, doing: str, *, most: int = 500) -> str:
    """The reason trimmed; WrongText if there is none or it is too long."""
    text = reason.replace("\x00", "").strip()
    if not text:
        raise WrongText(f"{doing}须写明理由，请填写后再提交。", field="reason")
    if len(text) > most:
        raise WrongText(f"理由有 {len(text)} 字，最多 {most} 字，请缩短。", field="reason")
    return text


def check_size(characters: int) -> None:
    """Raise WrongText for a draft that would be longer than is read within a moment."""
    if characters > MOST_CHARACTERS:
        raise WrongText(
            f"全文将有 {characters} 字，最多 {MOST_CHARACTERS} 字，请拆成几份文稿。", field="text"
        )


def check_untroubled(blocking: Sequence[Trouble], doing: str) -> None:
    """Raise TroublesLeft, naming the first few, if the checks found what must be dealt with."""
    if blocking:
        first = "".join(f"（{number}）{each.sentence}" for number, each in enumerate(blocking[:_SHOWN], 1))
        more = f"等 {len(blocking)} 处" if len(blocking) > _SHOWN else ""
        raise TroublesLeft(
            f"审前检查有 {len(blocking)} 处必须处理，不能{doing}：{first}{more}请逐条处理后再办。",
            codes=[each.code for each in blocking],
        )


def check_reviewer(
    *, person: int, submitter: int, earlier: Collection[int], turn: str, by: Capacity,
    held: Collection[Capacity], title: str,
) -> None:  # fmt: skip
    """Raise NotThisReviewer unless the step belongs to a capacity of the reviewer's, and he has had no part in the draft's way so far."""
    if by not in held:
        raise NotThisReviewer(f"现在轮到“{turn}”（{by.label}），您的岗位“{title}”不能办理这一步。")
    if person == submitter:
        raise NotThisReviewer(f"送审人不能审核自己送审的文稿，“{turn}”请由另一人办理。")
    if person in earlier:
        raise NotThisReviewer(f"您已审核过这份文稿的前一步，“{turn}”请由另一人办理。")


def check_seen(seen: str, digest: str) -> None:
    """Raise ContentMoved if what a reviewer had before him (empty: not told) is no longer what was submitted."""
    if seen and seen != digest:
        raise ContentMoved("您打开之后，文稿已撤回修改并重新送审；请看过现在的文字再审核。")


def digest_of(said: Any) -> str:
    """Digest of all that an approval covers: the text and what each of its numbers rests on."""
    return digest_text(canonical(said))
