"""What the public pages say, made from editions by hand."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from tests.unit.web.editions import PROGRESS, TEXTS, content, corrected, figure, published
from zhenggai.web.public import render as rendering
from zhenggai.web.public.charts import charts
from zhenggai.web.public.render import SEARCH, render
from zhenggai.web.public.site import Page, Site, segment

LIVE = Site()
FILES = Site(live=False)


@pytest.fixture(autouse=True)
def _no_files(monkeypatch: pytest.MonkeyPatch):
    """The laying out of .docx and .pdf has tests of its own and takes most of the time."""
    monkeypatch.setattr("zhenggai.web.public.files.OFFERS", ())


def pages(*editions, site: Site = LIVE) -> dict[str, Page]:
    found = list(render(published(*editions), site))
    assert len({page.path for page in found}) == len(found)
    return {page.path: page for page in found}


def text(page: Page) -> str:
    return page.body.decode()


def parsed(page: Page) -> ET.Element:
    return ET.fromstring(page.body)  # noqa: S314  # written by ourselves a moment ago


class Seen(HTMLParser):
    """Elements with an id, links, and the text of the page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.said: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text(page))

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        if "id" in said:
            self.ids.append(said["id"])
        self.links += [said[name] for name in ("href", "src") if name in said]

    def handle_data(self, data):
        self.said.append(data)


def test_the_same_editions_give_the_same_bytes():
    first = pages(content(), corrected(), site=FILES)
    assert first == pages(content(), corrected(), site=FILES)


def test_every_page_is_there_once():
    found = pages(content(), corrected())
    at = "LJ-2026-W01/"
    each = [
        "",
        "check/",
        "figures.json",
        "figures.csv",
        "closures.json",
        "closures.csv",
        "progress.json",
        "progress.csv",
    ]
    each += ["edition.json", "head.json"]
    assert set(found) == {
        "", at, *(f"{at}{number}/{name}" for number in (1, 2) for name in each), f"{at}2/changes/", "dictionary/", "dictionary.json",
        "dictionary.csv", "feed.xml", "verify_journal.py", "style.css", "mark.svg", SEARCH,
    }  # fmt: skip


def test_the_address_of_a_document_is_its_latest_edition():
    found = pages(content(), corrected())
    assert "1216户" in text(found["LJ-2026-W01/"])
    assert "<strong>第 2 版（本页）</strong>" in text(found["LJ-2026-W01/"])


def test_every_figure_leads_to_its_entry_and_back():
    seen = Seen(pages(content())["LJ-2026-W01/1/"])
    for n in range(1, 10):
        assert seen.ids.count(f"t{n}") == seen.ids.count(f"f{n}") == 1
        assert f"#f{n}" in seen.links
        assert f"#t{n}" in seen.links


def test_ids_are_given_once_and_anchors_lead_somewhere():
    for path, page in pages(content(), corrected()).items():
        if page.media_type.startswith("text/html"):
            seen = Seen(page)
            assert len(seen.ids) == len(set(seen.ids)), path
            assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids), path


def test_an_entry_says_all_that_is_known():
    said = text(pages(content())["LJ-2026-W01/1/"])
    for words in (
        "2,888,800元",
        "2026年11月20日",
        "单位填报",
        "已缴入国库的违规发放资金",
        "3f" * 32,
        "表内小计，见各项台账",
        "免予绑定",
    ):
        assert words in said


def test_the_text_of_the_page_is_the_text_of_the_edition():
    whole = text(pages(content())["LJ-2026-W01/1/"])
    article = whole[whole.index("data-edition-text") : whole.index("</article>")]
    said = re.sub(r"\s", "", re.sub(r"<[^>]*>", "", article.partition(">")[2]))
    assert said == re.sub(r"\s", "", "".join(each for _, each in TEXTS))


@pytest.mark.parametrize("figures", ["over", "twice", "beyond", "across cells"])
def test_a_figure_that_does_not_fit_is_listed_and_not_marked(figures: str):
    own = content()
    one = figure(TEXTS, 1, 4, "288.88万元")
    own["figures"] = {
        "over": [one, {**one, "n": 2, "start": one["start"] + 2}],
        "twice": [one, {**one, "n": 2}],
        "beyond": [one, {**one, "n": 2, "end": 9999}],
        "across cells": [one, {**one, "n": 2, "paragraph": 7, "start": 8, "end": 16}],
    }[figures]
    seen = Seen(pages(own)["LJ-2026-W01/1/"])
    assert "t1" in seen.ids
    assert "t2" not in seen.ids
    assert {"f1", "f2"} <= set(seen.ids)
    assert "#t2" not in seen.links


