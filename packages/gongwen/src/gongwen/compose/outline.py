"""由结构成文: the paragraphs of a bulletin that has none yet, in the official order (GB/T 9704).

Title, opening (who inspected whom), sections with their findings (heading, assignment and status as labelled lines, measures), contact, signature, date.

Guarantees
1. Every section, finding and measure of the bulletin has its paragraph, in the order given.
2. What stands nowhere in the outline (a figure, a date, a cited document by itself) has no paragraph: its sentence is what carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongwen.compose.opening import day, opening
from gongwen.models import Assignment, Block, BlockRole, Bulletin, Contact, Finding, Section, Span
from gongwen.reading.tables.numbering import PATH_TRIM

_NOWHERE = Span(0, 0)


def built_blocks(bulletin: Bulletin) -> tuple[Block, ...]:
    """The paragraphs."""
    findings = {finding.path: finding for finding in bulletin.findings}
    blocks = [_block("title", bulletin.title)] if bulletin.title else []
    told = opening(bulletin.inspection)
    blocks += [_block("text", told)] if told else []
    blocks += _sections(bulletin.sections, "", findings)
    for finding in findings.values():  # those that no section holds
        blocks.append(_block("heading", _own_number(finding.path) + finding.title))
        blocks += _finding(finding)
    blocks += [_block("contact", line) for line in _contact(bulletin.contact)]
    blocks += [_block("signature", line) for line in (bulletin.issuer, day(bulletin.issued_on)) if line]
    return tuple(blocks)


def _block(role: BlockRole, text: str) -> Block:
    return Block(role, text, _NOWHERE)


def _sections(sections: Iterable[Section], above: str, findings: dict[str, Finding]) -> Iterator[Block]:
    for section in sections:
        path = above + section.number.strip(PATH_TRIM)
        yield _block("heading", section.number + section.title)
        finding = findings.pop(path, None)
        if finding:
            yield from _finding(finding)
        yield from _sections(section.children, path, findings)


def _finding(finding: Finding) -> Iterator[Block]:
    for line in _labelled(finding):
        yield _block("text", line)
    if finding.measures:
        yield _block("text", "整改完成情况：")
    for measure in finding.measures:
        words = measure.text if measure.text.startswith(measure.number) else measure.number + measure.text
        yield _block("item", words if words.endswith(("。", "；")) else words + "。")


def _labelled(finding: Finding) -> Iterator[str]:
    given = finding.assignment or Assignment()
    for label, value in (
        ("牵头领导", given.lead_official),
        ("牵头单位", given.lead_unit),
        ("责任单位", "、".join(given.responsible_units)),
        ("配合单位", "、".join(given.supporting_units)),
        ("完成时限", given.due),
        ("问题金额", finding.money),
        ("整改状态", finding.status),
    ):
        if value:
            yield f"{label}：{value}"


def _own_number(path: str) -> str:
    number = path.rpartition("）")[0] + "）" if path.endswith("）") else path[-1:]
    own = "（" + number.rpartition("（")[2] if number.endswith("）") else number
    return own + ("." if own.isdigit() else "、" if own and not own.endswith("）") else "")


def _contact(contact: Contact) -> Iterator[str]:
    fields = (
        ("联系电话", contact.phone),
        ("电子邮箱", contact.email),
        ("通信地址", contact.address),
        ("邮政编码", contact.postcode),
        ("收件人", contact.addressee),
    )
    said = "；".join(f"{label}：{value}" for label, value in fields if value)
    if said:
        yield said + "。"
