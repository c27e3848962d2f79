"""The command line: several files, bad files, folders, --out, exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongwen import Bulletin, Extraction, extract, read
from gongwen.cli import main
from gongwen.commands import outcomes
from gongwen.commands.outcomes import Outcome
from gongwen.commands.progress import Progress
from gongwen.commands.summary import table, width
from gongwen.layout import styles

ONE = "甲局关于整改情况的通报\n开展研讨3次。\n"
TWO = "乙局关于整改情况的通报\n开展研讨4次。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    one, two = tmp_path / "one.txt", tmp_path / "two.md"
    one.write_text(ONE, encoding="utf-8")
    two.write_bytes(TWO.encode("gb18030"))
    return one, two


def test_one_file_as_json(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(files[0]), "--json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert (output["schema"], output["title"]) == ("gongwen/1", "甲局关于整改情况的通报")


def test_several_files_give_one_object_a_line(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *map(str, files), "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["quantities"][0]["text"] for line in lines] == ["3次", "4次"]


def test_a_bad_file_is_named_and_the_others_are_done(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    assert main(["read", str(files[0]), str(bad), str(tmp_path / "none.txt"), str(files[1]), "--json"]) == 1
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert [line.split("：")[0] for line in captured.err.splitlines()] == ["bad.txt", "none.txt"]
    assert "Traceback" not in captured.err


def test_out_writes_one_file_each(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out"
    assert main(["read", *map(str, files), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["one.json", "two.json"]
    assert json.loads((out / "two.json").read_text(encoding="utf-8"))["title"] == "乙局关于整改情况的通报"
    assert capsys.readouterr().out == ""


def test_out_into_a_place_that_cannot_be_written(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    assert main(["read", str(files[0]), "--out", str(blocked)]) == 1
    assert "无法写入" in capsys.readouterr().err


def test_a_folder_stands_for_its_text_files(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(files[0].parent), "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_processes_give_the_same_in_the_same_order(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(file) for file in files] * 3
    main(["read", *names, "--json"])
    alone = capsys.readouterr().out
    main(["read", *names, "--json", "--jobs", "2"])
    assert capsys.readouterr().out == alone


def test_the_summary_is_chinese(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(files[0])]) == 0
    assert "one.txt：通报，甲局关于整改情况的通报" in capsys.readouterr().out


def test_text(files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(files[1])]) == 0
    assert capsys.readouterr().out == TWO
    assert main(["text", str(tmp_path / "none.txt")]) == 1
    assert "找不到该文件" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["read"], ["read", "x", "--jobs", "0"], ["read", "x", "--jobs", "甲"], ["fly"]]
)
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_the_module_runs_without_django(files: tuple[Path, Path]) -> None:
    code = "import sys, gongwen.cli; sys.modules['django'] = None; sys.exit(gongwen.cli.main(['read', sys.argv[1], '--json']))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(files[0])],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.returncode == 0
    assert json.loads(run.stdout)["kind"] == "通报"


# ---- folders ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents in a folder and below, and what is none."""
    root = tmp_path / "件"
    for name, content in {
        "甲/通报.txt": ONE, "乙/通报.txt": TWO, "乙/通报.md": TWO, "~$通报.docx": "x", ".隐藏.txt": ONE, "图.psd": "x", "坏.pdf": "%PDF-1.7 x",
    }.items():  # fmt: skip
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return root


def test_a_folder_is_read_with_what_is_below(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder)]) == 1
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0].split() == [
        "文件",
        "格式",
        "文种",
        "问题",
        "措施",
        "数字",
        "文件引用",
        "日期",
        "剩余",
        "意见",
        "说明",
    ]
    assert [line.split()[0] for line in lines[1:]] == ["通报.md", "通报.txt", "坏.pdf", "通报.txt", "合计"]
    assert "未能读取 1 件" in lines[-1]
    assert [line.split("：")[0] for line in captured.err.splitlines()] == [str(folder), "坏.pdf"]


def test_results_keep_their_folders_and_never_meet(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    main(["read", str(folder), str(folder / "甲" / "通报.txt"), "--out", str(out)])
    assert sorted(str(file.relative_to(out)) for file in out.rglob("*.json")) == [
        "乙/通报.md.json", "乙/通报.txt.json", "甲/通报.json", "通报.json",
    ]  # fmt: skip


def test_two_files_of_one_name_each_keep_their_result(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["read", str(folder / "甲/通报.txt"), str(folder / "乙/通报.txt"), "--out", str(out)]) == 0
    titles = [json.loads(file.read_text(encoding="utf-8"))["title"] for file in sorted(out.iterdir())]
    assert sorted(titles) == ["乙局关于整改情况的通报", "甲局关于整改情况的通报"]


def test_an_empty_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path)]) == 1
    assert "文件夹中没有可读的文件" in capsys.readouterr().err


def test_an_empty_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空.txt").write_bytes(b"\n ")
    assert main(["read", str(tmp_path / "空.txt"), "--json"]) == 1
    assert capsys.readouterr().err.startswith("空.txt：文件是空的")


