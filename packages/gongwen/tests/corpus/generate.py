"""Fictional documents with exact annotation, in any number and every format.

    cd packages/gongwen/tests && python -m corpus.generate --seed 1 --count 30 --formats txt,docx,pdf --out DIR

Each is NAME.FORMAT with NAME.FORMAT.txt (what `gongwen text` prints, which the spans count) and NAME.FORMAT.gold.json beside it, so that
`tools/score.py` can be used on what `gongwen read` says.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.alignment import Alignment, moved
from corpus.frames import FRAMES
from corpus.renderers import LISTS, PROSE
from corpus.words import BODIES, NUMERALS, PLACES, PROBLEMS, TEAMS
from corpus.writer import Writer
from gongwen import extract

STATUS = (("已完成整改", "completed"), ("正在整改", "ongoing"), ("取得阶段性成效", "phased"))


@dataclass(frozen=True)
class Made:
    """A generated document: its plain text and its annotation."""

    name: str
    text: str
    gold: dict[str, Any]


def document(seed: int) -> Made:
    """The document of a seed: always the same."""
    chance = random.Random(seed)
    out, place = Writer(), chance.choice(PLACES)
    issuer = f"中共{place}县委"
    title = f"{issuer}关于市委{chance.choice(['第三轮', '第七轮'])}巡察整改进展情况的通报"
    feedback = f"2025-{chance.randint(6, 9):02d}-{chance.randint(1, 28):02d}"
    team = f"市委{chance.choice(TEAMS)}巡察组"
    form = chance.choice(FORMS)
    out.add(title)
    out.line()
    _opening(out, feedback, team, place)
    if chance.random() < 0.5:
        _totals(out, chance)
    form(out, chance)
    out.add(issuer)
    out.line()
    out.date("2026年1月15日", "2026-01-15")
    out.line()
    return Made(f"g{seed:04d}", out.text, _gold(out, title, issuer, team, feedback))


def _opening(out: Writer, feedback: str, team: str, place: str) -> None:
    year, month, day = feedback.split("-")
    out.date("2025年3月1日至5月20日", "2025-03-01", "2025-05-20")
    out.add(f"，{team}对{place}县开展了巡察。")
    out.date(f"{year}年{int(month)}月{int(day)}日", feedback)
    out.add("，向县委反馈了巡察意见。现将整改进展情况予以公布。")
    out.line()


def _totals(out: Writer, chance: random.Random) -> None:
    problems, measures = chance.randint(6, 60), chance.randint(61, 200)
    out.add("本轮巡察共反馈")
    out.total("问题", str(problems), "个", f"{problems}个")
    out.add("问题，县委逐项研究，制定整改措施")
    out.total("整改措施", str(measures), "条", f"{measures}条")
    out.add("。")
    out.line()


def _gold(out: Writer, title: str, issuer: str, team: str, feedback: str) -> dict[str, Any]:
    return {
        "schema": "gongwen/1", "kind": "通报", "title": title, "issuer": issuer, "issued_on": "2026-01-15",
        "inspection": {"kind": "巡察", "team": team, "feedback_on": feedback},
        "contact": {}, **out.gold, "leftovers": [], "not_quantities": [], "notes": [],
    }  # fmt: skip


# ---- forms ----


def sentence(out: Writer, chance: random.Random) -> None:
    """A few clauses."""
    for number in range(chance.randint(1, 3)):
        out.add("，" if number else "")
        chance.choice(FRAMES)(out, chance)
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


FORMS: tuple[Callable[[Writer, random.Random], None], ...] = (thematic, thematic, quoted, listed)


# ---- formats ----


def in_format(made: Made, form: str) -> tuple[bytes, str, dict[str, Any]]:
    """The document in a format: its bytes, the text that spans count, the annotation on it."""
    if form == "txt":
        return made.text.encode(), made.text, made.gold
    renderer = {**LISTS, **PROSE}[form]
    data = renderer(made.text.splitlines())
    text = extract(data, name=f"x.{form.rpartition('.')[2]}").text
    return data, text, moved(made.gold, Alignment(made.text, text))


def main(arguments: list[str] | None = None) -> int:
    """Write the documents asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument(
        "--formats", default="txt", help="txt, docx, html, pdf, 2.pdf, ofd, xlsx, csv, parted by commas"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in range(options.seed, options.seed + options.count):
        made = document(seed)
        for form in options.formats.split(","):
            data, text, gold = in_format(made, form)
            name = f"{made.name}.{form}"
            (options.out / name).write_bytes(data)
            source = name if form == "txt" else f"{name}.txt"
            (options.out / source).write_text(text, encoding="utf-8")
            (options.out / f"{name}.gold.json").write_text(
                json.dumps({"source": source, **gold}, ensure_ascii=False, indent=1), encoding="utf-8"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
