"""统计: the counts of an inspection as groups that add up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.states import Completion, Grade, Review, Schedule
from zhenggai.web.labels import named


@dataclass(frozen=True)
class Group:
    """A total, and the parts into which it falls as (label, number, look); beside them what is counted but no part."""

    label: str
    total: int
    parts: list[tuple[str, int, str]]
    beside: list[tuple[str, int, str]]


def groups(numbers: Mapping[str, int], profile: Profile) -> list[Group]:
    """Items by review, closed ones by grade, tasks by schedule and by completion. In each group the parts add up to the total."""
    of_review = [(named(r.label), numbers[f"review_{r.value}"], f"review-{r.value}") for r in Review]
    of_grade = [(named(profile.grades[g]), numbers[f"grade_{g.value}"], "") for g in Grade]
    schedule = (Schedule.OVERDUE, Schedule.NEAR, Schedule.ON_TIME, Schedule.OPEN_ENDED, Schedule.FINISHED)
    of_schedule = [(named(s.label), numbers[s.value], s.value) for s in schedule]
    completion = [(named(profile.completion[c]), numbers[f"completion_{c.value}"], "") for c in Completion]
    return [
        Group(
            _("问题总数"),
            numbers["total"],
            of_review,
            [
                (_("退回次数大于零"), numbers["returns"], ""),
                (_("复发"), numbers["relapsed"], ""),
                (_("有效豁免"), numbers["waivers"], ""),
            ],
        ),
        Group(_("销号等次"), numbers["review_closed"], of_grade, []),
        Group(_("任务进度"), numbers["tasks"], of_schedule, [(_("措施"), numbers["measures"], "")]),
        Group(_("任务完成情况"), numbers["tasks"], completion, []),
    ]
