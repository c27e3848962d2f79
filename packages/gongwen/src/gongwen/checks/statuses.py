"""状态矛盾 (status.contradiction, status.overdue, status.count): what is said about how far a problem is, against itself.

Guarantees
1. A completed problem is contradicted only by a clause inside it that is read as ongoing or not done and names no share (其余、部分、下一步); not one that goes on (已销号，长期坚持).
2. 全部完成 is contradicted only by a rest stated in the same sentence.
3. Stated numbers are held against the listed problems only when every listed problem has a status and their number is the stated one.
4. Overdue needs a deadline to the day, a signed date after it, and a status of not done; it is a hint.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from gongwen.checks.view import Sentence, View, remark, where
from gongwen.models import Claim, Finding, Measure, Remark

CODE, OVERDUE, COUNT = "status.contradiction", "status.overdue", "status.count"
_SOFT = re.compile(r"其余|剩余|部分|下一步|长期|持续|常态|个别|今后|将")
_ALL = re.compile(r"(?:全部|均已|全面)(?:按期|按时|如期)?(?:完成|办结|整改到位|整改完成|销号|解决)")
_REST = re.compile(
    r"(?:尚|还|仍)有[\d０-９两一二三四五六七八九十]+[个项件条]|剩余[\d０-９]+[个项件条]|未完成[\d０-９]+[个项件条]"
)
_NONE_LEFT = re.compile(r"\D*[0０]+\D*")
_OPEN = ("ongoing", "not_done")


def check_statuses(view: View) -> Iterator[Remark]:
    """Problems against their clauses and deadlines, sentences against their rest, numbers against the list."""
    claims = _claims_by_finding(view)
    for finding in view.bulletin.findings:
        yield from _contradicted(finding, claims[finding.path])
        yield from _immediate(finding)
        yield from _overdue(finding, view.bulletin.issued_on)
    for sentence in view.sentences:
        yield from _rest_beside_all(sentence, view)
    yield from _counted(view)


def _claims_by_finding(view: View) -> dict[str, list[Claim]]:
    """Claims by the problem or measure they stand in; a measure's go to its problem."""
    owner = {m.path: f.path for f in view.bulletin.findings for m in f.measures}
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in view.bulletin.claims:
        grouped[owner.get(claim.path, claim.path)].append(claim)
    return grouped


def _contradicted(finding: Finding, claims: list[Claim]) -> Iterator[Remark]:
    # 已销号，长期坚持: something goes on although it is done.
    if finding.status_class != "completed" or _SOFT.search(finding.status or ""):
        return
    for claim in claims:
        inside = finding.span.start <= claim.span.start < finding.span.end
        # What the problem itself says (…未落实预案) is what was put right.
        if (
            inside
            and claim.text not in finding.title
            and claim.status in _OPEN
            and not _SOFT.search(claim.text)
        ):
            message = f"{where(finding.path)}问题状态为“{finding.status}”，文中却说“{claim.text}”。"
            yield remark(CODE, "warning", message, claim, _titled(finding), path=finding.path)
            return


def _titled(finding: Finding) -> Measure:
    return Measure(finding.path, "", finding.title, finding.span)


def _immediate(finding: Finding) -> Iterator[Remark]:
    assignment = finding.assignment
    if assignment and assignment.immediate and not assignment.standing and finding.status_class == "not_done":
        message = f"{where(finding.path)}立行立改的问题状态仍为“{finding.status}”。"
        yield remark(CODE, "warning", message, _titled(finding))


def _overdue(finding: Finding, issued: str | None) -> Iterator[Remark]:
    due = finding.assignment.due_on if finding.assignment else None
    if issued and due and len(due) == len(issued) and due < issued and finding.status_class == "not_done":
        message = f"{where(finding.path)}完成时限{due}已过（成文{issued}），状态仍为“{finding.status}”。"
        yield remark(OVERDUE, "hint", message, _titled(finding))


def _rest_beside_all(sentence: Sentence, view: View) -> Iterator[Remark]:
    whole = _ALL.search(sentence.text)
    rest = _REST.search(sentence.text, whole.end()) if whole else None
    if whole is None or rest is None or _NONE_LEFT.fullmatch(rest[0]):
        return
    if "；" in sentence.text[whole.end() : rest.start()]:
        return
    span = sentence.place(*rest.span())
    path = view.path_at(span.start)
    message = f"{where(path)}既说“{whole[0]}”，又说“{rest[0]}”，两者矛盾。"
    yield Remark(CODE, "warning", message, span, rest[0], path, (sentence.place(*whole.span()),))


_STATES = {
    "已完成": "completed",
    "已销号": "completed",
    "阶段性完成": "phased",
    "正在整改": "ongoing",
    "未完成": "not_done",
}


def _counted(view: View) -> Iterator[Remark]:
    """The document's own numbers by status against the statuses it lists."""
    leaves = view.leaves
    stated = [total for total in view.bulletin.totals if total.label in ("问题", "具体问题")]
    if not leaves or any(leaf.status_class is None or leaf.inferred for leaf in leaves) or not stated:
        return
    if any(total.value != len(leaves) for total in stated):
        yield from _listed(view)
        return
    listed = Counter(leaf.status_class for leaf in leaves)
    for total in view.bulletin.totals:
        state = _STATES.get(total.label)
        if state and total.value != listed[state]:  # type: ignore[index]
            message = f"文中称“{total.label}”{total.text}，所列问题中这一状态的有{listed[state]}个。"  # type: ignore[index]
            yield remark(COUNT, "warning", message, total)


def _listed(view: View) -> Iterator[Remark]:
    """清单: a list has all problems, so their number is the stated one."""
    stated = [total for total in view.bulletin.totals if total.label in ("问题", "具体问题")]
    if view.bulletin.kind != "清单" or len(stated) != 1:
        return
    message = f"文中称问题{stated[0].text}，清单所列为{len(view.leaves)}个。"
    yield remark(COUNT, "warning", message, stated[0])