def test_a_process_that_dies_takes_no_other_file_with_it(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The child is forked after the patch, and ends itself on one of the files."""
    real = outcomes.read

    def deadly(extraction: Extraction) -> Bulletin:
        if "乙局" in extraction.text:
            os._exit(9)
        return real(extraction)

    monkeypatch.setattr(outcomes, "read", deadly)
    assert main(["read", str(files[0]), str(files[1]), str(files[0]), "--json", "--jobs", "2"]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["title"] for line in captured.out.splitlines()] == ["甲局关于整改情况的通报"] * 2
    assert captured.err.startswith("two.md：读取进程中途停止")


# ---- pages, composing, checking ----


def test_a_marked_up_page(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(files[0]), "--html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert main(["read", *map(str, files), "--html"]) == 2
    assert main(["read", *map(str, files), "--html", "--out", str(tmp_path / "out")]) == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["one.html", "two.html"]


def test_composing_what_was_read(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["read", str(files[0]), "--out", str(tmp_path)])
    written = tmp_path / "one.json"
    assert main(["compose", str(written)]) == 0
    assert capsys.readouterr().out == ONE
    assert main(["compose", str(written), "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# 甲局关于整改情况的通报")
    assert main(["compose", str(written), "--format", "json", "--out", str(tmp_path / "again.json")]) == 0
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(written.read_text())


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md", "txt"])
@pytest.mark.parametrize("said", [True, False])
def test_composing_a_file_of_any_form(
    files: tuple[Path, Path],
    tmp_path: Path,
    form: str,
    said: bool,  # noqa: FBT001
) -> None:
    main(["read", str(files[0]), "--out", str(tmp_path)])
    out = tmp_path / ("out.bin" if said else f"out.{form}")
    assert (
        main(["compose", str(tmp_path / "one.json"), "--out", str(out), *(["--to", form] if said else [])])
        == 0
    )
    again = read(extract(out.read_bytes(), name=f"x.{form}"))
    assert [(block.role, block.text) for block in again.blocks] == [
        (block.role, block.text) for block in read(ONE).blocks
    ]


def test_composing_in_a_style(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["read", str(files[0]), "--out", str(tmp_path)])
    written, out = str(tmp_path / "one.json"), tmp_path / "a.html"
    assert main(["compose", written, "--out", str(out), "--style", "local33"]) == 0
    assert "margin:28mm 27mm 28mm 27mm" in out.read_text(encoding="utf-8")
    assert main(["compose", written, "--to", "docx", "--out", str(out), "--style", "gbt"]) == 1
    assert "没有这种版式。可选：gbt9704、local29、local33" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_no_document_goes_to_a_terminal(
    files: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    main(["read", str(files[0]), "--out", str(tmp_path)])
    capsys.readouterr()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["compose", str(tmp_path / "one.json"), "--to", form]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (
        "",
        f"{form} 不是文字，不能显示在屏幕上。请用 --out 文件名.{form} 写入文件。\n",
    )


def test_a_document_goes_through_a_pipe(
    files: tuple[Path, Path], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    main(["read", str(files[0]), "--out", str(tmp_path)])
    capsysbinary.readouterr()
    assert main(["compose", str(tmp_path / "one.json"), "--to", "docx"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"PK")


def test_the_help_names_every_style(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["compose", "--help"])
    assert "、".join(styles()) in capsys.readouterr().out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "不是 JSON（第1行"),
        ("[]", "内容应为一个对象"),
        ('{"schema":"gongwen/1"}', "“kind”缺少这一项"),
        ("", "不是 JSON"),
    ],
)
def test_composing_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, sentence: str
) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    assert main(["compose", str(tmp_path / "x.json")]) == 1
    assert sentence in capsys.readouterr().err


def test_what_text_prints_is_what_spans_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "页.html"
    page.write_text(
        "<html><body><p>甲局关于整改情况的通报</p><p>开展研讨3次。</p></body></html>", encoding="utf-8"
    )
    main(["text", str(page)])
    text = capsys.readouterr().out
    main(["read", str(page), "--json"])
    (figure,) = json.loads(capsys.readouterr().out)["quantities"]
    assert text[slice(*figure["span"])] == "3次"


# ---- the bar ----


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_terminals() -> None:
    screen, piped = Terminal(), io.StringIO()
    for stream in (screen, piped):
        with Progress(4, stream) as progress:
            progress.step()
            progress.tell("坏.pdf：打不开")
    assert "1/4" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[K")
    assert piped.getvalue() == "坏.pdf：打不开\n"


def test_columns_line_up_whatever_the_script() -> None:
    made = [Outcome("甲.txt", problem="甲.txt：打不开"), Outcome("long-name.txt", problem="x：打不开")]
    first, second = table(made).splitlines()[1:3]
    assert width(first[: first.index("打")]) == width(second[: second.index("打")])


def test_files_of_other_kinds_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    for name in ("a.exe", "b.zip", ".hidden.exe", "~$one.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert main(["read", str(tmp_path), "--json"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert captured.err == f"{tmp_path}：略过 2 个不是公文格式的文件：a.exe、b.zip。\n"