def test_rows_are_a_table_with_a_head():
    said = text(pages(content())["LJ-2026-W01/1/"])
    assert '<th scope="col">牵头单位</th>' in said
    assert "<td>县财政局</td>" in said


def test_a_replaced_edition_says_so_and_leads_on():
    found = pages(content(), corrected())
    old, new = text(found["LJ-2026-W01/1/"]), text(found["LJ-2026-W01/2/"])
    for words in ("这一版已被更正", "2026年12月5日", "漏计10户", 'href="../2/"'):
        assert words in old
    for words in ("这一版更正了第 1 版", "漏计10户", 'href="changes/"'):
        assert words in new
    assert "这一版" not in text(pages(content())["LJ-2026-W01/1/"]).partition('<div class="columns">')[0]


def test_differences_are_shown():
    said = text(pages(content(), corrected())["LJ-2026-W01/2/changes/"])
    for words in (
        "涉及农户<del>1206</del><ins>1216</ins>户", "<ins>下一步，我们将持续用力，防止问题反弹。</ins>", "第9号 项目招投标监管不力",
        "<td>1206户</td>", 'href="../#f2"', 'href="../#p4"',
    ):  # fmt: skip
        assert words in re.sub(r">\s+", ">", re.sub(r"\s+<", "<", said)), words
    assert said.count("<li>") == 3


def test_how_it_was_approved():
    said = text(pages(content())["LJ-2026-W01/1/"])
    places = [
        said.index(words) for words in ("整改办审核", "监督单位审核", "主要负责人审定", "定版发布</span>")
    ]
    assert places == sorted(places)
    assert "县纪委监委" in said
    assert "2026年11月22日" in said


def test_without_a_package_the_page_says_so():
    found = {page.path: page for page in render(published(content(), packaged=False), LIVE)}
    assert "核验包还没有做好" in text(found["LJ-2026-W01/1/check/"])
    assert "LJ-2026-W01/1/edition.json" not in found
    assert "edition.json" not in text(found["LJ-2026-W01/1/"])


def test_the_list_is_paged_newest_first():
    many = [content(f"LJ-2026-W{n:02d}", title=f"第{n}份通报") for n in range(1, 46)]
    found = pages(*many)
    assert re.findall(r"第(\d+)份通报", text(found[""]))[:2] == ["45", "44"]
    assert [path for path in found if path.startswith("page/")] == ["page/2/", "page/3/"]
    assert re.findall(r"第(\d+)份通报", text(found["page/3/"])) == ["5", "4", "3", "2", "1"]
    assert 'href="../../"' in text(found["page/2/"])
    assert 'href="../3/"' in text(found["page/2/"])


def test_nothing_public_is_said_as_well():
    assert "目前还没有公开的文稿" in text(pages()[""])
    assert parsed(pages()["feed.xml"]) is not None


def test_a_document_whose_title_is_not_in_its_text_has_a_heading():
    own = content(paragraphs=[{"role": "text", "text": "一段。"}], figures=[])
    assert re.search(r"<h1>\s*中共澜江县委", text(pages(own)["LJ-2026-W01/1/"]))


@pytest.mark.parametrize(
    "code", ["page", "dictionary", "../etc", ".stamp.json", "a/b", "a b", "“甲”", "index.html", ""]
)
def test_no_code_can_stand_in_the_way_of_a_page(code: str):
    name = segment(code)
    assert name not in ("page", "dictionary", "index.html", "")
    assert re.fullmatch(r"[\w-][\w.-]*", name)
    assert segment(f"{code}x") != name


def test_a_code_in_chinese_keeps_its_name_and_links_are_encoded():
    found = pages(content("澜江-W01"))
    assert "澜江-W01/1/" in found
    assert 'href="%E6%BE%9C%E6%B1%9F-W01/"' in text(found[""])


# --- charts ------------------------------------------------------------------------------------------------------------------------------


def progress(**values: str) -> dict[str, object]:
    return {
        "progress": [
            {"code": f"ledger.{code}", "name": code, "unit": "项", "value": value}
            for code, value in values.items()
        ]
    }


