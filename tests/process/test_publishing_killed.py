"""SIGKILL at any moment of publishing: the edition is whole, with package, event and page, or the draft is still approved."""

import json
import subprocess
import sys

import pytest

from tests.process.served import ROOT, environment, zhenggai

pytestmark = pytest.mark.process

APPROVED = {
    "state": "approved", "editions": 0, "packages": [], "events": 0, "page": False, "file": False, "listed": False,
}  # fmt: skip
PUBLISHED = {
    "state": "published", "editions": 1, "packages": ["核验通过"], "events": 2, "page": True, "file": True, "listed": True,
}  # fmt: skip


def test_a_killed_publication_is_whole_or_never_was(tmp_path):
    with environment(tmp_path / "data") as env:
        done = subprocess.run(
            [sys.executable, "-m", "tests.process.killed_publishing"],
            env=env, capture_output=True, text=True, timeout=400, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        verified = zhenggai("journal", "verify", env=env).stdout
    assert verified.startswith("核验通过")

    (_, _, before, events, *_), *cut, (_, killed, after, more, _, sound) = said["bulletin.publish"]
    assert before == APPROVED
    assert len(cut) >= 12
    for moment, was_killed, state, count, _, is_sound in cut:
        assert was_killed, moment
        assert (state, count, is_sound) == (before, events, True), moment
    # The child died after its commit, before a single page was rendered: whoever asks first renders them.
    assert (killed, after, sound) == (True, PUBLISHED, True)
    assert more > events

    *cut, (_, killed, after, *_) = said["pages"][1:]
    assert len(cut) >= 3
    for moment, was_killed, state, *_ in cut:
        assert was_killed, moment
        assert (state["left"], state["whole"]) == (0, True), moment
        assert state["healed"] == after["left"], moment
    assert (killed, after["whole"]) == (True, True)
    assert after["left"] > 10
