"""Kill the process at any moment: a finished act is there, an unfinished one left no trace."""

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import SAMPLES
from tests.process.served import ROOT, environment, zhenggai

pytestmark = pytest.mark.process


def test_killed_import_leaves_all_or_nothing(tmp_path):
    with environment(tmp_path / "data") as env:
        done = subprocess.run(
            [sys.executable, "-m", "tests.process.killed_import", str(SAMPLES / "lanjiang-2026.txt"), "12"],
            env=env, capture_output=True, text=True, timeout=300, cwd=ROOT, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *cut, whole = json.loads(done.stdout)
    nothing = [0, 0, 0, cut[0][5], True]
    assert len(cut) >= 10
    for n, killed, *state in cut:
        assert killed, n
        assert state == nothing, n
    _, _, readings, proposals, accepted, events, sound = whole
    assert (readings, proposals, sound) == (1, accepted, True)
    assert proposals > 100
    assert events > nothing[3]


def test_killed_upload_leaves_a_file_that_is_swept_or_a_row(tmp_path):
    with environment(tmp_path / "data") as env:
        done = subprocess.run(
            [sys.executable, "-m", "tests.process.killed_upload"],
            env=env, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        *cut, whole = json.loads(done.stdout)
        assert len(cut) >= 4
        for n, killed, rows, events, files, young, deleted, sound in cut:
            assert killed, n
            assert (rows, events, sound) == (0, 0, True), n
            assert files == young == deleted, n
        assert any(files for _, _, _, _, files, *_ in cut), "one was killed between the bytes and the row"
        assert whole[1:] == [False, 1, 1, 2, 0, 0, True]
        said = zhenggai("evidence", "sweep", "--older-than", "0", "--delete", env=env).stdout
        assert said.startswith("有登记的文件 2 个")
        assert "已删除 0 个" in said
        assert zhenggai("evidence", "sweep", "--older-than", "x", env=env, ok=False).returncode == 2


def test_a_killed_demo_is_played_whole_the_next_time(tmp_path):
    with environment(tmp_path / "data") as env:
        words = [sys.executable, "-m", "zhenggai.config.command", "demo", "--no-serve"]
        playing = subprocess.Popen(words, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        store = tmp_path / "data" / "evidence"
        until = time.monotonic() + 120
        # The first files are the documents; evidence follows: in the middle of the story.
        while playing.poll() is None and len(list(store.rglob("*"))) < 25 and time.monotonic() < until:
            time.sleep(0.02)
        playing.kill()
        assert playing.wait(timeout=30) == -signal.SIGKILL
        listed = zhenggai("item", "list", "2025-XS-01", "--as", "office", env=env, ok=False)
        assert "没有编号为“2025-XS-01”的检查" in listed.stderr
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: zhenggai("demo", "--no-serve", env=env), range(2)))
        assert "共 34 项" in zhenggai("item", "list", "2025-XS-01", "--as", "office", env=env).stdout
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def test_the_same_file_by_many_at_once_is_read_once(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("demo", "--no-serve", env=env)
        file = tmp_path / "通报.txt"
        file.write_text(
            (SAMPLES / "lanjiang-2026-edition-2.txt").read_text(encoding="utf-8"), encoding="gb18030"
        )
        with ThreadPoolExecutor(4) as pool:
            runs = list(pool.map(lambda _: zhenggai("import", str(file), "--json", env=env), range(4)))
        outcomes = [json.loads(run.stdout) for run in runs]
        assert sorted(outcome["repeated"] for outcome in outcomes) == [False, True, True, True]
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")
