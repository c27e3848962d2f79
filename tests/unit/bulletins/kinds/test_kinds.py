"""Templates that come as files: ours, those of a unit, and those that are refused with place and remedy."""

import re

import pytest
from django.conf import settings

from tests.conftest import ROOT
from zhenggai.bulletins import kinds
from zhenggai.bulletins.composing.blocks import BLOCKS
from zhenggai.bulletins.kinds import KindRefused, all_kinds, kind_of, parse
from zhenggai.bulletins.kinds.sentences import Condition, Fact, Number, Optional, sentence
from zhenggai.bulletins.kinds.shapes import COLUMNS, OF_ITEM, SHAPES
from zhenggai.bulletins.states import Audience

GUIDE = ROOT / "docs" / "how-to" / "write-a-template.md"


@pytest.fixture
def folder():
    """The data folder's own templates."""
    own = settings.DATA / "kinds"
    own.mkdir(parents=True, exist_ok=True)
    kinds._load.cache_clear()
    yield own
    for file in own.iterdir():
        file.unlink()
    kinds._load.cache_clear()


def example(which=0):
    """A template as the guide shows it."""
    return re.findall("```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[which]


def test_our_kinds_for_whom_they_are_written():
    assert {code: (kind.name, kind.audience) for code, kind in all_kinds().items()} == {
        "tongbao": ("整改进展情况通报", Audience.PUBLIC),
        "baogao": ("整改情况报告", Audience.INTERNAL),
        "qingdan": ("三个清单", Audience.INTERNAL),
        "gongshi": ("销号公示", Audience.PUBLIC),
        "kongbai": ("空白文稿", Audience.INTERNAL),
    }


def test_an_unknown_kind_is_refused_with_those_there_are():
    with pytest.raises(KindRefused, match="tongbao、baogao、qingdan、gongshi、kongbai"):
        kind_of("jianbao")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("如下", ("如下",)),
        ("反馈的[[ledger.items]]问题", ("反馈的", Number("ledger.items", nought=False), "问题")),
        ("有[[ledger.overdue!]]", ("有", Number("ledger.overdue", nought=True))),
        ("{?waived}经批准", (Condition("waived", wanted=True), "经批准")),
        ("{!waived}没有", (Condition("waived", wanted=False), "没有")),
        ("由{leader}<、{deputies}>", ("由", Fact("leader"), Optional(("、", Fact("deputies"))))),
    ],
)
def test_the_language_of_sentences(text, pieces):
    assert sentence(text).pieces == pieces


@pytest.mark.parametrize(
    "text", ["由{leader任组长", "由leader}任组长", "<由{a}<、{b}>>", "[[ledger.items]", "{Leader}", "{领导}"]
)
def test_a_bracket_that_opens_nothing_is_refused(text):
    with pytest.raises(ValueError, match="不成对"):
        sentence(text)


HEAD = 'name = "简报"\naudience = "public"\n\n[[parts]]\nblock = "title"\ntext = "简报"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "无法读出"),
        ('name = "简报"\naudience = "public"\n', "缺少 'parts'"),
        ('name = "简报"\naudience = "all"\nparts = []\n', "只能是 public 或 internal"),
        ('name = "简报"\naudience = "public"\nparts = []\n', "第一个构件须是标题"),
        (HEAD + HEAD[HEAD.index("[[") :], "只有一个"),
        (HEAD.replace("name", "nam"), "不认识“nam”"),
        (HEAD.replace('"简报"', '" "', 1), "name 须是一段文字"),
        (HEAD + '[settings]\nphones = "1"\n', "不认识“phones”"),
        (HEAD.replace("\n\n", "\n\n[settings]\nnotice_days = 0\n"), "1 至 366 的整数"),
        (HEAD + '[[parts]]\nblock = "chart"\n', "第 2 个构件的 block 写的是“chart”"),
        (HEAD + '[[parts]]\nblock = "text"\n', "缺少 'sentences'"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = "一句"\n', "须是若干句话"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = [1]\n', "sentences 第 1 句 须是一句话"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = ["{nobody}任组长"]\n', "不认识占位符“{nobody}”"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = ["{title}"]\n', "不认识占位符“{title}”"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = ["共[[ledger.all]]"]\n', "没有代码为“ledger.all”的台账指标"),
        (HEAD + '[[parts]]\nblock = "text"\nsentences = ["共[[ledger.items"]\n', "不成对"),
        (HEAD + '[[parts]]\nblock = "items"\nof = "some"\neach = "{title}"\n', "of 写的是“some”"),
        (HEAD + '[[parts]]\nblock = "table"\ncolumns = []\n', "columns 不能为空"),
        (HEAD + '[[parts]]\nblock = "table"\ncolumns = [["colour", "颜色"]]\n', "不认识“colour”"),
        (HEAD + '[[parts]]\nblock = "table"\ncolumns = ["title"]\n', "两段文字"),
        (HEAD + '[[parts]]\nblock = "table"\nrows = "all"\ncolumns = [["title", "问题"]]\n', "rows 写的是“all”"),
        (HEAD + '[[parts]]\nblock = "table"\ncolumns = [["status", "状态"]]\n', "缺少 'status'"),
        ('extends = "jianbao"\n', "只能是系统自带的文种"),
        ('extends = "tongbao"\nparts = 3\n', "有误"),
        ('extends = "tongbao"\nsettings = 3\n', "有误"),
    ],
)  # fmt: skip
def test_a_template_that_is_none_is_refused_with_file_key_and_remedy(tmp_path, text, said):
    file = tmp_path / "jianbao.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KindRefused, match=re.escape(said)) as caught:
        parse(file)
    assert "jianbao.toml" in caught.value.sentence
    assert "系统自带" in caught.value.sentence


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "jianbao.toml"
    file.write_bytes("名".encode("gb18030"))
    with pytest.raises(KindRefused, match="UTF-8"):
        parse(file)


def test_a_unit_says_only_what_is_other(folder):
    (folder / "tongbao.toml").write_text(example(0), encoding="utf-8")
    kind = kind_of("tongbao")
    assert kind.settings["phone"] == "0000-1234567"
    assert kind.settings["email"] == ""
    assert [part.block for part in kind.parts] == [
        part.block for part in parse(kinds._shipped("tongbao")).parts
    ]


def test_a_unit_adds_a_kind_of_its_own(folder):
    (folder / "jianbao.toml").write_text(example(1), encoding="utf-8")
    assert list(all_kinds()) == ["tongbao", "baogao", "qingdan", "gongshi", "kongbai", "jianbao"]
    assert kind_of("jianbao").name == "整改工作简报"


def test_every_block_that_can_be_named_can_be_made():
    assert set(BLOCKS) == set(SHAPES)


def test_the_guide_names_every_block_fact_and_column():
    said = GUIDE.read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+", said))
    assert (
        set(SHAPES) | set(COLUMNS) | OF_ITEM | kinds.GENERAL | set(kinds.SETTINGS) | set(kinds.CHOICES)
        <= words
    )
