"""`gongwen check`: exit status, groups by severity, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cases import within

from gongwen.cli import main

FAULTY = within("反馈问题28个，已完成21个，其余9个正在推进。截至2025年11月30日，已清退3家。")
MILD = within("截至2025年11月30日，已清退3家。")


def written(folder: Path, text: str) -> str:
    file = folder / "通报.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_error_makes_the_status_one_and_stands_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", written(tmp_path, FAULTY)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "通报.txt：错误1条，警告1条。"
    assert lines[1] == "【错误】"
    assert "28个" in lines[2]
    assert "合计30个" in lines[2]
    assert "[total.sum]" in lines[2]
    assert lines[3] == "【警告】"


def test_a_warning_alone_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, MILD)]) == 0
    assert "【错误】" not in capsys.readouterr().out


def test_a_document_without_faults_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, within("已清退3家。"))]) == 0
    assert capsys.readouterr().out == "通报.txt：未发现问题。\n"


def test_json_is_a_list_of_objects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", written(tmp_path, FAULTY)]) == 1
    objects = json.loads(capsys.readouterr().out)
    assert {item["code"] for item in objects} == {"total.sum", "date.order"}
    assert set(objects[0]) == {"code", "severity", "message", "span", "text", "path", "related"}
    start, end = next(item["span"] for item in objects if item["code"] == "total.sum")
    assert FAULTY[start:end] == "28个"


def test_a_refused_file_is_named_and_the_others_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = written(tmp_path, MILD)
    assert main(["check", str(tmp_path / "没有.txt"), good]) == 1
    printed = capsys.readouterr()
    assert "没有.txt" in printed.err
    assert "警告1条" in printed.out


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as refused:
        main(["check"])
    assert refused.value.code == 2
