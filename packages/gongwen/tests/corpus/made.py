"""A bulletin as a ledger would build it: structure, and no paragraph."""

from __future__ import annotations

from gongwen import Assignment, Bulletin, Contact, Finding, Inspection, Measure, Section, Span

NOWHERE = Span(0, 0)


def made() -> Bulletin:
    """As a ledger would build it: structure, and no paragraph."""

    def finding(path: str, title: str, **more: object) -> Finding:
        return Finding(path, title, NOWHERE, **more)  # type: ignore[arg-type]

    return Bulletin(
        kind="通报",
        title="中共浅滩县委关于巡察整改进展情况的通报",
        issuer="中共浅滩县委",
        issued_on="2026-01-15",
        inspection=Inspection(
            "巡察", "市委", "市委第一巡察组", "六届市委第三轮巡察", "浅滩县", "2025-03-01", "2025-05-20", "2025-07-11"
        ),
        contact=Contact(phone="0999-1234567", email="zgb@qiantan.example"),
        sections=(
            Section("一、", 1, "组织领导情况", NOWHERE),
            Section("二、", 1, "反馈问题整改情况", NOWHERE, (Section("（一）", 2, "河道管护不到位", NOWHERE), Section("（二）", 2, "资金拨付滞后", NOWHERE))),
        ),
        findings=(
            finding(
                "二（一）", "河道管护不到位", status="已完成整改", status_class="completed",
                measures=(Measure("二（一）1", "1", "1.修订巡河办法", NOWHERE), Measure("二（一）2", "2", "2.安装探头286个", NOWHERE)),
                assignment=Assignment(lead_official="张三", responsible_units=("水务局", "林业局"), due="2026年6月底"),
            ),
            finding("二（二）", "资金拨付滞后", status="正在整改", status_class="ongoing"),
        ),
    )  # fmt: skip
