"""The text library by itself: built, installed in an empty environment without Django or us, and used."""

import json
import subprocess
import sys
import venv

import pytest

from tests.conftest import SAMPLES
from tests.process.served import ROOT

pytestmark = pytest.mark.process


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, **more)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """An environment that holds the library and nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(folder),
        cwd=ROOT / "packages" / "gongwen",
    )
    (wheel,) = folder.glob("gongwen-*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--offline",
        "--no-deps",
        "--python",
        str(python),
        str(wheel),
    )
    return folder


def test_nothing_else_is_there(alone):
    python = alone / "env" / "bin" / "python"
    there = run(
        str(python),
        "-c",
        "import importlib.util as u; print([n for n in ('django', 'zhenggai') if u.find_spec(n)])",
    )
    assert there.strip() == "[]"


def test_it_reads_a_file(alone):
    said = run(
        str(alone / "env" / "bin" / "gongwen"),
        "read",
        str(SAMPLES / "lanjiang-2026.txt"),
        "--json",
        cwd=alone,
    )
    result = json.loads(said)
    assert (result["schema"], len(result["findings"])) == ("gongwen/1", 6)


def test_it_is_a_library_too(alone):
    program = (
        "import gongwen, sys; print(len(gongwen.read(open(sys.argv[1], encoding='utf-8').read()).quantities))"
    )
    said = run(
        str(alone / "env" / "bin" / "python"), "-c", program, str(SAMPLES / "lanjiang-2026.txt"), cwd=alone
    )
    assert int(said) > 100
