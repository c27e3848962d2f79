"""Numbers as they are written, and pages that show an edition: what the verifier makes of both."""

import pytest

from tests.unit.journal.editions import PARAGRAPHS, run
from zhenggai.journal.outside import verify_journal as outside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]

# --- numbers as they are written ---


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("12个", "12", True),
        ("12个", "12.0", True),
        ("１２个", 12, True),
        ("12个", "12.4", False),
        ("1,240件", "1240", True),
        ("66.7%", "66.666667", True),
        ("66.7%", "66.64", False),
        ("66.70%", "66.7", True),
        ("下降3.2个百分点", "-3.2", True),
        ("288.88万元", "2888800", True),
        ("288.88万元", "2888812.5", True),
        ("288.88万元", "288.88", True),
        ("288.88万元", "2888750", True),
        ("288.88万元", "2888749", False),
        ("3万户", "30123", True),
        ("3万户", "36000", False),
        ("1.2亿元", "120000000", True),
        ("3至5个", "5", True),
        ("二十五项", "25", True),
        ("二十五项", "26", False),
        ("十二条", 12, True),
        ("一百二十家", "120", True),
        ("一亿二千万元", "120000000", True),
        ("两家", "2", True),
        ("二〇二六", "2026", True),
        ("百分之三十", "30", True),
        ("三分之一", "33.3", None),
        ("两成", "20", None),
        ("翻一番", "100", None),
        ("多个", "3", None),
        ("12个", "A级", None),
        ("12个", None, None),
        ("12个", [12], None),
        ("12个", "NaN", None),
        ("12个", "", None),
        ("0个", "0", True),
    ],
)
def test_a_number_fits_its_value_as_exactly_as_it_is_written(text, value, fits):
    assert outside._fits(text, value) is fits


# --- pages ---


def html(paragraphs, *, before="", after="", inner='<p class="gw-body">{}</p>'):
    body = "".join(inner.format(text) for _, text in paragraphs)
    return (
        f"<!doctype html><html><head><title>通报 3</title><style>p{{}}</style></head><body><nav>首页</nav>{before}"
        f'<article class="page gw-paper">{body}</article>{after}<script>1</script></body></html>'
    )


def marked(text):
    """A figure on a page is a link around some of the text."""
    return text.replace("66.7%", '<a href="#f4"><data\n value="66.7">66.7</data>%</a>')


PAGES = {
    "html": ("page__html", html(PARAGRAPHS), "没有其他文字"),
    "html with links in the text": ("page__html", html([(r, marked(t)) for r, t in PARAGRAPHS]), "没有其他文字"),
    "html without a paper": ("page__html", html(PARAGRAPHS).replace("gw-paper", "x"), "另有 2 字不属于本版正文（如“首页”）"),
    "html with the other mark": (
        "page__html", html(PARAGRAPHS).replace('class="page gw-paper"', "data-edition-text"), "没有其他文字"
    ),
    "html with unclosed paragraphs": ("page__html", html(PARAGRAPHS, inner="<p>{}"), "没有其他文字"),
    "html with character references": ("page__html", html(PARAGRAPHS).replace("3", "&#51;"), "没有其他文字"),
    "text": ("page__txt", "\n\n".join(f"　　{text[:9]}\n{text[9:]}" for _, text in PARAGRAPHS), "没有其他文字"),
    "markdown": ("page__md", "# " + "\n\n".join(t.replace(".", "\\.") for _, t in PARAGRAPHS), "另有 1 字"),
    "text with a sentence more": ("page__txt", "".join(t for _, t in PARAGRAPHS) + "特此说明。", "另有 5 字不属于本版正文（如“特此说明。”）"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_with_the_same_text_agrees(edition, tmp_path, capsys, name):
    file, text, sentence = PAGES[name]
    status, said = run(
        tmp_path,
        capsys,
        "--edition",
        "edition",
        "--page",
        file.replace("__", "."),
        edition=edition,
        **{file: text},
    )
    assert status == 0, said
    assert "4 段依次都在，一字不差" in said
    assert sentence in said


def replaced(old, new, count=1):
    return lambda text: text.replace(old, new, count)


CHANGED_PAGES = {
    "a digit": (replaced("66.7%", "96.7%"), "第 2 段第 32 字起不同：本版为“…整改2个，整改完成率66.7%。…”，页面为“…整改2个，整改完成率96.7%。"),
    "a digit more": (replaced("288.88", "1288.88"), "第 3 段第 6 字起不同"),
    "a figure dropped": (replaced("二十五项", "项"), "第 3 段"),
    "a paragraph dropped": (replaced(PARAGRAPHS[3][1], ""), "第 4 段（中共浅溪县委巡视整改工作领导小组…）在页面上找不到"),
    "the first digit": (replaced("截至2026", "截至2025"), "第 2 段第 6 字起不同"),
    "a direction turned": (replaced("66.7", "\u202e7.66\u202c"), "第 2 段"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "txt", "md"])
@pytest.mark.parametrize("name", sorted(CHANGED_PAGES))
def test_a_changed_page_is_named_with_its_paragraph(edition, tmp_path, capsys, name, kind):
    change, sentence = CHANGED_PAGES[name]
    text = html(PARAGRAPHS) if kind == "html" else "\n".join(t for _, t in PARAGRAPHS)
    assert change(text) != text
    file = f"page__{kind}"
    status, said = run(
        tmp_path,
        capsys,
        "--edition",
        "edition",
        "--page",
        f"page.{kind}",
        edition=edition,
        **{file: change(text)},
    )
    assert (status, sentence in said) == (1, True), said


def test_every_digit_of_a_page_counts(edition, tmp_path):
    text = "\n".join(t for _, t in PARAGRAPHS)
    for at in (at for at, char in enumerate(text) if char.isdigit()):
        file = tmp_path / "page.txt"
        file.write_text(f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}", encoding="utf-8")
        with pytest.raises(outside.Refused) as raised:
            outside.check_page(edition["content"]["paragraphs"], file)
        assert f"第 {text[:at].count(chr(10)) + 1} 段" in str(raised.value)


@pytest.mark.parametrize(
    "where", ["<p hidden>{}</p>", "<script>{}</script>", "<template>{}</template>", "<!-- {} -->"]
)
def test_what_a_page_does_not_show_does_not_count(edition, tmp_path, capsys, where):
    true = PARAGRAPHS[1][1]
    page = (
        html(PARAGRAPHS)
        .replace(true, true.replace("66.7", "96.7"))
        .replace("<article class", f"{where.format(true)}<article class")
    )
    page = page.replace('gw-paper">', f'gw-paper">{where.format(true)}')
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--page", "page.html", edition=edition, page__html=page
    )
    assert (status, "第 2 段" in said) == (1, True)


def test_paragraphs_in_another_order_are_named(edition, tmp_path, capsys):
    page = "\n".join(PARAGRAPHS[at][1] for at in (0, 2, 1, 3))
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--page", "page.txt", edition=edition, page__txt=page
    )
    assert (status, "不在应有的次序上" in said) == (1, True)


def test_a_page_of_another_kind_is_refused(edition, tmp_path, capsys):
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--page", "page.pdf", edition=edition, page__pdf="%PDF"
    )
    assert (status, "只能核对 .html、.txt、.md" in said) == (1, True)
    with pytest.raises(SystemExit):
        outside.main(["--page", "page.html"])
