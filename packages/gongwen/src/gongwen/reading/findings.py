"""反馈问题: which headings, rows and labels state a problem, and what belongs to each.

Guarantees
1. One finding per problem: the leaf heading, the table row or the label 反馈问题： that states it.
2. A heading is a problem because it is wrapped as one, carries a status or measures block, or states a
   deficiency in a
   chapter that is not about organisation; never because of a particular document.
3. Measures are numbered steps under a finding; a 反馈意见 has none.
4. Findings come in the order of the text, their spans do not overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gongwen.models import Finding, Measure
from gongwen.reading.clean import Text
from gongwen.reading.fields import MEASURE_ROLES, Fields, LabelledField, role_at
from gongwen.reading.ledgertables import Row, Table
from gongwen.reading.outline import Heading, Outline
from gongwen.reading.problems import fails, states_deficiency, unwrapped
from gongwen.reading.responsibility import assignment_of, stated
from gongwen.reading.statuses import sentence_status, status_class, title_status
from gongwen.reading.steps import Step, find_is_steps, find_numbered_steps, find_steps_in_cells
from gongwen.reading.tables import headings as words
from gongwen.reading.tables.numbering import CIRCLED

_PROBLEM_CHAPTER = re.compile("|".join(words.PROBLEM_CHAPTERS))
_STRONG_PROBLEM = re.compile(
    "反馈(?:的)?(?:问题|意见)|问题(?:的)?整改|(?:主要|突出|存在|具体|发现|查出|"
    "指出)(?:的)?(?:主要)?(?:突出)?问题|整改任务"
)
_ORGANISATION = re.compile("|".join(words.ORGANISATION_CHAPTERS))
_NOT_PROBLEMS = re.compile("|".join(words.NOT_ABOUT_PROBLEMS))
_TREATMENT = re.compile(rf"^(?:{'|'.join(words.TREATMENT)})(?:情况|及成效)?$")
_COUNT_IN_BRACKETS = re.compile(r"（(?:共)?[\d一二三四五六七八九十]+[个项条件]?(?:问题)?）$")
_SUM = re.compile("\t*(?:合计|总计|小计|共计)")
_AREA = re.compile("方面|领域|类(?:问题)?$")
# 反馈问题：1.师德师风建设抓得不紧。
_LABEL_NUMBER = re.compile(
    r"(?P<number>（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})）?)[.、．]?(?=[“\u4e00-\u9fff])(?<=[）.、．])"
)
_LONGEST_STATUS = 14
_STEPLESS = ("problem", "reason", "goal", "area", "number")


@dataclass(slots=True)
class FoundFinding:
    """A finding in flat positions, with what the regions of the text need to know of it."""

    start: int
    end: int
    path: str
    result: Finding
    steps: list[tuple[int, int, str]] = field(default_factory=list)
    number: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What finding a problem needs: text, outline, tables, and whether the document only states problems."""

    text: Text
    outline: Outline
    tables: tuple[Table, ...]
    states_only: bool
    fields: Fields
    closings: tuple[int, ...] = ()

    def before_table(self, start: int, end: int) -> int:
        """The end of a region of text, or where a table begins inside it."""
        first = next((table.start for table in self.tables if start < table.start < end), end)
        return min(first, end)

    def body_end(self, position: int) -> int:
        """Where the body ends behind a position: before contact and signature."""
        return next((start for start in self.closings if start > position), len(self.text.flat))


def find_findings(reading: Reading) -> list[FoundFinding]:
    """All findings, in the order of the text."""
    tables = [table for table in reading.tables if table.lists_problems]
    found = [finding for table in tables for finding in _table_findings(reading, table)]
    for index in _problem_headings(reading):
        found += _heading_findings(reading, index)
    found += _loose_label_findings(reading, found)
    return sorted(found, key=lambda finding: finding.start)


# ---- which headings are problems ----


def _problem_headings(reading: Reading) -> list[int]:
    outline = reading.outline
    leaves = [i for i in range(len(outline.headings)) if _is_leaf(outline, i)]
    certain = {i for i in leaves if _states_problem(reading, i)}
    return [i for i in leaves if i in certain or _goes_with(outline, i, certain)]


def _is_leaf(outline: Outline, index: int) -> bool:
    """A heading without headings below it that are more than divisions of its treatment."""
    heading = outline.headings[index]
    if heading.in_table or heading.measure or _divides(outline, index):
        return False
    return all(outline.headings[child].measure or _divides(outline, child) for child in heading.children)


def _divides(outline: Outline, index: int) -> bool:
    """Whether a heading only divides the treatment of the problem above it: 整改措施, or a label (1.整改目标：…)."""
    title = outline.title(index)
    return bool(_TREATMENT.match(title)) or role_at(title, 0) not in (None, "problem", "task")


