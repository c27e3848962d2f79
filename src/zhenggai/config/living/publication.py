"""演示的通报: how the living inspection ends in a published edition, and what waits on the desk for the next one. Every step is an act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhenggai.bulletins.actions import approving, binding, drafting, publishing
from zhenggai.bulletins.models import Bulletin, Edition, Paragraph
from zhenggai.bulletins.queries import paragraphs_of, sheet_of
from zhenggai.bulletins.states import SETTLED, Audience
from zhenggai.evidence.reception import receive_text
from zhenggai.indicators.actions import Details, Proof, Said, correct, define, derive, report, sign
from zhenggai.indicators.models import Observation
from zhenggai.indicators.states import Direction, Reach, Source
from zhenggai.indicators.taking import take
from zhenggai.ledger.actions import reporting
from zhenggai.ledger.handling.models import ReportedFigure
from zhenggai.ledger.handling.states import Classification, ReportState
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post

CONTACT = {
    "联系电话": "0599-5550117",
    "收件单位": "岚江市委巡视整改工作领导小组办公室",
    "邮政编码": "350199",
    "通信地址": "岚江市临波区望江路1号",
    "电子邮箱": "zgb@lanjiang.example",
}
"""What fills the gaps of the template; invented, like everything of 岚江市."""

LEFT_OUT = ("三期", "3个月")
"""Figures of reports that the office does not take as values: they say how something is done, not what was reached."""

STALE = ("应急避难场所", "58处", "60", "复核台账时发现漏登2处")
"""The value that is corrected after publication: whose it is, as written, its new value, and why."""

CONTRADICTED = ("遗留违建14处", "遗留违建15处")
"""Words of the second draft that somebody types over, and what he types."""

UNBOUND = "市委主要负责同志开展现场督办23次，推动跨部门事项逐一落实。"
"""What somebody adds to the second draft without saying where its number comes from."""


@dataclass
class Publication:
    """The inspection whose bulletin is written, who writes it, and the day."""

    inspection: Inspection
    posts: Mapping[str, Post]
    today: date

    @property
    def office(self) -> Post:
        """Who writes."""
        return self.posts["office"]

    def play(self) -> None:
        """Publish the first edition; leave the draft of a second with one figure stale, one contradicted and one unbound."""
        self._report_indicators()
        self._take_figures()
        bulletin = drafting.open_draft(
            inspection=self.inspection, kind="tongbao", audience=Audience.PUBLIC, by=self.office
        )
        self._fill_gaps(bulletin)
        self._settle(bulletin)
        self._leave_second(self._published(bulletin))

    def _report_indicators(self) -> None:
        """Indicators of a unit's own, reported with proof and signed; and what is derived of them and of the ledger's."""
        unit = self.posts["industry-head"].organisation
        plants = define(
            name=("绿色工厂", "户", "count", ""),
            details=Details(
                source=Source.REPORTED, direction=Direction.UP, organisation=unit, period_kind="年度",
                numerator="年末在册的市级以上绿色工厂", exclusions="已撤销称号的企业",
            ),
            by=self.office,
        )  # fmt: skip
        for year, written in ((self.today.year - 2, "8户"), (self.today.year - 1, "10户")):
            name = f"{year}年绿色工厂名单.txt"
            text = f"{unit.name}\n{year}年度绿色工厂名单，共{written}，名单附后，经公示无异议。"
            row = report(
                indicator=plants,
                said=Said(
                    value=written, period=f"{year}年", as_of=date(year, 12, 31), scope=self.inspection.code
                ),
                file=Proof(name, receive_text(name=name, text=text)),
                by=self.posts["industry-filler"],
            )
            sign(observation=row, by=self.posts["industry-head"])
        growth = define(
            name=("绿色工厂同比", "%", "percent", ""),
            details=Details(source=Source.DERIVED, formula={"op": "year_on_year", "of": [plants.pk]}),
            by=self.office,
        )
        derive(
            indicator=growth, scope=self.inspection.code, period=f"{self.today.year - 1}年", by=self.office
        )
        take(scope=self.inspection.code, reach=Reach.PUBLIC, by=self.office)
        closed = define(
            name=("销号率", "%", "percent", ""),
            details=Details(
                source=Source.DERIVED, formula={"op": "rate", "of": ["ledger.closed", "ledger.items"]}
            ),
            by=self.office,
        )
        derive(indicator=closed, scope=self.inspection.code, reach=Reach.PUBLIC, by=self.office)

    def _take_figures(self) -> None:
        """The office takes the figures of signed reports on public items."""
        rows = ReportedFigure.objects.filter(
            report__state=ReportState.SIGNED.value, observation=None, dismissed_at=None,
            report__finding__classification=Classification.PUBLIC.value, report__finding__inspection=self.inspection,
        ).order_by("pk")  # fmt: skip
        for row in rows:
            reporting.take_figure(figure=row, accepted=row.written not in LEFT_OUT, by=self.office)

    def _fill_gaps(self, bulletin: Bulletin) -> None:
        for row in list(paragraphs_of(bulletin)):
            text = row.text
            for name, value in CONTACT.items():
                text = text.replace(f"\u3014待补：{name}\u3015", value)
            if text != row.text:
                drafting.edit(paragraph=row, base=row.version, text=text, by=self.office)

    def _settle(self, bulletin: Bulletin) -> None:
        """Say openly why a number that composing did not bind needs no source."""
        sheet = sheet_of(bulletin, self.today)
        for each in sheet.figures:
            if each.state not in SETTLED:
                place = each.figure.place
                binding.waive(
                    paragraph=sheet.paragraphs[place.line], start=place.start, end=place.end,
                    reason="说明办理方式，不是成效数字", by=self.office,
                )  # fmt: skip

    def _published(self, bulletin: Bulletin) -> Edition:
        approving.submit(bulletin=bulletin, by=self.office)
        for who, words in (
            ("office2", "数字来源逐一核过，同意提请会审。"),
            ("supervisor", "与销号情况一致，同意。"),
            ("leader", "同意发布。"),
        ):
            bulletin = approving.approve(bulletin=bulletin, reason=words, by=self.posts[who])
        return publishing.publish(bulletin=bulletin, by=self.office)

    def _leave_second(self, first: Edition) -> None:
        """The draft that waits: a value corrected since, a number typed over, a sentence without source."""
        draft = drafting.revise(
            edition=first, correction="更新应急避难场所数字，补充督办情况", by=self.office
        )
        said, new = CONTRADICTED
        row = self._paragraph(draft, said)
        drafting.edit(
            paragraph=row, base=row.version, text=row.text.replace(said, new), by=self.posts["office2"]
        )
        last = self._paragraph(draft, "下一步，")
        drafting.insert(bulletin=draft, after=last, pasted=UNBOUND, by=self.posts["office2"])
        name, written, value, reason = STALE
        old = Observation.objects.filter(
            scope=self.inspection.code, indicator__name__contains=name, written=written
        ).order_by("-pk")[0]
        correct(
            observation=old, value=f"{value}{written.lstrip('0123456789')}", reason=reason, by=self.office
        )

    def _paragraph(self, bulletin: Bulletin, words: str) -> Paragraph:
        return next(row for row in paragraphs_of(bulletin) if words in row.text)
