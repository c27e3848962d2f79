"""What the ledger counts for a bulletin, against a count by hand, for both reaches, after random acts."""

import hashlib
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from tests import cast
from tests.factories import F
from tests.unit.ledger.handling.test_properties import MISSING, somebody, step, walk
from zhenggai.core.errors import Refusal
from zhenggai.indicators.computing import definitions, values
from zhenggai.indicators.states import Reach
from zhenggai.ledger.actions import assigning, closing
from zhenggai.ledger.actions.deciding import correct, reject
from zhenggai.ledger.handling import queries
from zhenggai.ledger.handling.indicators import DEFINITIONS, compute
from zhenggai.ledger.handling.models import Evidence, StandingCheck, Waiver
from zhenggai.ledger.handling.states import Classification, Completion, Grade, Horizon, Review
from zhenggai.ledger.models import Finding, Measure, PolicyDocument, Proposal, Task

pytestmark = pytest.mark.django_db


def by_hand(inspection, today, *, public):
    """The same figures, counted row by row and object by object."""
    items = [
        f for f in Finding.objects.filter(inspection=inspection) if f.level != "area" and not f.withdrawn_at
    ]
    if public:
        items = [f for f in items if f.classification == "public"]
    tasks = [t for f in items for t in Task.objects.filter(finding=f) if not t.withdrawn_at]
    measures = [m for t in tasks for m in Measure.objects.filter(task=t) if not m.withdrawn_at]
    evidence = [e for f in items for e in Evidence.objects.filter(finding=f) if e.state == "accepted"]
    if public:
        evidence = [e for e in evidence if e.classification != "sensitive"]
    areas = set()
    for f in items:
        above = f.parent
        while above and above.level != "area":
            above = above.parent
        if above and not above.withdrawn_at and not (public and above.classification == "sensitive"):
            areas.add(above.pk)
    units = {
        a.organisation_id for t in tasks for a in t.assignments.filter(ended_at=None, role="responsible")
    }
    late = [
        t
        for t in tasks
        if t.due_on and t.due_on < today and t.completion != "done" and t.finding.review != "closed"
    ]
    documents = [d for d in PolicyDocument.objects.filter(inspection=inspection) if not d.withdrawn_at]
    documents = [d for d in documents if d.role in ("new", "revised") and (not public or openly(d))]
    waivers = [
        w
        for f in items
        for w in Waiver.objects.filter(finding=f)
        if w.state == "approved" and w.expires_on >= today and w.cycle == f.cycle
    ]
    return {
        "items": len(items), "areas": len(areas), "tasks": len(tasks), "measures": len(measures),
        "closed": sum(f.review == "closed" for f in items), "done": sum(f.grade == "done" for f in items),
        "phased": sum(f.grade == "phased" for f in items), "infeasible": sum(f.grade == "infeasible" for f in items),
        "reviewing": sum(f.review == "step" for f in items), "returned": sum(f.review == "returned" for f in items),
        "unapplied": sum(f.review == "none" for f in items), "overdue": len(late),
        "immediate": sum(t.horizon == "immediate" for t in tasks), "results": len(documents),
        "results_new": sum(d.role == "new" for d in documents), "results_revised": sum(d.role == "revised" for d in documents),
        "units": len(units), "evidence": len(evidence), "money_total": sum(t.money_total or 0 for t in tasks),
        "money_done": sum(t.money_done or 0 for t in tasks), "waivers": len(waivers),
        "returns": sum(f.returns for f in items), "relapses": sum(f.cycle > 1 for f in items),
        "checks": StandingCheck.objects.filter(finding__in=items).count(),
    }  # fmt: skip


def openly(document):
    """Whether a document is named as a result outside items that are withheld."""
    closed = [
        p for p in Proposal.objects.filter(kind="finding", target_id__isnull=False)
        if Finding.objects.get(pk=p.target_id).classification != "public"
    ]  # fmt: skip
    return any(
        not any(c.reading_id == p.reading_id and c.span_start <= p.span_start < c.span_end for c in closed)
        for p in Proposal.objects.filter(kind="citation", target_id=document.pk)
        if p.current["role"] in ("new", "revised") and p.state in ("accepted", "corrected", "superseded")
    )


DOCUMENT = [
    F("治水护河责任落实不严", ["完善河长巡查办法"], documents=[("河长巡查办法", "new"), ("防汛预案", "revised")], area="生态方面"),
    F("民生实事推进缓慢", ["建成幼儿园"], documents=[("学前教育规划", "revised"), ("河长巡查办法", "new")], area="民生方面"),
    F("请示报告不够规范", ["修订清单"], documents=[("请示报告清单", "new"), ("上级条例", "superior")], area="民生方面"),
    F("工程款拖欠", ["清偿欠款"], documents=[("清欠办法", "new")]),
]  # fmt: skip


def check(whole, today):
    for reach in Reach:
        counted = {code: found.value for code, found in compute(whole.inspection.code, reach, today).items()}
        expected = by_hand(whole.inspection, today, public=reach is Reach.PUBLIC)
        assert counted == {f"ledger.{name}": value for name, value in expected.items()}
        total = {code.removeprefix("ledger."): value for code, value in counted.items()}
        assert total["items"] == total["closed"] + total["reviewing"] + total["returned"] + total["unapplied"]
        assert total["closed"] == total["done"] + total["phased"] + total["infeasible"]
        assert total["results"] == total["results_new"] + total["results_revised"]