def _states_problem(reading: Reading, index: int) -> bool:
    outline = reading.outline
    heading, title = outline.headings[index], outline.title(index)
    chapter = _chapter_kind(outline, index)
    if chapter == "advice":
        return False
    if unwrapped(title) is not None:
        return True
    if _has_problem_block(reading, heading):
        return True
    # 完成率低于90%的单位: where nothing says that problems follow, a title must end in what fails.
    lacking = states_deficiency(title) if chapter == "problem" else chapter == "unknown" and fails(title)
    return lacking and not _is_chapter_without_problem(outline, index)


def _has_problem_block(reading: Reading, heading: Heading) -> bool:
    """A status or measures block right below the heading."""
    flat = reading.text.flat
    fields = reading.fields.within(heading.body, heading.end)
    return any(f.role in ("status", *MEASURE_ROLES) for f in fields) or bool(
        sentence_status(flat, heading.body, heading.end)
    )


def _is_chapter_without_problem(outline: Outline, index: int) -> bool:
    """A chapter (一、) that holds no headings is no problem unless it says so itself."""
    heading = outline.headings[index]
    title = _NOT_PROBLEMS.sub("", outline.title(index))
    return heading.parent is None and (heading.level == 1) and bool(_PROBLEM_CHAPTER.search(title))


def _goes_with(outline: Outline, index: int, certain: set[int]) -> bool:
    """A leaf among problems: most of its sisters state one, and it is no organisational heading."""
    parent = outline.headings[index].parent
    if parent is None or _chapter_kind(outline, index) != "problem":
        return False
    sisters = [i for i in outline.headings[parent].children if _is_leaf(outline, i)]
    return 2 * sum(i in certain for i in sisters) >= len(sisters) and not _ORGANISATION.search(
        outline.title(index)
    )


def _chapter_kind(outline: Outline, index: int) -> str:
    """problem, organisation, advice or unknown: what the chapter above (or the heading itself) is about."""
    above = outline.ancestors(index)
    title = outline.title(above[-1] if above else index)
    title = _NOT_PROBLEMS.sub("", title)
    if re.search("意见(?:和|与)?建议|工作建议|整改建议|整改要求|^建议", title):
        return "advice"
    if _STRONG_PROBLEM.search(title):
        return "problem"
    if not above:
        organises = _ORGANISATION.search(title) and not unwrapped(title) and not fails(title)
        return "organisation" if organises else "unknown"
    if _ORGANISATION.search(title) and not states_deficiency(title):
        return "organisation"
    return "problem" if _PROBLEM_CHAPTER.search(title) else "unknown"


# ---- findings from headings and labels ----


def _heading_findings(reading: Reading, index: int) -> list[FoundFinding]:
    """The finding of a problem heading, or those of the labels 反馈问题： below it."""
    outline = reading.outline
    heading = outline.headings[index]
    labelled = [f for f in reading.fields.within(heading.body, heading.end) if f.role == "problem"]
    if len(labelled) == 1 and _is_detail(reading, labelled[0]):
        labelled = []
    title = outline.title(index)
    if labelled and (unwrapped(title) is None or len(labelled) > 1 or _AREA.search(title)):
        path, parent = outline.path(index), _parent_path(outline, index)
        if len(labelled) == 1:
            return [_label_finding(reading, labelled[0], (heading.start, heading.end), path, parent)]
        stops = [f.start for f in labelled[1:]] + [reading.before_table(labelled[-1].start, heading.end)]
        return [
            _label_finding(reading, f, (f.start, stop), path, path)
            for f, stop in zip(labelled, stops, strict=True)
        ]
    return [_heading_finding(reading, index)]


def _is_detail(reading: Reading, labelled: LabelledField) -> bool:
    """问题表现：, 具体表现： below a heading tell how the problem shows itself; the heading names it."""
    return "表现" in reading.text.flat[labelled.start : labelled.value_start]


def _heading_finding(reading: Reading, index: int) -> FoundFinding:
    outline, text = reading.outline, reading.text
    heading = outline.headings[index]
    title = outline.title(index)
    inner = unwrapped(title) or (0, len(title))
    start, end = heading.title_start + inner[0], heading.title_start + inner[1]
    status_at = title_status(title)
    if status_at is not None and inner[1] == len(title):
        end = heading.title_start + status_at[0]
    status = title[status_at[0] :].strip("（）【】[]") if status_at else None
    body = (heading.body, heading.end)
    return _build(reading, (heading.start, heading.end), body, outline.path(index), _parent_path(outline, index),
                  _unquoted(_words(text, start, end)), status)  # fmt: skip


def _words(text: Text, start: int, end: int) -> str:
    title = text.words(start, end).rstrip("。；;.")
    return _COUNT_IN_BRACKETS.sub("", title)


