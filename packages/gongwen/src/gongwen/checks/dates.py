"""日期核对 (date.impossible, date.order, date.year): dates that the calendar or their order rules out.

Guarantees
1. Dates known to the month or year are compared as the whole span: an order is only denied when no day could make it true.
2. Years that were concluded and not written are never held against the order.
3. Silent where a role occurs with several dates, except that every deadline is compared for itself.
4. date.year: one day alone among four or more, over fifteen years off, whose year is one digit or a swap from the others'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.checks.view import View, is_slip, remark
from gongwen.models import DateRef, Remark

ORDER, IMPOSSIBLE, YEAR = "date.order", "date.impossible", "date.year"
_YEARS_APART = 15
_ENOUGH_DATES = 4
_FULL = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_dates(view: View) -> Iterator[Remark]:
    """What the calendar does not have, ranges, then roles against each other."""
    for leftover in view.bulletin.leftovers:
        if "日历" in leftover.reason:
            path = view.path_at(leftover.span.start)
            yield remark(IMPOSSIBLE, "error", f"“{leftover.text}”在日历上不存在。", leftover, path=path)
    for item in view.bulletin.dates:
        if item.end and _last(item.end) < _first(item.start):
            yield remark(ORDER, "error", f"“{item.text}”的止期{item.end}早于起期{item.start}。", item)
    yield from _roles(view)
    yield from _slips(view)


def _first(words: str) -> str:
    return (words + "-01-01")[:10] if len(words) == 4 else (words + "-01")[:10]  # noqa: PLR2004


def _last(words: str) -> str:
    if len(words) == 4:  # noqa: PLR2004
        return words + "-12-31"
    if len(words) == 7:  # noqa: PLR2004
        return words + "-31"  # only compared as text, where a day that a month lacks does no harm
    return words[:10]


def _before(left: DateRef, right: DateRef) -> bool:
    """Surely earlier: the last possible day of one lies before the first of the other."""
    return _last(left.end or left.start) < _first(right.start)


def _by_role(view: View, role: str) -> list[DateRef]:
    return [item for item in view.bulletin.dates if item.role == role and not item.inferred]


def _only(view: View, *roles: str) -> DateRef | None:
    found = [item for role in roles for item in _by_role(view, role)]
    return found[0] if len({item.start for item in found}) == 1 else None


def _roles(view: View) -> Iterator[Remark]:
    inspected = _only(view, "巡视", "巡察", "审计", "督察", "检查")
    feedback, signed, published = _only(view, "反馈"), _only(view, "成文"), _only(view, "发布")
    if (
        inspected
        and feedback
        and inspected.end
        and "日" in inspected.text  # a half-year in which something was looked at is no inspection's stay
        and _last(feedback.end or feedback.start) < _first(inspected.end)
    ):
        yield _out_of_order("反馈", feedback, "巡视巡察结束", inspected)
    if feedback and signed and _before(signed, feedback):
        yield _out_of_order("成文", signed, "反馈", feedback)
    if signed and published and _before(published, signed):
        yield _out_of_order("发布", published, "成文", signed)
    yield from _until(view, signed)
    yield from _deadlines(view, feedback)


def _until(view: View, signed: DateRef | None) -> Iterator[Remark]:
    """截至 a day after signing: what is reported was not yet so."""
    for item in _by_role(view, "截至"):
        if signed and _before(signed, item):
            yield remark(
                ORDER,
                "warning",
                f"成文日期{signed.start}早于文中统计截至的{item.start}（“{item.text}”）。",
                item,
                signed,
            )


def _deadlines(view: View, feedback: DateRef | None) -> Iterator[Remark]:
    for item in _by_role(view, "完成时限"):
        if feedback and _before(item, feedback):
            yield remark(
                ORDER, "warning", f"完成时限{item.start}早于反馈日期{feedback.start}。", item, feedback
            )


def _out_of_order(what: str, early: DateRef, other: str, late: DateRef) -> Remark:
    message = f"{what}日期{early.start}早于{other}日期{late.end or late.start}，先后颠倒。"
    return remark(ORDER, "error", message, early, late)


def _slips(view: View) -> Iterator[Remark]:
    """A day whose year lies far from every other day's: 2052 for 2025."""
    days = [item for item in view.bulletin.dates if _FULL.fullmatch(item.start) and not item.inferred]
    if len(days) < _ENOUGH_DATES:
        return
    years = sorted(int(item.start[:4]) for item in days)
    middle = years[len(years) // 2]
    far = [item for item in days if _is_slip_of(item.start[:4], middle)]
    if len(far) == 1:
        message = f"“{far[0].text}”的年份与其他日期（多为{middle}年前后）相差过远，疑为笔误。"
        yield remark(YEAR, "warning", message, far[0])


def _is_slip_of(year: str, middle: int) -> bool:
    """Far off and one digit or a swap away; 1949 among years of today is history, not a slip."""
    return abs(int(year) - middle) > _YEARS_APART and is_slip(year, str(middle))
