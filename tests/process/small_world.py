"""Makes a small world for ``zhenggai bulletin``: an inspection with a draft whose numbers are settled. Run by test_bulletin_commands.py.

``correct`` corrects the value behind its figure afterwards, as happens when a unit finds that it had miscounted.
"""

import sys

import django

MONEY = ("追回资金", "元")


def main(word: str) -> None:
    django.setup()
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    {"make": _make, "correct": _correct}[word]()


def _make() -> None:
    from tests.drafts import Desk, observed, public_world

    desk = Desk(public_world(), ["一、整改进展", "截至目前，追回资金288.88万元。"])
    desk.bind("288.88万元", observed(desk.whole, MONEY[0], "2888800", MONEY[1], kind="money"))
    desk.waive_the_rest()
    sys.stdout.write(f"{desk.bulletin.code} {desk.whole.inspection.code}\n")


def _correct() -> None:
    from zhenggai.indicators.actions import correct
    from zhenggai.indicators.models import Observation
    from zhenggai.parties.queries import post_by_code

    old = Observation.objects.filter(indicator__name=MONEY[0]).order_by("-pk")[0]
    correct(observation=old, value="3000000元", reason="复核时发现漏登一笔", by=post_by_code("office"))


if __name__ == "__main__":
    main(sys.argv[1])