def _loose_label_findings(reading: Reading, found: list[FoundFinding]) -> list[FoundFinding]:
    """反馈问题： blocks that stand under no problem heading."""
    flat, outline = reading.text.flat, reading.outline
    if reading.tables:
        return []
    every = _outside(found, reading.fields.within(0, len(flat)))
    fields = [f for f in every if f.role == "problem"]
    if not fields and not found:  # a notice may state its one problem as 整改任务：
        fields = [f for f in every if f.role == "task"]
    result: list[FoundFinding] = []
    for position, labelled in enumerate(fields):
        index = outline.enclosing(labelled.start)
        stop = outline.headings[index].end if index is not None else reading.body_end(labelled.start)
        if position + 1 < len(fields):
            stop = min(stop, fields[position + 1].start)
        path = outline.path(index)
        result.append(_label_finding(reading, labelled, (labelled.start, stop), path, path or None))
    return result


def _outside(found: list[FoundFinding], fields: list[LabelledField]) -> list[LabelledField]:
    """The fields that stand in none of the findings (which do not overlap)."""
    regions = sorted((finding.start, finding.end) for finding in found)
    starts = [start for start, _ in regions]
    places = ((labelled, bisect_right(starts, labelled.start) - 1) for labelled in fields)
    return [labelled for labelled, index in places if index < 0 or regions[index][1] <= labelled.start]


def _label_finding(
    reading: Reading, labelled: LabelledField, region: tuple[int, int], path: str, parent: str | None
) -> FoundFinding:
    flat = reading.text.flat
    newline = flat.find("\n", labelled.value_start, labelled.value_end)
    end = newline if newline >= 0 else labelled.value_end
    number = _LABEL_NUMBER.match(flat, labelled.value_start, end)
    start = number.end() if number else labelled.value_start
    title = _unquoted(_words(reading.text, start, end))
    own = path + number["number"] if number else path
    found = _build(reading, region, (end, region[1]), own, parent, title, None)
    found.number = number.span("number") if number else (labelled.start, labelled.value_start)
    return found


def _unquoted(title: str) -> str:
    """A title without quotation marks around the whole of it (“三重一大”决策不规范 keeps its own)."""
    inner = title[1:-1]
    return inner if title[:1] in '“"' and title[-1:] in '”"' and not re.search('[“”"]', inner) else title


def _parent_path(outline: Outline, index: int) -> str | None:
    """The enclosing area or problem; a mere chapter (二、强化问题导向…) gives None."""
    parent = outline.headings[index].parent
    if parent is None:
        return None
    heading = outline.headings[parent]
    is_area = heading.parent is not None or bool(_AREA.search(outline.title(parent)))
    return outline.path(parent) if is_area else None


def _build(
    reading: Reading, region: tuple[int, int], body: tuple[int, int], path: str, parent: str | None,
    title: str, status: str | None,
) -> FoundFinding:  # fmt: skip
    """Put a finding together from its body: status, measures, responsibility, money."""
    text, flat = reading.text, reading.text.flat
    fields = reading.fields.within(*body)
    lines = [(f.role, _first_line(text, f).rstrip("。；;.")) for f in fields]
    values = dict(reversed(lines))
    prose = stated(flat[region[0] : region[1]])
    values = {**{role: text.restored(words) for role, words in prose.items()}, **values}
    spoken = sentence_status(flat, *body)
    status = status or _status_of(lines) or (text.restored(spoken) if spoken else None)
    steps = [] if reading.states_only else _steps(flat, body, fields)
    above = [_path_above(reading.outline, step, path) for step in steps]
    measures = tuple(_measure(text, step, prefix) for step, prefix in zip(steps, above, strict=True))
    result = Finding(path, title, text.span(*region), status, status_class(status), measures, parent,
                     assignment_of(values), values.get("money"))  # fmt: skip
    regions = [_step_region(text, step, prefix) for step, prefix in zip(steps, above, strict=True)]
    return FoundFinding(*region, path, result, regions)


def _path_above(outline: Outline, step: Step, path: str) -> str:
    """The path that a step's number is added to: of the heading below the finding that it stands in, else of the finding."""
    index = outline.enclosing(step.start)
    if index is None or outline.headings[index].start == step.start:
        return path
    above = outline.path(index)
    return above if above.startswith(path) else path


def _status_of(fields: list[tuple[str, str]]) -> str | None:
    """The stated status; a progress field that holds nothing but a status (整改进展：基本完成) is one too."""
    named = next((words for role, words in fields if role == "status" and words), None)
    stated = (re.split("[，,]", words)[0] for role, words in fields if role in ("progress", "measures"))
    return named or next((words for words in stated if _is_status(words)), None)


