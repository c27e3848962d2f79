"""Publishes an approved draft, and renders the public pages, in child processes that are killed with SIGKILL; prints what was left.

Run by test_publishing_killed.py; the moments, and the shape of what is printed, are those of killed_handling.py.
"""

import json
from collections.abc import Callable
from typing import Any

import django

from tests.process.killed_handling import played


def main() -> None:
    django.setup()
    from gongwen.layout import faces
    from tests.drafts import public_world
    from zhenggai.config.database import make_ready

    # Without fonts no PDF is made: the threads of the typesetter do not live on in a forked child, which would wait for them for ever.
    faces._named = lambda _: frozenset()  # type: ignore[assignment]
    make_ready(build=True)
    whole = public_world()
    scenes = {"bulletin.publish": _publication(whole), "pages": _pages(whole)}
    print(json.dumps({name: played(*scene()) for name, scene in scenes.items()}))


def _settled(whole: Any) -> Any:
    """A draft that was approved, whose number is bound."""
    from tests.drafts import Desk, approved, observed

    desk = Desk(whole, ["一、整改进展", "截至目前，追回资金288.88万元。"])
    desk.bind("288.88万元", observed(whole, "追回资金", "2888800", "元", kind="money"))
    desk.waive_the_rest()
    return approved(whole, desk.bulletin)


def _publication(whole: Any) -> Callable[[], tuple[Callable[[], None], Callable[[], Any]]]:
    """The edition, its package and its event; the page is asked for as after a restart, by a process that knows nothing of the killed one."""

    def scene() -> tuple[Callable[[], None], Callable[[], Any]]:
        from zhenggai.bulletins.actions import publishing
        from zhenggai.bulletins.models import Bulletin, Edition, EditionPackage
        from zhenggai.journal.models import Event
        from zhenggai.journal.outside.verify_journal import checked_edition
        from zhenggai.web.public import keep

        bulletin = _settled(whole)

        def state() -> Any:
            row = Bulletin.objects.get(pk=bulletin.pk)
            packages = [json.loads(each.text) for each in EditionPackage.objects.all()]
            said = [checked_edition(each)[1][:4] for each in packages]  # Refused, if a package does not hold
            listed = keep.find("")
            return {
                "state": row.state,
                "editions": Edition.objects.count(),
                "packages": said,
                "events": Event.objects.filter(act="bulletin.publish").count(),
                "page": keep.find(f"{row.code}/1/") is not None,
                "file": keep.find(f"{row.code}/1/edition.json") is not None,
                "listed": listed is not None and row.code.encode() in listed.body,
            }

        def publish() -> None:
            publishing.publish(bulletin=bulletin, by=whole.office)

        return publish, state

    return scene


def _pages(whole: Any) -> Callable[[], tuple[Callable[[], None], Callable[[], Any]]]:
    """All pages kept anew: what a killed rendering leaves, and what the next to ask is given."""

    def scene() -> tuple[Callable[[], None], Callable[[], Any]]:
        from zhenggai.bulletins.models import Edition, PublicPage
        from zhenggai.web.public import keep

        edition = Edition.objects.get(inspection=whole.inspection)

        def state() -> Any:
            left = PublicPage.objects.count()
            page = keep.find(f"{edition.code}/1/")
            healed = PublicPage.objects.count()
            PublicPage.objects.all().delete()
            return {
                "left": left,
                "healed": healed,
                "whole": page is not None and "288.88万元".encode() in page.body,
            }

        def refresh() -> None:
            keep.refresh()

        return refresh, state

    return scene


if __name__ == "__main__":
    main()
