"""Public editions made by hand, as they come out of the freezing; and rows of them, for tests that begin where an edition ends."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests import people
from zhenggai.bulletins.models import Approval, Bulletin, Edition, EditionPackage
from zhenggai.bulletins.public import Published
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Person

DIGEST = "3f" * 32

TEXTS = [
    ("title", "中共澜江县委关于省委第三巡视组巡视反馈意见整改进展情况的通报"),
    ("text", "根据省委统一部署，2025年3月10日至5月20日，省委第三巡视组对澜江县委进行了巡视，并于2025年7月8日反馈了意见。现将整改进展情况予以公布。"),
    ("heading", "一、聚焦民生实事，推进问题整改"),
    ("heading", "（一）关于“惠民补贴发放不及时”问题的整改"),
    ("text", "一是全面清理，追回资金288.88万元，涉及农户1206户。二是健全制度，修订《惠民补贴发放管理办法》，发放及时率达到98.5%，比上年提高12.3个百分点。"),
    ("item", "1.已完成整改32项，取得阶段性成效并长期坚持8项，因客观原因不再整改1项。"),
    ("row", "问题\t牵头单位\t完成数"),
    ("row", "惠民补贴发放不及时\t县财政局\t12"),
    ("row", "治水护河责任落实不严\t县水利局\t20"),
    ("contact", "联系电话：0000-1234567；电子邮箱：zgb@example.cn。"),
    ("signature", "中共澜江县委"),
    ("signature", "2026年11月20日"),
]  # fmt: skip


PROGRESS = [
    ("items", "反馈问题", "个", "58"), ("tasks", "整改任务", "项", "96"), ("measures", "整改措施", "条", "212"), ("closed", "销号问题", "个", "41"),
    ("done", "已完成整改问题", "个", "32"), ("phased", "取得阶段性成效并长期坚持问题", "个", "8"), ("infeasible", "不再整改问题", "个", "1"),
    ("reviewing", "审核中问题", "个", "6"), ("returned", "退回问题", "个", "2"), ("unapplied", "未申请销号问题", "个", "9"), ("overdue", "超期任务", "项", "3"),
    ("immediate", "立行立改任务", "项", "20"), ("results", "制度成果", "项", "12"), ("results_new", "新制定制度", "项", "7"),
    ("results_revised", "修订制度", "项", "5"), ("money_total", "问题金额", "元", "3200000"), ("money_done", "已整改金额", "元", "2888800"),
    ("units", "责任单位", "个", "17"),
]  # fmt: skip


def figure(paragraphs: list[tuple[str, str]], n: int, line: int, text: str, **said: Any) -> dict[str, Any]:
    """A figure where its text stands in a paragraph."""
    start = paragraphs[line][1].index(text)
    usual = {
        "n": n, "paragraph": line, "start": start, "end": start + len(text), "text": text, "label": text, "value": "1", "unit": "",
        "period": "", "as_of": "2026-11-20", "source": "computed", "definition": "统计口径：已销号的事项。", "evidence": [DIGEST], "reason": "",
    }  # fmt: skip
    return usual | said


def content(code: str = "LJ-2026-W01", number: int = 1, **changes: Any) -> dict[str, Any]:
    """The content of an edition; ``changes`` replace its keys."""
    waived = {"source": "waived", "as_of": "", "definition": "", "evidence": []}
    figures = [
        figure(TEXTS, 1, 4, "288.88万元", label="追回资金", value="2888800", unit="元", source="reported", period="2026年",
               definition="统计口径：已缴入国库的违规发放资金；不含：尚在追缴的资金。", evidence=[DIGEST, "ab" * 32]),
        figure(TEXTS, 2, 4, "1206户", label="涉及农户", value="1206", unit="户", source="document"),
        figure(TEXTS, 3, 4, "98.5%", label="发放及时率", value="98.5", unit="%", source="derived",
               definition="分子：按期发放的笔数；分母：应发放的笔数。"),
        figure(TEXTS, 4, 4, "12.3个百分点", label="发放及时率提高", value="12.3", unit="个百分点", source="derived"),
        figure(TEXTS, 5, 5, "32项", label="完成整改", value="32", unit="项"),
        figure(TEXTS, 6, 5, "8项", label="取得阶段性成效", value="8", unit="项"),
        figure(TEXTS, 7, 5, "1项", label="不再整改", value="1", unit="项"),
        figure(TEXTS, 8, 7, "12", label="完成数", value="12", unit="", reason="表内小计，见各项台账", **waived),
        figure(TEXTS, 9, 8, "20", label="完成数", value="20", unit="", reason="表内小计，见各项台账", **waived),
    ]  # fmt: skip
    usual = {
        "code": code, "number": number, "kind": "bulletin", "kind_name": "通报", "audience": "public", "title": TEXTS[0][1],
        "issuer": "中共澜江县委", "issued_on": "2026-11-20", "published_on": "2026-11-24",
        "inspection": {
            "code": "LJ-2026", "kind": "巡视", "authority": "省委", "team": "第三巡视组", "round": "", "party": "澜江县委",
            "started_on": "2025-03-10", "ended_on": "2025-05-20", "feedback_on": "2025-07-08",
        },
        "paragraphs": [{"role": role, "text": text} for role, text in TEXTS],
        "figures": figures, "waived": sum(each["source"] == "waived" for each in figures),
        "closures": [
            {"inspection": "LJ-2026", "number": 3, "cycle": 1, "grade": "done", "closed_on": "2026-10-12", "closure_digest": "c1" * 32,
             "evidence": [DIGEST], "title": "惠民补贴发放不及时"},
            {"inspection": "LJ-2026", "number": 7, "cycle": 2, "grade": "phased", "closed_on": "2026-11-02", "closure_digest": "d2" * 32,
             "evidence": ["ab" * 32, "cd" * 32], "title": "治水护河责任落实不严，有的河段巡查流于形式，垃圾清理不及时，群众反映强烈"},
        ],
        "progress": [
            {"code": f"ledger.{code}", "name": name, "unit": unit, "value": value}
            for code, name, unit, value in PROGRESS
        ],
        "approvals": [
            {"step": "整改办审核", "unit": "县委整改办", "on": "2026-11-21"},
            {"step": "监督单位审核", "unit": "县纪委监委", "on": "2026-11-22"},
            {"step": "主要负责人审定", "unit": "中共澜江县委", "on": "2026-11-23"},
        ],
        "replaces": None, "correction": "",
    }  # fmt: skip
    return usual | changes


def corrected(code: str = "LJ-2026-W01") -> dict[str, Any]:
    """The second edition: one figure is another, a paragraph was added, a row went."""
    new = content(code, 2)
    texts = [each["text"].replace("1206户", "1216户") for each in new["paragraphs"]]
    new["paragraphs"] = [{**each, "text": text} for each, text in zip(new["paragraphs"], texts, strict=True)]
    new["figures"][1] |= {"text": "1216户", "value": "1216"}
    new["paragraphs"].insert(9, {"role": "text", "text": "下一步，我们将持续用力，防止问题反弹。"})
    new["closures"] = [*new["closures"], {**new["closures"][0], "number": 9, "title": "项目招投标监管不力"}]
    return new | {
        "published_on": "2026-12-05", "correction": "涉及农户数统计时漏计10户，现更正为1216户。",
        "replaces": {"code": code, "number": 1, "digest": digest_of(content(code)), "published_on": "2026-11-24"},
    }  # fmt: skip


def canonical(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(said: dict[str, Any]) -> str:
    return sha256(canonical(said).encode("utf-8", "replace")).hexdigest()


def package(said: dict[str, Any]) -> str:
    """Has the shape of a package; its proofs are another test's concern."""
    head = {
        "format": "zhenggai-head/1",
        "size": 812,
        "at": "2026-11-24T08:00:00+00:00",
        "root": "0a" * 32,
        "key": "0b" * 32,
    }
    return json.dumps(
        {
            "format": "zhenggai-edition/1",
            "content": said,
            "digest": digest_of(said),
            "proofs": {},
            "head": head,
        },
        ensure_ascii=False,
    )


