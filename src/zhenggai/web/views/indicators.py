"""指标: what is measured, its values with their sources, and every act on them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.core.errors import NotFound
from zhenggai.evidence import store
from zhenggai.evidence.downloads import headers
from zhenggai.evidence.reception import receive
from zhenggai.indicators import actions, computing, taking
from zhenggai.indicators.actions import Proof, Said
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.permissions import standing_to
from zhenggai.indicators.rules import WrongFigure, kind_of_unit
from zhenggai.indicators.states import Change, Direction, Reach, Source
from zhenggai.parties import queries as parties
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check, why_not
from zhenggai.parties.states import Capacity
from zhenggai.web import figures
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.bulletin.drafts import touched_by
from zhenggai.web.figure_forms import (
    CorrectForm,
    DefineForm,
    DeriveForm,
    DescribeForm,
    FilterForm,
    ReasonForm,
    ReportForm,
    TakeForm,
    inspection_offers,
    label_of,
    too_large,
)
from zhenggai.web.filling import Sheet, fill_in
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@posted
def indicators(request: PageRequest, post: Post) -> HttpResponse:
    """The indicators that the post may know of, newest first."""
    find = FilterForm(request.GET)
    chosen = (
        {name: str(value).strip() for name, value in find.cleaned_data.items()} if find.is_valid() else {}
    )
    kept = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "head": [_("指标"), _("现行数值"), _("时期"), _("来源")],
        "numbers": [2],
        "find": find,
        "offers": inspection_offers(post)["inspections"],
        "filtered": bool(kept),
        "keep": f"&{kept}" if kept else "",
        "why_not_define": why_not(post, "indicator.describe"),
        "take_url": reverse("web:indicator_take") + (f"?scope={chosen['scope']}" if chosen.get("scope") else ""),
        "lines": figures.indicator_lines(
            post, scope=chosen.get("scope", ""), source=chosen.get("source", ""), words=chosen.get("named", ""),
            before=key_from(request.GET.get("before")), today=timezone.localdate(),
        ),
    }  # fmt: skip
    return page(request, "web/indicators.html", context, parts={"list"})


@require_safe
@posted
def indicator(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """One indicator: its definition, and every value with its source."""
    row = figures.indicator_seen(post, pk)
    held = standing_to(post, row)
    lines = figures.value_lines(post, row, key_from(request.GET.get("before")), timezone.localdate())
    context = {
        "row": row,
        "crumbs": [(_("指标"), reverse("web:indicators")), (row.name, "")],
        "facts": _facts(row),
        "doings": _doings(row, held),
        "may_sign": Capacity.UNIT_HEAD in held,
        "may_correct": bool(held & {Capacity.UNIT_HEAD, Capacity.UNIT_FILLER}),
        "may_withdraw": not why_not(post, "figure.withdraw", held),
        "is_office": Capacity.OFFICE in held,
        "head": [_("数值"), _("时期"), _("截至"), _("来源"), _("情况")],
        "numbers": [1],
        "lines": lines,
        "drafts": touched_by(post, [line.row.pk for line in lines.rows]),
    }
    return page(request, "web/indicator.html", context, parts={"values"})


def _facts(row: Indicator) -> list[tuple[str, str]]:
    facts = [
        (_("单位"), row.unit),
        (_("来源类别"), named(Source(row.source).label)),
        (_("方向"), named(Direction(row.direction).label)),
        (_("统计周期"), row.period_kind),
        (_("填报单位"), row.organisation.name if row.organisation else ""),
        (_("增减"), named(Change(row.change).label)),
        (_("推算公式"), figures.formula_in_words(row)),
        (_("统计内容（分子）"), row.numerator),
        (_("分母"), row.denominator),
        (_("不计入"), row.exclusions),
    ]
    return [(label, value) for label, value in facts if value] or [(_("定义"), "")]


def _doings(row: Indicator, held: frozenset[Capacity]) -> list[tuple[str, str, str]]:
    """What can be done with the indicator from here: label, address, look."""
    found = []
    if row.source == Source.REPORTED.value and held & {Capacity.UNIT_HEAD, Capacity.UNIT_FILLER}:
        found.append((_("填报"), reverse("web:figure_report", args=[row.pk]), "primary"))
    if Capacity.OFFICE in held and row.source == Source.DERIVED.value:
        found.append((_("推算"), reverse("web:indicator_derive", args=[row.pk]), "primary"))
    if Capacity.OFFICE in held and row.source == Source.COMPUTED.value:
        found.append((_("取数"), reverse("web:indicator_take"), "primary"))
    elif Capacity.OFFICE in held:
        found.append((_("完善定义"), reverse("web:indicator_describe", args=[row.pk]), "secondary"))
    return found


@require_safe
@posted
def file(_request: PageRequest, post: Post, pk: int, value_id: int) -> HttpResponse:
    """Download the proof of a value; who may not see the value learns nothing of it."""
    found = figures.observation_seen(post, figures.indicator_seen(post, pk), value_id).file
    if found is None:
        raise NotFound(_("这个指标值没有佐证文件，请从指标页面重新进入。"))
    return HttpResponse(store.get(found.sha256), headers=headers(found.name, found.media_type))


# --- 办理 --------------------------------------------------------------------------------------------------------------------------------


def _home(row: Indicator) -> tuple[str, str]:
    return row.name, reverse("web:indicator", args=[row.pk])


def _offers(post: Post) -> dict[str, list[tuple[str, str]]]:
    rows = Indicator.objects.filter(source=Source.REPORTED.value).order_by("name").values_list("name", "unit")
    known = [(d.name, d.unit) for d in computing.definitions().values()]
    return {
        "organisations": [(name, "") for name in parties.organisation_names()],
        "indicators": [(label_of(name, unit), "") for name, unit in (*known, *rows[:200])],
        **inspection_offers(post),
    }


@_FORM
@posted
def indicator_new(request: PageRequest, post: Post) -> HttpResponse:
    """Define an indicator."""
    form = DefineForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        unit = data["unit"].strip()
        name = (data["name"], unit, kind_of_unit(unit).value, "")
        made = actions.define(name=name, details=form.details(), by=post)
        return _("已登记指标“%(name)s”。") % {"name": made.name}

    sheet = Sheet(
        title=_("登记指标"),
        button=_("登记"),
        back=(_("指标"), reverse("web:indicators")),
        why_not=why_not(post, "indicator.describe"),
        offers=_offers(post),
    )
    return fill_in(request, form, sheet, act)


@_FORM
@posted
def describe(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """Complete an indicator's definition."""
    row = figures.indicator_seen(post, pk)
    form = DescribeForm(request.POST or None, initial=_described(row))

    def act(_data: dict[str, Any]) -> str:
        actions.describe(indicator=row, details=form.details(), by=post)
        return _("指标“%(name)s”的定义已更新。") % {"name": row.name}

    sheet = Sheet(
        title=_("完善指标定义"),
        button=_("保存"),
        back=_home(row),
        hint=_("已入账的数值不变；定义的每次改动都记入日志。"),
        why_not=why_not(post, "indicator.describe", standing_to(post, row)),
        facts=[(_("指标"), row.name), (_("单位"), row.unit)],
        offers=_offers(post),
    )
    return fill_in(request, form, sheet, act)