@pytest.mark.parametrize("seed", range(10))
def test_counts_of_random_ledgers_agree_with_a_count_by_hand(seed):
    _, steps = walk(seed)
    random = Random(seed)
    whole = cast.world(DOCUMENT)
    cast.ready(whole, 0, horizon=Horizon.IMMEDIATE, money_total=100, due_on=cast.today())
    cast.ready(whole, 1, Completion.PHASED)
    cast.assigned(whole, 2, due_on=cast.today() - timedelta(days=1), money_total=7)
    for finding in queries.items(whole.inspection):
        wanted = random.choice(list(Classification))
        if wanted.value != finding.classification:
            assigning.classify(finding=finding, classification=wanted, reason="核定", by=whole.office)
    for number, (what, at, who) in enumerate(steps):
        try:
            with transaction.atomic():
                step(whole, what, at, somebody(whole, what, at, who))
        except (Refusal, *MISSING):
            continue
        if number % 9 == 0:
            check(whole, cast.today())
    check(whole, cast.today())
    check(whole, cast.today() + timedelta(days=90))


def test_every_figure_is_registered_once_with_its_definition():
    known = definitions()
    assert [known[d.code] for d in DEFINITIONS] == list(DEFINITIONS)
    assert all(d.numerator and d.exclusions and d.unit for d in DEFINITIONS)


def test_the_digest_names_the_rows_that_were_counted():
    whole = cast.world(DOCUMENT)
    keys = sorted(queries.items(whole.inspection).values_list("pk", flat=True))
    found = values(whole.inspection.code, Reach.WHOLE, cast.today())["ledger.items"]
    assert found.rows == len(keys) == 4
    assert found.digest == hashlib.sha256("\n".join(map(str, keys)).encode()).hexdigest()


def test_an_unknown_inspection_has_no_figures():
    assert values("2099-XS-99", Reach.WHOLE, cast.today()) == {}


@pytest.mark.parametrize(("reach", "most"), [(Reach.WHOLE, 9), (Reach.PUBLIC, 10)])
def test_the_statements_do_not_grow_with_the_ledger(reach, most, django_assert_num_queries):
    whole = cast.world(
        [*DOCUMENT, *(F(f"问题{n}", [f"措施{n}"], documents=[(f"办法{n}", "new")]) for n in range(5))]
    )
    with django_assert_num_queries(most):
        compute(whole.inspection.code, reach, cast.today())


def test_withheld_items_change_no_public_figure():
    """Subtraction attack: whatever is withheld, however much of it, the public figures are those of a ledger without it."""
    whole = cast.world(DOCUMENT)
    first = whole.finding(0)
    assigning.classify(finding=first, classification=Classification.PUBLIC, reason="可公开", by=whole.office)
    before = compute(whole.inspection.code, Reach.PUBLIC, cast.today())
    cast.closed(whole, 1)  # internal
    assigning.classify(
        finding=whole.finding(2), classification=Classification.SENSITIVE, reason="敏感", by=whole.office
    )
    cast.assigned(whole, 2, due_on=cast.today() - timedelta(days=9), money_total=1000)
    assert compute(whole.inspection.code, Reach.PUBLIC, cast.today()) == before
    assert compute(whole.inspection.code, Reach.WHOLE, cast.today())["ledger.closed"].value == 1


@pytest.mark.parametrize(
    ("public", "results", "new", "revised"),
    [
        ([], 0, 0, 0),
        (
            [0],
            2,
            1,
            1,
        ),  # 河长巡查办法 is named in an item that is withheld, too: what the public one says of it is public
        ([1], 2, 1, 1),
        ([0, 1], 3, 1, 2),
        ([2, 3], 2, 2, 0),
        ([0, 1, 2, 3], 5, 3, 2),
    ],
)
def test_public_results_are_those_that_public_items_name(public, results, new, revised):
    whole = cast.world(DOCUMENT)
    for at in public:
        assigning.classify(
            finding=whole.finding(at), classification=Classification.PUBLIC, reason="可公开", by=whole.office
        )
    found = compute(whole.inspection.code, Reach.PUBLIC, cast.today())
    assert [int(found[f"ledger.{name}"].value) for name in ("results", "results_new", "results_revised")] == [
        results, new, revised,
    ]  # fmt: skip


def test_what_was_taken_back_counts_no_more():
    whole = cast.world(DOCUMENT)
    cited = Proposal.objects.get(kind="citation", payload__title="清欠办法")
    reject(proposals=[cited], reason="不是成果", by=whole.office)
    found = compute(whole.inspection.code, Reach.WHOLE, cast.today())
    assert found["ledger.results"].value == 4
    cited = Proposal.objects.get(kind="citation", payload__title="请示报告清单")
    correct(proposal=cited, content={**cited.payload, "role": "existing"}, by=whole.office)
    assert compute(whole.inspection.code, Reach.WHOLE, cast.today())["ledger.results"].value == 3


def test_grades_and_checks_are_counted():
    whole = cast.world(DOCUMENT)
    cast.closed(whole, 0)
    phased = cast.closed(whole, 1, Grade.PHASED, next_check_on=cast.today() + timedelta(days=30))
    closing.check_standing(
        finding=phased,
        text="仍在坚持",
        next_check_on=cast.today() + timedelta(days=200),
        held=True,
        by=whole.office,
    )
    found = compute(whole.inspection.code, Reach.WHOLE, cast.today())
    said = {code.removeprefix("ledger."): int(each.value) for code, each in found.items()}
    assert (said["done"], said["phased"], said["closed"], said["checks"]) == (1, 1, 2, 1)
    assert phased.review == Review.CLOSED.value
