"""``zhenggai bulletin`` as people use it, on a small world: from the draft to the edition, its correction, its files and its public pages."""

import hashlib
import json
import subprocess
import sys

import pytest

from tests.process.served import ROOT, environment, zhenggai

pytestmark = pytest.mark.process

ALL = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!", "md": b"#", "txt": "中共浅溪县委".encode(), "json": b"{"}
"""Form → how its files begin."""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The environment, the code of the draft and the inspection's."""
    folder = tmp_path_factory.mktemp("small") / "data"
    with environment(folder) as env:
        made = module("tests.process.small_world", "make", env=env)
        draft, inspection = made.split()
        yield env, draft, inspection


def module(name, *arguments, env):
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments],
        env=env, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def told(world, *arguments, who="office"):
    """What an act tells, as JSON."""
    return json.loads(zhenggai("bulletin", *arguments, "--as", who, "--json", env=world[0]).stdout)


def refused(world, *arguments, who="office"):
    """The sentence of a refusal: status 1, one line, nothing on the output."""
    done = zhenggai("bulletin", *arguments, "--as", who, env=world[0], ok=False)
    assert (done.returncode, done.stdout) == (1, ""), arguments
    assert done.stderr.startswith("未办理："), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def files_of(folder):
    """Name → digest of every file of a folder."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_what_cannot_be_is_refused_in_a_sentence(world, tmp_path):
    _, draft, inspection = world
    out = tmp_path / "x"
    cases = [
        (("check", "2099-XS-01-W01"), "office", "没有编号为“2099-XS-01-W01”的文稿"),
        (("check", f"{draft}/9"), "office", f"没有编号为“{draft}/9”的文稿"),
        (("check", f"{draft}/x"), "office", f"没有编号为“{draft}/x”的文稿"),
        (("check", f"{draft}/²"), "office", f"没有编号为“{draft}/²”的文稿"),
        (("check", f"{draft}/"), "office", f"没有编号为“{draft}/”的文稿"),
        (("check", f"{draft}/{'9' * 5000}"), "office", "没有编号为"),
        (("check", draft), "unit1-filler", f"没有编号为“{draft}”的文稿"),
        (("submit", draft), "unit1-head", f"没有编号为“{draft}”的文稿"),
        (("submit", draft), "supervisor", "“送审文稿”须由整改办办理"),
        (("check", draft), "nobody", "nobody"),
        (("list", "2099-XS-01"), "office", "没有编号为“2099-XS-01”的检查"),
        (("compose", inspection, "--kind", "novel"), "office", "没有代码为“novel”的文种"),
        (("compose", inspection), "reader", "“起草文稿”须由整改办办理"),
        (("file", draft, "--format", "wps", "--out", str(out)), "office", "没有“wps”格式，可选：docx"),
        (("file", draft, "--style", "none", "--out", str(out)), "office", "none"),
        (("approve", draft), "office2", "不能"),
        (("publish", draft), "office", "不能“定版发布”"),
        (("publish",), "office", "请给出要发布的文稿编号"),
        (("publish", "--static", str(out), "--base-url", "here"), "office", "网址“here”无法识别"),
        (("package", draft), "office", "还没有发布"),
        (("revise", draft, "--reason", "更正"), "office", "还没有发布"),
        (("renew", draft), "office", "没有"),
    ]
    for arguments, who, sentence in cases:
        assert sentence in refused(world, *arguments, who=who), arguments
    assert not out.exists()
    assert zhenggai("bulletin", "revise", draft, env=world[0], ok=False).returncode == 2
    assert zhenggai("bulletin", env=world[0], ok=False).returncode == 2


def test_a_composed_draft_is_checked_bound_and_dropped(world):
    _, _, inspection = world
    composed = told(world, "compose", inspection, "--kind", "tongbao", "--title", "通报草稿")
    assert (composed["state"], composed["audience"], composed["title"]) == ("drafting", "public", "通报草稿")
    code = composed["draft"]
    done = zhenggai("bulletin", "check", code, "--json", env=world[0], ok=False)
    found = json.loads(done.stdout)
    assert (done.returncode, found["blocking"] > 0) == (1, True)
    assert {"code", "severity", "place", "sentence", "remedy"} == set(found["troubles"][0])
    assert found["figures"]["bound"] > 0
    printed = zhenggai("bulletin", "check", code, env=world[0], ok=False).stdout
    assert f"{found['blocking']} 处必须处理，不能送审。" in printed
    assert "审前检查有" in refused(world, "submit", code)
    assert "没有有把握的绑定建议" in refused(world, "bind", code)
    assert "作废须写明理由" in refused(world, "drop", code)
    assert told(world, "drop", code, "--reason", "重新起草")["state"] == "dropped"
    # A dropped draft is found by its number only; what nobody named is the newest that stands.
    assert "没有编号为" in refused(world, "check", code.partition("/")[0])
    listed = zhenggai("bulletin", "list", inspection, env=world[0]).stdout
    assert f"{code}  作废  通报草稿" in listed


def test_from_the_draft_to_the_edition_its_correction_and_its_pages(world, tmp_path):
    env, draft, inspection = world
    assert told(world, "list", inspection)[0]["draft"] == f"{draft}/1"
    assert "可以送审" in zhenggai("bulletin", "check", draft, env=env).stdout
    assert told(world, "submit", draft)["state"] == "review"
    assert "退回须写明理由" in refused(world, "return", draft, who="office2")
    assert told(world, "return", draft, "--reason", "数字请再核", who="office2")["state"] == "drafting"
    assert told(world, "submit", draft)["state"] == "review"
    assert "撤回须写明理由" in refused(world, "recall", draft)
    assert told(world, "recall", draft, "--reason", "补一段")["state"] == "drafting"
    first = publish(world, draft)
    assert (first["code"], first["number"]) == (draft, 1)
    assert "不能" in refused(world, "publish", draft)

    module("tests.process.small_world", "correct", env=env)
    second = told(world, "revise", draft, "--reason", "更正追回资金")
    assert (second["draft"], second["state"]) == (f"{draft}/2", "drafting")
    assert "请在最新的一版上更正" in refused(world, "revise", f"{draft}/1", "--reason", "再更正")
    stale = json.loads(zhenggai("bulletin", "check", draft, "--json", env=env, ok=False).stdout)
    assert stale["figures"]["stale"] == 1
    assert "已改写 1 段" in zhenggai("bulletin", "renew", draft, env=env).stdout
    assert told(world, "check", draft)["figures"]["stale"] == 0
    assert publish(world, draft)["number"] == 2

    files(world, draft, tmp_path)
    package(world, draft, tmp_path)
    site(world, draft, tmp_path)
    assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def publish(world, draft):
    """Submit, take the three steps in their order, and publish."""
    told(world, "submit", draft)
    assert "现在轮到" in refused(world, "approve", draft, who="leader")
    for who, state in (("office2", "review"), ("supervisor", "review"), ("leader", "approved")):
        assert told(world, "approve", draft, "--reason", "同意", who=who)["state"] == state
    return told(world, "publish", draft)


def files(world, draft, folder):
    """Every form, of the newest edition and of the first."""
    for form, begins in ALL.items():
        out = folder / f"edition.{form}"
        said = zhenggai("bulletin", "file", draft, "--format", form, "--out", str(out), env=world[0])
        assert (said.stdout, f"已写出 {out}" in said.stderr) == ("", True)
        assert out.read_bytes().startswith(begins), form
    text = zhenggai("bulletin", "file", draft, "--format", "txt", env=world[0]).stdout
    assert "追回资金300.00万元" in text
    old = zhenggai("bulletin", "file", f"{draft}/1", "--format", "txt", env=world[0]).stdout
    assert "追回资金288.88万元" in old
    nowhere = folder / "none" / "x.txt"
    assert str(nowhere) in refused(world, "file", draft, "--format", "txt", "--out", str(nowhere))


def package(world, draft, folder):
    """The package, as it is written and as it is printed, passes the verifier."""
    out = folder / "package.json"
    zhenggai("bulletin", "package", draft, "--out", str(out), env=world[0])
    printed = zhenggai("bulletin", "package", draft, env=world[0]).stdout
    assert out.read_text(encoding="utf-8") == printed
    assert json.loads(printed)["content"]["number"] == 2
    verifier = ROOT / "src" / "zhenggai" / "journal" / "outside" / "verify_journal.py"
    done = subprocess.run(
        [sys.executable, str(verifier), "--edition", str(out)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, "核验通过" in done.stdout) == (0, True)


def site(world, draft, folder):
    """The static site: the same bytes a second time and elsewhere; files of others are left alone."""
    one, other = folder / "one", folder / "other"
    said = zhenggai("bulletin", "publish", "--static", str(one), env=world[0])
    assert said.stdout == ""
    assert said.stderr.startswith(f"公开页已写入 {one}：")
    assert "Report(" not in said.stderr
    before = files_of(one)
    assert {"index.html", f"{draft}/1/index.html", f"{draft}/2/edition.json"} <= set(before)
    again = zhenggai("bulletin", "publish", "--static", str(one), env=world[0])
    assert "没有变化" in again.stderr
    told_ = json.loads(zhenggai("bulletin", "publish", "--static", str(other), "--json", env=world[0]).stdout)
    assert (told_["files"], told_["changed"]) == (len(before) - 1, True)  # without the manifest
    assert files_of(one) == files_of(other) == before
    (one / "ours.txt").write_text("x", encoding="utf-8")
    assert "有别的文件（ours.txt）" in refused(world, "publish", "--static", str(one))


def test_without_fonts_there_is_no_pdf_and_everything_else(world, tmp_path):
    """The command in a process that finds no Chinese font: PDF is refused with what to install, the other forms are made."""
    env, draft, _ = world
    program = (
        "import sys; import gongwen.layout.faces as faces; from zhenggai.config.command import main;"
        "faces._named = lambda where: frozenset({'Libertinus Serif'}); sys.exit(main(sys.argv[1:]))"
    )
    out = tmp_path / "x.pdf"
    for form, status in (("pdf", 1), ("docx", 0), ("html", 0), ("md", 0)):
        done = subprocess.run(
            [sys.executable, "-c", program, "bulletin", "file", draft, "--format", form, "--out", str(out)],
            env=env, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        if status:
            assert done.stderr.startswith("未办理：本机没有中文字体，不能生成 PDF。")
            assert "fonts-noto-cjk" in done.stderr
            assert not out.exists()
    assert out.stat().st_size > 100