def published(*said: dict[str, Any], packaged: bool = True) -> list[Published]:
    """Editions, the first being the oldest."""
    begin = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return [
        Published(
            each, digest_of(each), "sha256", begin + timedelta(days=at), package(each) if packaged else ""
        )
        for at, each in enumerate(said)
    ]


def keep(*said: dict[str, Any], packaged: bool = True) -> list[Edition]:
    """Rows of editions, the first being the oldest; what the database asks of their approval is there, by one reviewer."""
    inspection = Inspection.objects.filter(code="LJ-2026").first()
    inspection = inspection or Inspection.objects.create(code="LJ-2026", kind="巡视")
    submitter, reviewer = _people()
    unit = people.organisation()
    rows: list[Edition] = []
    for each in published(*said):
        now, at = each.content, each.published_at
        common = {name: now[name] for name in ("code", "number", "kind", "audience", "correction")}
        replaces = Edition.objects.filter(code=now["code"], number=now["number"] - 1).first()
        draft = Bulletin.objects.create(
            inspection=inspection, title=now["title"][:200], state="approved", opened_at=at, opened_by="整改办", replaces=replaces,
            submitted_at=at, submitted_by="整改办", submitter=submitter, digest=each.digest, chain=["approve"], step=1, round=1, **common,
        )  # fmt: skip
        Approval.objects.create(
            bulletin=draft, round=1, number=1, step="approve", approved=True, digest=each.digest, taken_at=at, taken_by="领导",
            reviewer=reviewer, unit=unit,
        )  # fmt: skip
        row = Edition.objects.create(
            bulletin=draft, inspection=inspection, title=now["title"], content=canonical(now), content_digest=each.digest, algorithm="sha256",
            replaces=replaces, published_on=date.fromisoformat(now["published_on"]), published_at=at, published_by="整改办", **common,
        )  # fmt: skip
        if packaged:
            EditionPackage.objects.create(edition=row, text=each.package)
        rows.append(row)
    return rows


def _people() -> tuple[Person, Person]:
    names = (("submitter", "送"), ("reviewer", "审"))
    found = [
        Person.objects.filter(username=login).first() or people.person(login, name) for login, name in names
    ]
    return found[0], found[1]