def _described(row: Indicator) -> dict[str, Any]:
    names = ("source", "direction", "numerator", "denominator", "exclusions", "period_kind")
    start: dict[str, Any] = {name: getattr(row, name) for name in names}
    start["organisation"] = row.organisation.name if row.organisation else ""
    if row.formula:
        start["op"] = row.formula["op"]
        known = {
            each.pk: each
            for each in Indicator.objects.filter(pk__in=[r for r in row.formula["of"] if isinstance(r, int)])
        }
        defined = computing.definitions()
        for number, reference in enumerate(row.formula["of"], start=1):
            one = known.get(reference) or defined.get(reference)
            start[f"of{number}"] = label_of(one.name, one.unit) if one else str(reference)
    return start


@_FORM
@posted
def take(request: PageRequest, post: Post) -> HttpResponse:
    """取数: record what the ledger computes now for an inspection."""
    form = TakeForm(post, request.POST or None, initial={"scope": request.GET.get("scope", "")})
    back = (_("指标"), reverse("web:indicators"))

    def act(data: dict[str, Any]) -> str:
        if not data["scope"]:
            raise WrongFigure(_("“所属检查”没有填写，请填写要取数的检查编号。"), field="scope")
        reach = Reach(data["reach"] or Reach.WHOLE.value)
        newest = Observation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        taken = taking.take(scope=data["scope"], reach=reach, by=post)
        fresh = sum(row.pk > newest for row in taken.values())
        said = {"scope": data["scope"], "reach": named(reach.label), "fresh": fresh, "all": len(taken)}
        return _("%(scope)s（%(reach)s）取数完成：%(all)s 项指标，%(fresh)s 项有变化并已入账。") % said

    sheet = Sheet(
        title=_("取数"),
        button=_("取数"),
        back=back,
        hint=_("按台账现状计算全部台账指标，数值有变化的记为新值；没有变化的不重复记录。"),
        why_not=why_not(post, "figure.compute"),
        offers=inspection_offers(post),
    )
    return fill_in(request, form, sheet, act)