def test_charts_have_all_numbers_in_their_tables():
    items, closed, tasks, money, results, rest = charts(content())
    assert [(each.title, each.look, each.whole) for each in (items, closed, results)] == [
        ("反馈问题办理情况", "stacked", "58"), ("销号等次", "stacked", "41"), ("制度成果", "stacked", "12"),
    ]  # fmt: skip
    assert [bar.value for bar in closed.bars] == ["32", "8", "1"]
    assert [bar.share for bar in closed.bars] == ["78.0%", "19.5%", "2.4%"]
    assert sum(float(bar.width) for bar in closed.bars) == pytest.approx(720, abs=0.05)
    assert [bar.x for bar in closed.bars] == ["0.00", "561.95", "702.44"]
    assert [(each.look, [bar.value for bar in each.bars]) for each in (tasks, money)] == [
        ("bars", ["96", "20", "3"]), ("bars", ["3,200,000", "2,888,800"]),
    ]  # fmt: skip
    assert (rest.look, [bar.name for bar in rest.bars]) == ("table", ["整改措施", "责任单位"])
    said = text(pages(content())["LJ-2026-W01/1/"])
    for _, name, unit, value in PROGRESS:
        written = f"{int(value):,}{unit}"
        assert (
            re.search(rf"{name}\s*</th>\s*<td class=\"number\">{written}</td>", said)
            or f"共 {written}" in said
        ), name
    assert said.count('role="img"') == 3 + 5
    assert said.count("<desc") == 3
    assert "共 41个：已完成整改问题 32个；" in said


@pytest.mark.parametrize(
    ("values", "looks"),
    [
        ({"closed": "3", "done": "1", "phased": "2", "infeasible": "0"}, ["stacked"]),
        ({"closed": "4", "done": "1", "phased": "2", "infeasible": "0"}, ["table"]),
        ({"closed": "3", "done": "1", "phased": "2"}, ["table"]),
        ({"closed": "0", "done": "0", "phased": "0", "infeasible": "0"}, ["table"]),
        ({"closed": "3", "done": "-1", "phased": "4", "infeasible": "0"}, ["table"]),
        ({"closed": "约3", "done": "1", "phased": "2", "infeasible": "0"}, ["table"]),
        ({"tasks": "3", "overdue": "0"}, ["bars"]),
        ({"tasks": "0", "overdue": "0"}, ["table"]),
        ({"tasks": "3"}, ["table"]),
        ({"other": "3", "tasks": "3", "overdue": "1"}, ["bars", "table"]),
        ({}, []),
    ],
)
def test_a_bar_is_drawn_only_where_it_says_the_truth(values: dict[str, str], looks: list[str]):
    found = charts(progress(**values))
    assert [chart.look for chart in found] == looks
    said = [bar.value for chart in found for bar in chart.bars] + [
        chart.whole for chart in found if chart.whole
    ]
    assert sorted(said) == sorted(values.values()), "every number once"


# --- what may not happen -----------------------------------------------------------------------------------------------------------------

SCRIPT = "<script>alert('1')</script>\"'><img src=x onerror=alert(1)>&amp;]]>"


def poisoned() -> list[dict[str, object]]:
    """Two editions with a script in every text that they have."""
    said = []
    for each in (content(), corrected()):
        own = json.loads(json.dumps(each))
        own["title"] = own["kind_name"] = own["issuer"] = SCRIPT
        own["correction"] = own["correction"] and SCRIPT
        own["inspection"] = {
            **own["inspection"],
            "authority": SCRIPT,
            "team": SCRIPT,
            "party": SCRIPT,
            "kind": SCRIPT,
            "round": SCRIPT,
        }
        own["paragraphs"] = [
            {"role": p["role"], "text": p["text"] + SCRIPT.replace("\t", "")} for p in own["paragraphs"]
        ]
        for one in own["figures"]:
            one |= {
                "label": SCRIPT,
                "unit": SCRIPT,
                "period": SCRIPT,
                "definition": SCRIPT,
                "reason": SCRIPT,
                "evidence": [SCRIPT],
            }
        for one in own["closures"]:
            one |= {"title": SCRIPT, "closure_digest": SCRIPT, "evidence": [SCRIPT], "grade": SCRIPT}
        for one in own["progress"]:
            one |= {"name": SCRIPT, "unit": SCRIPT}
        for one in own["approvals"]:
            one |= {"step": SCRIPT, "unit": SCRIPT}
        said.append(own)
    return said


@pytest.mark.parametrize(
    "site", [LIVE, FILES, Site("https://zg.example/public", live=False)], ids=["live", "files", "addressed"]
)
def test_script_is_text_everywhere(site: Site):
    for path, page in pages(*poisoned(), site=site).items():
        if page.media_type.startswith("text/html"):
            seen = Seen(page)
            assert "script" not in seen.tags, path
            assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"], path
            assert set(seen.tags) <= KNOWN_TAGS, set(seen.tags) - KNOWN_TAGS
            assert all(link.split(":")[0] in ("https", *[link]) for link in seen.links)
        elif "xml" in page.media_type:
            tree = parsed(page)
            assert not [each for each in tree.iter() if each.tag.endswith("script") or each.get("onerror")], (
                path
            )
        elif page.media_type.startswith("application/json"):
            json.loads(page.body)
    said = "".join(Seen(pages(*poisoned(), site=site)["LJ-2026-W01/2/"]).said)
    assert SCRIPT in said


