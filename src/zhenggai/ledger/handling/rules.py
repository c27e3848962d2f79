"""What must be true before responsibility, reports, evidence and requests change: pure functions that return or raise. No Django, no clock."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.states import (
    ClosureState,
    Completion,
    Horizon,
    Move,
    Review,
    Schedule,
    State,
)


class HandlingRefused(Refusal):
    """此时不能办理: the state does not allow the move."""

    code = "handling_refused"


class WrongContent(Refusal):
    """填写有误: what was filled in cannot be so; ``field`` names where."""

    code = "wrong_content"


class ReasonMissing(WrongContent):
    """没有写明理由."""

    code = "reason_missing"


class ItemClosed(Refusal):
    """已经销号: what was closed is a fact and stays as it is."""

    code = "item_closed"


class AlreadySealed(HandlingRefused):
    """已有销号凭据."""

    code = "already_sealed"


class NotAnotherPerson(Refusal):
    """须由另一人办理."""

    code = "not_another_person"


def next_of(
    table: Mapping[State, Mapping[Move, State]],
    state: State,
    move: Move,
    what: str,
    refusal: type[Refusal] = HandlingRefused,
) -> State:
    """Return the state after a move; ``refusal`` if the table does not allow it."""
    try:
        return table[state][move]
    except KeyError:
        raise refusal(
            f"{what}现在是“{state.label}”，不能“{move.label}”。", state=state.value, move=move.value
        ) from None


def check_reason(reason: str, doing: str, *, most: int = 500) -> str:
    """Return the reason trimmed; ReasonMissing if there is none, WrongContent if it is too long."""
    text = plain_text(reason)
    if not text:
        raise ReasonMissing(f"{doing}须写明理由，请填写后再提交。", field="reason")
    if len(text) > most:
        raise WrongContent(f"理由有 {len(text)} 字，最多 {most} 字，请缩短。", field="reason")
    return text


def plain_text(text: str, *, most: int | None = None, field: str = "", label: str = "") -> str:
    """Return a text without characters that the database cannot hold; WrongContent if it is longer than ``most``."""
    cleaned = text.replace("\x00", "").strip()
    if most is not None and len(cleaned) > most:
        raise WrongContent(f"“{label}”有 {len(cleaned)} 字，最多 {most} 字，请缩短。", field=field)
    return cleaned


def check_open(review: str, number: int) -> None:
    """Raise ItemClosed for an item that is closed."""
    if review == Review.CLOSED.value:
        raise ItemClosed(
            f"问题 {number} 已经销号，不能再改动；如果问题复发，请整改办登记复发，另立新一轮整改。"
        )


def check_present_cycle(cycle: int, present: int, what: str) -> None:
    """Raise HandlingRefused for what belongs to an earlier cycle: the closure that ended it rests on it, and closures are facts."""
    if cycle != present:
        raise HandlingRefused(
            f"{what}属于第 {cycle} 轮整改，是那一轮销号的依据，不能再改动；请在本轮另行办理。"
        )


def day_to_seal(state: str, closed_on: date | None, number: int, *, sealed: bool) -> date:
    """Return the day of a closure that has no seal yet; HandlingRefused for an application that did not end in one, AlreadySealed."""
    if state != ClosureState.CLOSED.value or closed_on is None:
        raise HandlingRefused(
            f"问题 {number} 的这次申请“{ClosureState(state).label}”，没有准予销号，不能出具销号凭据。"
        )
    if sealed:
        raise AlreadySealed(f"问题 {number} 的这次销号已有凭据，不必重复出具。")
    return closed_on


def check_another(person: int, other: int, doing: str) -> None:
    """Raise NotAnotherPerson if both are the same person, whichever posts they act from."""
    if person == other:
        raise NotAnotherPerson(f"{doing}不能由提出的本人办理，请由有权办理的另一人办理。")


def check_another_unit(unit: int, other: int, doing: str) -> None:
    """Raise NotAnotherPerson if both belong to one unit."""
    if unit == other:
        raise NotAnotherPerson(f"{doing}不能由提交单位自己办理，请由其他单位的审核人办理。")


def check_none_waiting(waiting: bool) -> None:  # noqa: FBT001  # a fact that is asked about
    """Raise HandlingRefused while a request for a later time limit waits for its decision."""
    if waiting:
        raise HandlingRefused("该任务已有一项延期申请待批，请等批复后再申请。")


def check_extension(due_on: date | None, to_on: date, today: date) -> None:
    """Raise WrongContent unless the new date is later than the present one and still to come."""
    if due_on is not None and to_on <= due_on:
        raise WrongContent(f"申请的时限 {to_on} 不晚于现时限 {due_on}，请填写更晚的日期。", field="to_on")
    if to_on <= today:
        raise WrongContent(f"申请的时限 {to_on} 已过，请填写今天以后的日期。", field="to_on")


def check_expiry(expires_on: date, today: date) -> None:
    """Raise WrongContent if a waiver would be over before it begins."""
    if expires_on < today:
        raise WrongContent(f"豁免的有效期 {expires_on} 已过，请填写今天或以后的日期。", field="expires_on")


def check_effective(effective_on: date, today: date) -> None:
    """Raise WrongContent if evidence is dated in the future."""
    if effective_on > today:
        raise WrongContent(
            f"形成日期 {effective_on} 在今天之后，请填写材料实际形成（印发、拍摄）的日期。",
            field="effective_on",
        )


def money(written: str, field: str, label: str) -> Decimal | None:
    """Return an amount in 元, to the 分; None for nothing. WrongContent names the field."""
    text = written.replace(",", "").replace("，", "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0 or value >= Decimal(10) ** 16 or value != round(value, 2):
        raise WrongContent(f"“{label}”的“{written}”不是金额，请以元为单位填写，最多两位小数。", field=field)
    return value


def check_money(total: Decimal | None, done: Decimal | None) -> None:
    """Raise WrongContent if more was put right than there was."""
    if total is not None and done is not None and done > total:
        raise WrongContent(f"已整改金额 {done} 元超过问题金额 {total} 元，请核对。", field="money_done")


def check_split(parts: Collection[Collection[int]], measures: Collection[int]) -> None:
    """Raise WrongContent unless splitting gives at least two tasks and every measure goes to exactly one."""
    if len(parts) < 2:  # noqa: PLR2004  # what splitting means
        raise WrongContent("拆分后至少要有两项任务。", field="parts")
    given = [measure for part in parts for measure in part]
    if sorted(given) != sorted(measures):
        raise WrongContent("拆分时每条措施须且只能归入一项任务，请逐条核对。", field="parts")


def schedule_of(
    due_on: date | None, completion: Completion, review: Review, today: date, near_days: int
) -> Schedule:
    """进度: how a time limit stands. The last day itself is still within the limit; nearness is counted in calendar days."""
    if review is Review.CLOSED or completion is Completion.DONE:
        return Schedule.FINISHED
    if due_on is None:
        return Schedule.OPEN_ENDED
    if today > due_on:
        return Schedule.OVERDUE
    return Schedule.NEAR if (due_on - today).days <= near_days else Schedule.ON_TIME


_COMPLETIONS = list(Completion)


def least(said: Iterable[Completion]) -> Completion:
    """完成情况 of several together: as far as the least of them; 未完成 where there is none."""
    return min(said, key=_COMPLETIONS.index, default=Completion.UNDONE)


def overdue_days(due_on: date, today: date) -> int:
    """逾期天数: calendar days (自然日) past the deadline; 0 if not past."""
    return max(0, (today - due_on).days)


def due_from(profile: Profile, horizon: Horizon, feedback_on: date) -> date:
    """完成时限: last day of a time class, counted in months from the feedback date (practice, section 1.2)."""
    months = feedback_on.month - 1 + profile.horizons[horizon].months
    year, month = feedback_on.year + months // 12, months % 12 + 1
    for day in (feedback_on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError(month)


def horizon_of(wording: str) -> Horizon | None:
    """整改时段 as a document words it: 立行立改，长期坚持 → immediate; None where it says none."""
    for words, horizon in (
        (("立行立改", "即知即改", "即查即改", "马上就改"), Horizon.IMMEDIATE),
        (("集中整改", "限期整改", "短期攻坚", "限期治理"), Horizon.CONCENTRATED),
        (("中长期", "中期推进", "分阶段", "持续推进", "长期整改"), Horizon.LONG),
    ):
        if any(word in wording for word in words):
            return horizon
    return None
