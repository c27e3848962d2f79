"""指标与数值, as far as a post may know of them; and what the pages say of each value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.core.errors import NotFound
from zhenggai.indicators import computing
from zhenggai.indicators.currency import Now, now_of
from zhenggai.indicators.deriving import NoValue, Result, derive, formula_of
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.periods import PeriodUnclear, year_before
from zhenggai.indicators.queries import operands_of
from zhenggai.indicators.standing import Standing, counts, in_period, series_of
from zhenggai.indicators.states import FigureKind, Operation, Reach, Source
from zhenggai.ledger.handling.models import ReportedFigure
from zhenggai.ledger.handling.standing import visible_inspections, visible_of_documents, visible_readings
from zhenggai.ledger.handling.states import Classification
from zhenggai.ledger.models import Finding, Proposal
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role
from zhenggai.web.keyset import page_after
from zhenggai.web.labels import named

_OWN = Q(source__in=[Source.COMPUTED.value, Source.DERIVED.value])
_UNITS = (Role.HEAD, Role.FILLER)


def visible_observations(post: Post) -> QuerySet[Observation]:
    """The values that a post may know of.

    The office all; a unit those of its own indicators; the supervising body what was counted and reported in its inspections. A reader (查阅) knows
    of no sensitive item, so of none of its figures, and of no count of an inspection in which there is one but the public ones: by subtraction
    they would tell how many there are.
    """
    rows, role = Observation.objects.all(), Role(post.role)
    if role is Role.OFFICE:
        return rows
    if role in _UNITS:
        return rows.filter(indicator__organisation=post.organisation.unit_key)
    scopes = visible_inspections(post).values("code")
    reported = Q(source=Source.REPORTED.value)
    if role is Role.SUPERVISOR:
        return rows.filter(_OWN | reported, scope__in=scopes)
    if role is not Role.READER:
        return rows.none()
    sensitive = Finding.objects.filter(classification=Classification.SENSITIVE.value)
    withheld = ReportedFigure.objects.filter(
        observation=OuterRef("pk"), report__finding__classification=Classification.SENSITIVE.value
    )
    documents = visible_of_documents(post, rows.filter(source=Source.DOCUMENT.value), Kind.FIGURE)
    counted = Q(reach=Reach.PUBLIC.value) | ~Exists(sensitive.filter(inspection__code=OuterRef("scope")))
    return rows.filter(
        (_OWN & counted)
        | (reported & ~Exists(withheld))
        | Q(source=Source.DOCUMENT.value, pk__in=documents.values("pk"))
    )


def visible_indicators(post: Post) -> QuerySet[Indicator]:
    """The indicators that a post may know of: a unit's own; else all that somebody defined, and those of which it may see a value."""
    rows, role = Indicator.objects.select_related("organisation"), Role(post.role)
    if role is Role.OFFICE:
        return rows
    if role in _UNITS:
        return rows.filter(organisation=post.organisation.unit_key)
    seen = visible_observations(post).filter(indicator=OuterRef("pk"))
    if role is Role.READER:
        return rows.filter(~Q(source=Source.DOCUMENT.value) | Exists(seen))
    return rows.filter(Exists(seen))


def indicator_seen(post: Post, pk: int) -> Indicator:
    """Return an indicator; NotFound if there is none, or the asker may not know of it."""
    found = visible_indicators(post).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("没有这项指标，请从指标列表重新进入。"))
    return found


def observation_seen(post: Post, indicator: Indicator, pk: int) -> Observation:
    """Return a value of an indicator; NotFound if there is none, or the asker may not know of it."""
    rows = visible_observations(post).filter(indicator=indicator, pk=pk)
    found = rows.select_related("indicator", "file", "organisation").first()
    if found is None:
        raise NotFound(_("没有这个指标值，请从指标页面重新进入。"))
    return found


@dataclass(frozen=True)
class IndicatorLine:
    """One line of the list: an indicator, its last value that the reader may see, and what that says now."""

    indicator: Indicator
    last: Observation | None
    now: Now | None


@dataclass(frozen=True)
class Lines:
    """A page of the list, and the key that leads on."""

    rows: Sequence[IndicatorLine]
    next_key: int | None
    first: bool


def indicator_lines(
    post: Post, *, scope: str, source: str, words: str, before: int | None, today: date
) -> Lines:
    """The indicators before a key, newest first, of an inspection, of a source, whose name contains the words. A fixed number of statements."""
    seen = visible_observations(post)
    rows = visible_indicators(post)
    if scope:
        seen = seen.filter(scope=scope)
        rows = rows.filter(Exists(seen.filter(indicator=OuterRef("pk"))))
    if source:
        rows = rows.filter(source=source)
    if words:
        rows = rows.filter(name__icontains=words)
    found = page_after(rows, "pk", before, newest_first=True)
    keys = [row.pk for row in found.rows]
    live = seen.filter(indicator__in=keys, withdrawn_at=None).exclude(
        source=Source.REPORTED.value, signed_at=None
    )
    # Of what is counted for both reaches the whole is shown, where it may be seen.
    last = Coalesce(Max("pk", filter=Q(reach=Reach.WHOLE.value)), Max("pk"))
    chosen = live.order_by().values("indicator").annotate(last=last).values("last")
    values = {row.indicator_id: row for row in Observation.objects.filter(pk__in=chosen)}
    now = now_of(list(values.values()), today)
    lines = [
        IndicatorLine(row, value, now[value.pk] if value else None)
        for row in found.rows
        for value in [values.get(row.pk)]
    ]
    return Lines(lines, found.next_key, found.first)


