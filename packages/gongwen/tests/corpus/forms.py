"""The forms (体例) that a bulletin's middle part takes, each written with its annotation."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from corpus.figures import FIGURES
from corpus.frames import FRAMES
from corpus.words import AREAS, BODIES, NUMERALS, PROBLEMS
from corpus.writer import Writer

STATUS = (("已完成整改", "completed"), ("正在整改", "ongoing"), ("取得阶段性成效", "phased"))
Form = Callable[[Writer, random.Random], None]


def sentence(out: Writer, chance: random.Random) -> None:
    """A few clauses."""
    for number in range(chance.randint(1, 3)):
        out.add("，" if number else "")
        chance.choice(FRAMES + FIGURES)(out, chance)
    out.carried = None


def steps(out: Writer, chance: random.Random, path: str) -> list[dict[str, Any]]:
    """一是…。二是…。"""
    made = []
    for number in range(1, chance.randint(2, 4) + 1):
        label = f"{NUMERALS[number]}是"
        out.path, start = path + label, len(out.text)
        out.add(label)
        sentence(out, chance)
        out.add("。")
        made.append(
            {"path": path + label, "number": label, "text": out.text[start:], "span": [start, len(out.text)]}
        )
    return made


def chapter(out: Writer, number: str, title: str) -> dict[str, Any]:
    """一、标题 on a line of its own."""
    span = out.add(f"{number}{title}")
    out.line()
    section = {"number": number, "level": 1, "title": title, "span": span, "children": []}
    out.gold["sections"].append(section)
    return section


def finding(
    out: Writer,
    path: str,
    problem: str,
    start: int,
    measures: list[Any],
    status: tuple[str, str] | None = None,
) -> None:
    """Annotate a problem from `start` to here."""
    out.gold["findings"].append(
        {
            "path": path, "title": problem, "status": status and status[0], "status_class": status and status[1],
            "span": [start, len(out.text)], "measures": measures,
        }
    )  # fmt: skip


def thematic(out: Writer, chance: random.Random) -> None:
    """（一）着力解决“P”的问题。一是…"""
    section = chapter(out, "一、", "反馈问题整改情况")
    for number, problem in enumerate(chance.sample(PROBLEMS, chance.randint(2, 5)), 1):
        own, start = f"（{NUMERALS[number]}）", len(out.text)
        title = f"着力解决“{problem}”的问题"
        out.add(f"{own}{title}。")
        measures = steps(out, chance, f"一{own}")
        finding(out, f"一{own}", problem, start, measures)
        section["children"].append(
            {"number": own, "level": 2, "title": title, "span": [start, len(out.text)], "children": []}
        )
        out.path = ""
        out.line()
    section["span"][1] = len(out.text) - 1


def quoted(out: Writer, chance: random.Random) -> None:
    """1.关于“P”问题的整改, text, status sentence."""
    section = chapter(out, "一、", "反馈问题整改落实情况")
    for number, problem in enumerate(chance.sample(PROBLEMS, chance.randint(2, 5)), 1):
        start, title = len(out.text), f"关于“{problem}”问题的整改"
        out.add(f"{number}.{title}")
        out.line()
        measures = steps(out, chance, f"一{number}")
        finding(out, f"一{number}", problem, start, measures)
        section["children"].append(
            {
                "number": f"{number}.",
                "level": 3,
                "title": title,
                "span": [start, len(out.text)],
                "children": [],
            }
        )
        out.path = ""
        out.line()
    section["span"][1] = len(out.text) - 1


def listed(out: Writer, chance: random.Random) -> None:
    """A table of problems."""
    section = chapter(out, "一、", "问题清单")
    out.add("序号\t反馈问题\t整改措施\t责任单位\t整改状态")
    out.line()
    for number, problem in enumerate(chance.sample(PROBLEMS, chance.randint(3, 6)), 1):
        start, status = len(out.text), chance.choice(STATUS)
        out.path = f"一{number}"
        out.add(f"{number}\t{problem}\t")
        out.in_table = True
        sentence(out, chance)
        out.in_table = False
        out.add(f"\t{chance.choice(BODIES)}\t{status[0]}")
        finding(out, f"一{number}", problem, start, [], status)
        out.path = ""
        out.line()
    section["span"][1] = len(out.text) - 1


def labelled(out: Writer, chance: random.Random) -> None:
    """反馈问题：P / 整改状态：… / 整改情况：1.…"""
    section = chapter(out, "一、", "整改任务落实情况")
    for number, problem in enumerate(chance.sample(PROBLEMS, chance.randint(2, 4)), 1):
        start, status = len(out.text), chance.choice(STATUS)
        out.path = "一"
        out.add(f"反馈问题{NUMERALS[number]}：{problem}。")
        out.line()
        out.add(f"整改状态：{status[0]}。")
        out.line()
        out.add("整改情况：")
        measures = steps(out, chance, "一")
        finding(out, "一", problem, start, measures, status)
        out.path = ""
        out.line()
    section["span"][1] = len(out.text) - 1


def deep(out: Writer, chance: random.Random) -> None:
    """（一）…方面 with problems 1. below it, run in."""
    section = chapter(out, "一、", "巡察反馈问题整改情况")
    problems = iter(chance.sample(PROBLEMS, 6))
    for number, area in enumerate(chance.sample(AREAS, chance.randint(2, 3)), 1):
        own = f"（{NUMERALS[number]}）"
        start = out.add(f"{own}{area}方面")[0]
        out.line()
        child = {"number": own, "level": 2, "title": f"{area}方面", "span": [start, 0], "children": []}
        child["children"] = [
            _run_in(out, chance, f"一{own}", lower, next(problems))
            for lower in range(1, chance.randint(1, 2) + 1)
        ]
        child["span"] = [start, len(out.text) - 1]
        section["children"].append(child)
    section["span"][1] = len(out.text) - 1


def _run_in(out: Writer, chance: random.Random, above: str, number: int, problem: str) -> dict[str, Any]:
    start, title = len(out.text), f"关于{problem}的问题"
    out.add(f"{number}.{title}。")
    measures = steps(out, chance, f"{above}{number}")
    finding(out, f"{above}{number}", problem, start, measures)
    out.path = ""
    span = [start, len(out.text)]
    out.line()
    return {"number": f"{number}.", "level": 3, "title": title, "span": span, "children": []}


def told(out: Writer, chance: random.Random) -> None:
    """The problem as heading, 该问题已完成整改。 behind it, prose without measures."""
    section = chapter(out, "一、", "反馈问题整改情况")
    for number, problem in enumerate(chance.sample(PROBLEMS, chance.randint(2, 5)), 1):
        own, start, status = f"（{NUMERALS[number]}）", len(out.text), chance.choice(STATUS)
        out.path = f"一{own}"
        out.add(f"{own}{problem}")
        out.line()
        told_from = len(out.text)
        out.add(f"该问题{status[0]}")
        out.claim(told_from, status[1])
        out.add("。")
        sentence(out, chance)
        out.add("。")
        finding(out, f"一{own}", problem, start, [], status)
        span = [start, len(out.text)]
        section["children"].append(
            {"number": own, "level": 2, "title": problem, "span": span, "children": []}
        )
        out.path = ""
        out.line()
    section["span"][1] = len(out.text) - 1


# The first three stand twice: most documents are of these forms.
FORMS: tuple[Form, ...] = (thematic, thematic, quoted, quoted, listed, labelled, deep, told)
