"""Fifty at once and SIGKILL at any moment, on the acts by which an item is closed."""

import json
import subprocess
import sys

import pytest

from tests.process.served import ROOT, environment, zhenggai

pytestmark = pytest.mark.process


def played(module, env):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.process.{module}"],
        env=env, capture_output=True, text=True, timeout=400, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_fifty_at_once_are_one_and_forty_nine_sentences(tmp_path):
    with environment(tmp_path / "data") as env:
        said = played("crowd", env)
        verified = zhenggai("journal", "verify", env=env).stdout
    for tries, refusal in (
        (said["applied"], "正在审核，不能再次申请销号"),
        (said["approved"], "不能越过这一步"),
    ):
        assert tries.count("") == 1, tries
        assert all(refusal in sentence for sentence in tries if sentence), set(tries)
    assert (said["closures"], said["open"], said["steps"]) == (1, 1, [1, 1])
    assert (said["review"], said["sound"]) == ("step", True)
    assert verified.startswith("核验通过")


def test_an_act_that_is_killed_is_done_or_never_was(tmp_path):
    with environment(tmp_path / "data") as env:
        said = played("killed_handling", env)
        verified = zhenggai("journal", "verify", env=env).stdout
    assert set(said) == {"closure.approve", "report.sign", "evidence.attach"}
    for name, results in said.items():
        (_, _, before, events, *_), *cut, (_, killed, after, more, _, sound) = results
        assert len(cut) >= 12, name
        for moment, was_killed, state, count, orphans, is_sound in cut:
            assert was_killed, (name, moment)
            assert (state, count, is_sound) == (before, events, True), (name, moment)
            assert orphans <= 1, (name, moment)
        if name == "evidence.attach":
            # Its bytes are stored before the first statement of the act.
            assert [orphans for *_, orphans, _ in cut] == [1] * len(cut)
        assert (killed, sound) == (True, True), name
        assert after != before, name
        assert more > events, name
    assert verified.startswith("核验通过")