KNOWN_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "header",
    "img",
    "span",
    "nav",
    "main",
    "p",
    "strong",
    "div",
    "aside",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "desc",
    "defs",
    "pattern",
    "rect",
    "path",
    "circle",
    "details",
    "summary",
    "code",
    "ol",
    "ul",
    "li",
    "footer",
    "ins",
    "del",
    "pre",
    "form",
    "label",
    "input",
    "button",
    "time",
}


def test_nothing_inline_and_nothing_foreign():
    for path, page in pages(content(), corrected()).items():
        if page.media_type.startswith("text/html"):
            for forbidden in (" style=", "<style", "<script", "javascript:", "http://", "https://"):
                assert forbidden not in text(page), (path, forbidden)


def test_only_content_is_shown():
    """Nothing but what the edition says, and the words of the page, which are the same for every edition."""
    own = content()
    own["secret"] = "不应出现甲"
    own["figures"][0]["bound_by"] = "不应出现乙"
    own["closures"][0]["reviewer"] = "不应出现丙"
    own["approvals"][0]["reviewer"] = "不应出现丁"
    own["progress"][0]["rows"] = "不应出现戊"
    own["paragraphs"][0]["author"] = "不应出现己"
    found = {page.path: page for page in render([*published(own, packaged=False)], LIVE)}
    for path, page in found.items():
        assert "不应出现" not in page.body.decode("utf-8", "replace"), path


def test_signs_that_no_page_can_hold_become_one_that_is_seen():
    own = content(title="坏\x00题\ud800目\x85")
    found = pages(own)
    assert "坏�题�目�" in text(found[""])
    parsed(found["feed.xml"])
    json.loads(found[SEARCH].body)


@pytest.mark.parametrize(
    ("here", "there", "live", "link"),
    [
        ("", "", True, "./"),
        ("", "", False, "index.html"),
        ("", "a/1/", True, "a/1/"),
        ("a/1/", "", True, "../../"),
        ("a/1/", "", False, "../../index.html"),
        ("a/1/", "a/1/", True, "./"),
        ("a/1/check/", "a/1/#f1", True, "../#f1"),
        ("a/1/check/", "a/1/", False, "../index.html"),
        ("a/1/", "a/2/", True, "../2/"),
        ("a/1/", "style.css", False, "../../style.css"),
        ("page/2/", "page/3/", True, "../3/"),
        ("feed.xml", "a/1/", True, "a/1/"),
        ("/etc/passwd", "", True, "../../"),
        ("澜/1/", "江/1/", True, "../../%E6%B1%9F/1/"),
    ],
)
def test_links_are_relative(here: str, there: str, *, live: bool, link: str):
    assert Site(live=live).link(here, there) == link


def test_the_qr_code_is_left_out_with_a_word_where_no_address_is_known():
    assert "没有二维码" in text(pages(content(), site=FILES)["LJ-2026-W01/1/"])
    found = pages(content(), site=Site("https://zg.example/public", live=False))
    assert "LJ-2026-W01/1/qr.svg" in found
    assert "没有二维码" not in text(found["LJ-2026-W01/1/"])
    assert "https://zg.example/public/LJ-2026-W01/1/" in found["LJ-2026-W01/1/qr.svg"].body.decode()


def test_the_feed_names_editions():
    tree = parsed(pages(content(), corrected(), site=Site("https://zg.example/public"))["feed.xml"])
    name = "{http://www.w3.org/2005/Atom}"
    entries = tree.findall(f"{name}entry")
    assert [each.findtext(f"{name}title") for each in entries] == [f"{TEXTS[0][1]}（第2版）", TEXTS[0][1]]
    links = [each.find(f"{name}link").get("href") for each in entries]
    assert links == [f"https://zg.example/public/LJ-2026-W01/{number}/" for number in (2, 1)]
    assert len({each.findtext(f"{name}id") for each in entries}) == 2
    assert "漏计10户" in entries[0].findtext(f"{name}summary")


def test_search_index_has_titles_and_paragraphs_only():
    (one,) = json.loads(pages(content())[SEARCH].body)
    assert set(one) == {"path", "title", "number", "day", "latest", "paragraphs"}


def test_the_page_of_a_search_escapes_what_was_asked():
    said = rendering.found_page(
        {"query": SCRIPT, "results": [], "total": 0, "more": False, "refused": ""}
    ).decode()
    assert "<script" not in said
    assert "&lt;script&gt;" in said
