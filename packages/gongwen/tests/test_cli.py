"""The command line: several files, bad files, folders, --out, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongwen.cli import main

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