@_FORM
@posted
def derive(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """推算: record the value of a derived indicator for a period."""
    row = figures.indicator_seen(post, pk)

    def act(data: dict[str, Any]) -> str:
        reach = Reach(data["reach"] or Reach.WHOLE.value)
        given = {"scope": data["scope"], "reach": reach, "period": data["period"], "by": post}
        made = actions.derive(indicator=row, **given)
        return _("“%(name)s”推算为 %(value)s，已入账。") % {"name": row.name, "value": made.written}

    sheet = Sheet(
        title=_("推算"),
        button=_("推算"),
        back=_home(row),
        why_not=why_not(post, "figure.derive", standing_to(post, row)),
        facts=[(_("指标"), label_of(row.name, row.unit)), (_("推算公式"), figures.formula_in_words(row))],
        offers=inspection_offers(post),
    )
    return fill_in(request, DeriveForm(post, request.POST or None), sheet, act)


@_FORM
@posted
def report(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """填报指标值, with its proof."""
    row = figures.indicator_seen(post, pk)
    held = standing_to(post, row)

    def act(data: dict[str, Any]) -> str:
        check(post, "figure.report", held)  # before a file is received
        applies_to = [data["applies_to"]] if data["applies_to"].strip() else []
        said = Said(data["value"], data["period"], data["as_of"], data["scope"], applies_to)
        made = actions.report(indicator=row, said=said, file=_proof(data["file"]), by=post)
        if made.signed_at:
            return _("已填报并签发“%(name)s”%(value)s。") % {"name": row.name, "value": made.written}
        return _("已填报“%(name)s”%(value)s，待主要负责人签发后生效。") % {
            "name": row.name,
            "value": made.written,
        }

    sheet = Sheet(
        title=_("填报指标值"),
        button=_("填报"),
        back=_home(row),
        hint=_("经办人填报的数值，由主要负责人签发后才生效。"),
        why_not=why_not(post, "figure.report", held),
        facts=[(_("指标"), label_of(row.name, row.unit)), (_("统计内容（分子）"), row.numerator)],
        offers=inspection_offers(post),
    )
    form = ReportForm(post, *_sent(request), too_large=too_large(request.META))
    return fill_in(request, form, sheet, act)


def _sent(request: PageRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _proof(sent: Any) -> Proof | None:
    if sent is None:
        return None
    name = sent.name or "未命名"
    return Proof(name, receive(name=name, data=sent.read()))


def _on_value(
    title: Callable[[], str],
    code: str,
    form_of: Callable[[PageRequest, Observation], forms.Form],
    act: Callable[[Observation, dict[str, Any], Post], str],
    hint: Callable[[], str] = str,
    look: str = "primary",
) -> Callable[..., HttpResponse]:
    """A page on which somebody does an act on one value."""

    @_FORM
    @posted
    def view(request: PageRequest, post: Post, pk: int, value_id: int) -> HttpResponse:
        indicator = figures.indicator_seen(post, pk)
        row = figures.observation_seen(post, indicator, value_id)
        held = standing_to(post, indicator)

        def do(data: dict[str, Any]) -> str:
            check(post, code, held)
            return act(row, data, post)

        sheet = Sheet(
            title=title(),
            button=title(),
            back=_home(indicator),
            hint=hint(),
            look=look,
            why_not=why_not(post, code, held),
            facts=[
                (_("指标"), label_of(indicator.name, indicator.unit)),
                (_("数值"), row.written or f"{row.value.normalize():f}"),
                (_("时期"), row.period),
            ],
        )
        return fill_in(request, form_of(request, row), sheet, do)

    return view


class _Nothing(forms.Form):
    """Nothing to fill in."""


def _sign(row: Observation, _data: dict[str, Any], post: Post) -> str:
    actions.sign(observation=row, by=post)
    return _("已签发，数值即日生效。")


def _correct(row: Observation, data: dict[str, Any], post: Post) -> str:
    made = actions.correct(
        observation=row,
        value=data["value"],
        as_of=data["as_of"],
        reason=data["reason"],
        file=_proof(data["file"]),
        by=post,
    )
    waits = made.source == Source.REPORTED.value and made.signed_at is None
    return _("已更正，待主要负责人签发后生效。") if waits else _("已更正，原数值保留并注明。")


def _withdraw(row: Observation, data: dict[str, Any], post: Post) -> str:
    actions.withdraw(observations=[row], reason=data["reason"], by=post)
    return _("已撤回，数值保留并注明，不再计入。")


sign = _on_value(
    lambda: _("签发"),
    "figure.sign",
    lambda request, _row: _Nothing(request.POST if request.method == "POST" else None),
    _sign,
    lambda: _("签发后数值代表本单位，可被通报引用。请核对数值和佐证材料。"),
)
correct = _on_value(
    lambda: _("更正"),
    "figure.correct",
    lambda request, row: CorrectForm(
        *_sent(request), initial={"as_of": row.as_of}, too_large=too_large(request.META)
    ),
    _correct,
    lambda: _("原数值不删改：更正是一个新的数值，注明更正了哪一个、为什么。"),
)
withdraw = _on_value(
    lambda: _("撤回"),
    "figure.withdraw",
    lambda request, _row: ReasonForm(request.POST if request.method == "POST" else None),
    _withdraw,
    lambda: _("撤回的数值保留并注明，不再计入。"),
    "danger",
)
