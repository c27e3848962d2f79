"""已公示: which closed items earlier notices have announced, so that the next announces the others."""

import json
from datetime import date

from zhenggai.bulletins.composing.naming import quoted
from zhenggai.bulletins.models import Edition
from zhenggai.ledger.models import Inspection

NOTICE = "gongshi"
"""Code of the kind by which closures are announced."""


def announced_on(inspection: Inspection) -> dict[int, date]:
    """Key of an item → the last day on which a published notice named it. Two statements."""
    found: dict[int, date] = {}
    editions = list(Edition.objects.filter(inspection=inspection, kind=NOTICE).order_by("published_on"))
    titles = dict(inspection.findings.values_list("pk", "title"))
    for edition in editions:
        said = {str(each["text"]) for each in json.loads(edition.content)["paragraphs"]}
        text = "\n".join(said)
        found |= {pk: edition.published_on for pk, title in titles.items() if f"“{quoted(title)}”" in text}
    return found