def _is_status(words: str) -> bool:
    return len(words) <= _LONGEST_STATUS and bool(status_class(words)) and not re.search(r"\d|，", words)


def _first_line(text: Text, labelled: LabelledField) -> str:
    """The value of a field in its own paragraph; what follows in other paragraphs is no part of it."""
    newline = text.flat.find("\n", labelled.value_start, labelled.value_end)
    return text.words(labelled.value_start, newline if newline >= 0 else labelled.value_end)


def _steps(flat: str, body: tuple[int, int], fields: list[LabelledField]) -> list[Step]:
    """Measures: steps of measure blocks, and 一是… of the text that stands in no block."""
    steps: list[Step] = []
    zone_start = body[0]
    for labelled in fields:
        steps += _free_steps(flat, zone_start, labelled.start)
        zone_start = labelled.value_end
        if labelled.role in _STEPLESS:
            continue
        found = find_is_steps(flat, labelled.value_start, labelled.value_end)
        if not found and labelled.role in MEASURE_ROLES:
            found = find_numbered_steps(flat, labelled.value_start, labelled.value_end)
        steps += found
    steps += _free_steps(flat, zone_start, body[1])
    return steps if steps or fields else _bracketed_steps(flat, body)


def _free_steps(flat: str, start: int, end: int) -> list[Step]:
    """Steps that stand under no label: 一是…, or numbered paragraphs that are no headings."""
    return find_is_steps(flat, start, end) or [
        step for step in find_numbered_steps(flat, start, end) if flat[step.start - 1] == "\n"
    ]


def _bracketed_steps(flat: str, body: tuple[int, int]) -> list[Step]:
    """（1）…（2）… and ①…②… in running text are measures when there are at least two."""
    steps = [step for step in find_numbered_steps(flat, *body) if flat[step.start] in f"（{CIRCLED}"]
    return steps if len(steps) > 1 else []


def _measure(text: Text, step: Step, path: str) -> Measure:
    number = text.words(step.start, step.number_end).rstrip(".．、")
    span = text.span(step.start, step.end)
    # Page numbers that stand in the sentence are no words of the measure.
    return Measure(path + number, number, text.words(step.start, step.end), span)


def _step_region(text: Text, step: Step, path: str) -> tuple[int, int, str]:
    return step.start, step.end, path + text.words(step.start, step.number_end).rstrip(".．、")


# ---- findings from table rows ----


def _table_findings(reading: Reading, table: Table) -> list[FoundFinding]:
    """One finding for each problem cell; rows below without number and problem belong to it (merged cells)."""
    groups: list[list[Row]] = []
    for row in table.rows:
        if _SUM.match(reading.text.flat, row.start):
            continue
        if "problem" in row.by_role:
            groups.append([row])
        elif groups and "number" not in row.by_role:
            groups[-1].append(row)
    return [
        _rows_finding(reading, rows, area) for rows, area in zip(groups, _areas(reading, groups), strict=True)
    ]


def _areas(reading: Reading, groups: list[list[Row]]) -> list[str | None]:
    """The area of each finding; an empty area cell was merged with the one above it."""
    areas: list[str | None] = []
    for rows in groups:
        cell = rows[0].by_role.get("area")
        above = areas[-1] if areas else None
        areas.append(reading.text.words(cell.start, cell.end) if cell else above)
    return areas


def _rows_finding(reading: Reading, rows: list[Row], area: str | None) -> FoundFinding:
    text, outline, row = reading.text, reading.outline, rows[0]
    problem, number = row.by_role["problem"], row.by_role.get("number")
    prefix = outline.path(outline.enclosing(row.start))
    path = prefix + (text.words(number.start, number.end).rstrip("、.．") if number else "")
    values = {role: text.words(cell.start, cell.end) for role, cell in row.by_role.items()}
    status = _status_of(list(values.items()))
    steps = [] if reading.states_only else _cell_steps(reading, rows)
    title = text.words(problem.start, problem.end).rstrip("。；;")
    result = Finding(
        path, title, text.span(row.start, rows[-1].end), status, status_class(status),
        tuple(_measure(text, step, path) for step in steps), prefix or area, assignment_of(values), values.get("money"),
    )  # fmt: skip
    return FoundFinding(row.start, rows[-1].end, path, result, [_step_region(text, s, path) for s in steps])


def _cell_steps(reading: Reading, rows: list[Row]) -> list[Step]:
    """Measures of the task and measures columns, each column numbered through all rows of the finding."""
    steps: list[Step] = []
    for role in MEASURE_ROLES:
        cells = [(cell.start, cell.end) for row in rows if (cell := row.by_role.get(role))]
        steps += find_steps_in_cells(reading.text.flat, cells)
    return sorted(steps, key=lambda step: step.start)
