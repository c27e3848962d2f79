"""Fifty people who do the same thing at the same time, each with a connection of his own; prints what came of it.

Run by test_contention.py. Prints {"applied": [...], "approved": [...], …}: for each try "" where it was done, else the refusal's sentence.
"""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

CROWD = 50


def main() -> None:
    django.setup()
    from tests import cast
    from zhenggai.config.database import make_ready
    from zhenggai.journal.verify import verify
    from zhenggai.ledger.actions import closing
    from zhenggai.ledger.handling.models import Closure, ReviewStep
    from zhenggai.ledger.handling.states import Grade
    from zhenggai.ledger.models import Finding

    make_ready(build=True)
    whole = cast.world()
    finding = cast.ready(whole)
    # The heads of both units may apply; only one of fifty is first.
    heads = [whole.unit.head, whole.lead.head]
    said: dict[str, Any] = {
        "applied": _at_once(
            lambda at: closing.apply(finding=finding, grade=Grade.DONE, text="整改到位", by=heads[at % 2])
        )
    }
    closure = Closure.objects.get(finding=finding)
    first = (
        cast.reviewers(whole)[0] if closure.applied_unit_id == whole.unit.organisation.pk else whole.office
    )
    said["approved"] = _at_once(lambda _: closing.approve(closure=closure, reason="属实", by=first))
    closure.refresh_from_db()
    finding = Finding.objects.get(pk=finding.pk)
    said["closures"] = Closure.objects.count()
    said["open"] = Closure.objects.filter(state="open").count()
    said["steps"] = [closure.step, ReviewStep.objects.count()]
    said["review"] = finding.review
    said["sound"] = verify().sound
    print(json.dumps(said, ensure_ascii=False))


def _at_once(act: Callable[[int], Any]) -> list[str]:
    """Try fifty times at once; what is no refusal with a sentence is told by its type."""
    from django.db import connections

    from zhenggai.core.errors import Refusal

    start = threading.Barrier(CROWD)

    def one(at: int) -> str:
        start.wait(timeout=60)
        try:
            act(at)
        except Refusal as refusal:
            return refusal.sentence
        except Exception as error:  # noqa: BLE001  # any other failure is what the test looks for
            return f"!{type(error).__name__}: {error}"
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


if __name__ == "__main__":
    main()