@dataclass(frozen=True)
class ValueLine:
    """One value on the page of its indicator: whether it stands, what its series says now, the change over a year if there is a year before, its place at the desk."""

    row: Observation
    now: Now
    corrected_by: Sequence[Observation]
    signer: str
    growth: str
    place: str

    @property
    def stands(self) -> bool:
        """Whether this very value is what its series says now."""
        return self.now.observation == self.row.pk

    @property
    def replaced(self) -> bool:
        """Whether a correction has taken its place; until it is signed, a unit's has not."""
        return any(counts(each) for each in self.corrected_by)

    @property
    def moved(self) -> bool:
        """Whether what is computed says something else by now."""
        own = self.row.source in (Source.COMPUTED.value, Source.DERIVED.value)
        return own and not self.stands and self.now.value is not None and self.now.observation is None


@dataclass(frozen=True)
class Values:
    """A page of an indicator's values, newest first, and the key that leads on."""

    rows: Sequence[ValueLine]
    next_key: int | None
    first: bool


def value_lines(post: Post, indicator: Indicator, before: int | None, today: date) -> Values:
    """The values of an indicator before a key, newest first, as far as the post may see them. A fixed number of statements."""
    seen = visible_observations(post).filter(indicator=indicator)
    rows = seen.select_related("indicator", "document", "file", "organisation", "corrects")
    found = page_after(rows.prefetch_related("corrected_by"), "pk", before, newest_first=True)
    now = now_of(found.rows, today)
    said = Standing(seen.exclude(_OWN).select_related("indicator").order_by("pk"))
    signers = dict(
        Post.objects.filter(code__in={row.signed_by for row in found.rows}).values_list("code", "title")
    )
    places = _places(post, found.rows)
    return Values(
        [
            ValueLine(
                row,
                now[row.pk],
                list(row.corrected_by.all()),
                signers.get(row.signed_by, row.signed_by),
                growth(row, said),
                places.get(row.pk, ""),
            )
            for row in found.rows
        ],
        found.next_key,
        found.first,
    )


def _places(post: Post, rows: Sequence[Observation]) -> dict[int, str]:
    """Address of the place at the reading desk from which each value was read, where the post may open the desk. One statement."""
    items = Proposal.objects.filter(
        kind=Kind.FIGURE.value, target_id__in=[row.pk for row in rows], reading__in=visible_readings(post)
    ).order_by("pk")
    return {
        item.target_id or 0: f"{reverse('web:desk', args=[item.reading_id])}?item={item.pk}#m-{item.pk}"
        for item in items.only("target_id", "reading_id")
    }


def growth(row: Observation, said: Standing) -> str:
    """同比 of a value that stands, in words; empty where there is no year before, or more than one value of it."""
    known = said.rows.get(row.pk)
    if known is None or said.now(known) is not known or row.value_max is not None:
        return ""
    try:
        series = in_period(series_of(row), year_before(row.period))
    except PeriodUnclear:
        return ""
    earlier = said.latest(series)
    if len(earlier) != 1 or earlier[0].value_max is not None:
        return ""
    percent = row.indicator.kind == FigureKind.PERCENT.value
    try:
        found = derive(Operation.POINTS if percent else Operation.YEAR_ON_YEAR, [row.value, earlier[0].value])
    except NoValue:
        return ""
    return _in_words(found, _("个百分点") if percent else "%")


def _in_words(found: Result, unit: str) -> str:
    if not found.change:
        return _("同比持平")
    value = f"{found.value:.2f}".rstrip("0").rstrip(".")
    return _("同比%(change)s%(value)s") % {"change": named(found.change.label), "value": f"{value}{unit}"}


def formula_in_words(indicator: Indicator) -> str:
    """How a derived indicator comes of others; empty for any other."""
    if not indicator.formula:
        return ""
    formula = formula_of(indicator.formula)
    known = operands_of([formula])
    defined = computing.definitions()
    names = [
        known[each].name if each in known else defined[each].name if each in defined else str(each)
        for each in formula.of
    ]
    signs: Mapping[Operation, str] = {
        Operation.RATE: " ÷ ",
        Operation.SUM: " ＋ ",
        Operation.DIFFERENCE: " － ",
    }
    return f"{named(formula.op.label)}：{signs.get(formula.op, ' － ').join(names)}"
