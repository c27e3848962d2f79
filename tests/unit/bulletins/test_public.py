"""From the publishing of a draft to what anybody can check: the page, the package and the verifier agree, and a changed digit is told."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drafts import Desk, observed, public_world, published
from zhenggai.web.public.static import write_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path, django_capture_on_commit_callbacks) -> Path:
    """The folder of an edition that was published, in a site of files."""
    desk = Desk(public_world(), ["一、整改进展", "截至目前，追回资金288.88万元，涉及农户1206户。"])
    desk.bind("288.88万元", observed(desk.whole, "追回资金", "2888800", "元", kind="money"))
    desk.waive_the_rest()
    with django_capture_on_commit_callbacks(execute=True):
        edition = published(desk.whole, desk.bulletin)
    write_site(tmp_path / "site")
    return tmp_path / "site" / edition.code / "1"


def verify(folder: Path, page: str = "index.html") -> tuple[int, str]:
    """What the program says that the site offers, with the files that it offers."""
    given = ["--edition", folder / "edition.json", "--page", folder / page, "--head", folder / "head.json"]
    command = [sys.executable, folder.parents[1] / "verify_journal.py", *given]
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout


def test_the_page_is_what_was_frozen_and_a_changed_digit_is_told(site: Path):
    status, said = verify(site)
    assert status == 0, said
    assert "一字不差" in said
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "1 项" in re.sub(r"\s", " ", page)
    (site / "index.html").write_text(page.replace(">288.88万元<", ">298.88万元<", 1), encoding="utf-8")
    status, said = verify(site)
    assert status == 1
    assert said.startswith("✗")


def test_the_other_texts_are_what_was_frozen_as_well(site: Path):
    for name in ("edition.txt", "edition.md"):
        status, said = verify(site, name)
        assert status == 0, said


@pytest.mark.parametrize("what", ["figure", "evidence", "closure"])
def test_a_changed_package_is_told(site: Path, what: str):
    package = json.loads((site / "edition.json").read_text(encoding="utf-8"))
    if what == "figure":
        figure = next(each for each in package["content"]["figures"] if each["source"] != "waived")
        figure["value"] = "2988800"
    elif what == "evidence":
        package["content"]["closures"][0]["evidence"] = ["00" * 32]
    else:
        invented = {**package["content"]["closures"][0], "number": 99}
        package["content"]["closures"].append(invented)
    (site / "edition.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    status, said = verify(site)
    assert status == 1
    assert said.startswith("✗")
