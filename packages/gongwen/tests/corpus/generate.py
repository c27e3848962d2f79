"""Fictional documents with exact annotation, in any number and every format.

    cd packages/gongwen/tests && python -m corpus.generate --seed 1 --count 30 --formats txt,docx,pdf --out DIR

Each is NAME.FORMAT with NAME.FORMAT.txt (what `gongwen text` prints, which the spans count) and NAME.FORMAT.gold.json beside it, so that
`tools/score.py` can be used on what `gongwen read` says. `--damage half,full,lost,apart,spaced,wraps` hurts the text first.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.alignment import Alignment, moved
from corpus.damage import DAMAGES, damaged
from corpus.forms import FORMS
from corpus.renderers import LISTS, PROSE
from corpus.words import PLACES, TEAMS
from corpus.writer import Writer
from gongwen import extract


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
    parser.add_argument("--damage", default="", help=f"{', '.join(DAMAGES)}, parted by commas")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in range(options.seed, options.seed + options.count):
        made = document(seed)
        text, gold = damaged(made.text, made.gold, [kind for kind in options.damage.split(",") if kind], seed)
        made = Made(made.name, text, gold)
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
