"""The public pages as files: complete, swapped in one step, and nobody else's files touched."""

import functools
import http.server
import posixpath
import stat
import threading
import urllib.request
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.unit.web.editions import content, corrected, keep
from zhenggai.bulletins.public import published
from zhenggai.core.addresses import web_address
from zhenggai.web.public import static
from zhenggai.web.public.static import MANIFEST, SiteRefused, write_site

pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenggai.web.public.files.OFFERS", ())
    monkeypatch.setattr("zhenggai.web.public.render.OFFERS", ())


class Links(HTMLParser):
    def __init__(self, said: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(said)

    def handle_starttag(self, _tag, attrs):
        said = dict(attrs)
        self.links += [said[name] for name in ("href", "src") if said.get(name) is not None]
        self.ids |= {said["id"]} if "id" in said else set()


def test_the_whole_site_served_by_a_plain_server_has_no_dead_link(tmp_path: Path):
    keep(content(), corrected(), content("澜江-W02", title="另一份"))
    report = write_site(tmp_path / "site")
    assert report.changed
    assert report.notes == ()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    handler.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        begin = f"http://127.0.0.1:{server.server_port}/site/"
        seen, anchors = walk(begin)
        server.shutdown()
    assert anchors == []
    reached = {unquote(urlsplit(url).path).removeprefix("/site/") or "index.html" for url in seen}
    reached = {f"{name}index.html" if name.endswith("/") else name for name in reached}
    assert reached == set(files(tmp_path / "site")) - {MANIFEST}


def walk(begin: str) -> tuple[set[str], list[str]]:
    """Every address that is reached from the first, and anchors that are not there. A dead link is an exception."""
    waiting, seen, ids, wanted = [begin], set(), {}, []
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  # our own server
            body, kind = answer.read(), answer.headers.get_content_type()
        links: list[str] = []
        if kind == "text/html":
            found = Links(body.decode())
            links, ids[url] = found.links, found.ids
        elif url.endswith("feed.xml"):
            links = [each.get("href") for each in ET.fromstring(body).iter() if each.get("href")]  # noqa: S314  # our own
        for link in links:
            there, anchor = urldefrag(urljoin(url, link))
            assert urlsplit(there).netloc == urlsplit(begin).netloc, link
            waiting.append(there)
            if anchor:
                wanted.append((there, anchor))
    return seen, [f"{url}#{anchor}" for url, anchor in wanted if anchor not in ids[url]]


@pytest.mark.usefixtures("few")
def test_links_work_from_any_folder_without_a_server(tmp_path: Path):
    keep(content(), corrected())
    folder = tmp_path / "some where" / "深处"
    write_site(folder)
    for name, body in files(folder).items():
        if name.endswith(".html"):
            for link in Links(body.decode()).links:
                path = posixpath.join(
                    posixpath.dirname(name), unquote(urldefrag(link)[0]) or posixpath.basename(name)
                )
                assert (folder / path).is_file(), (name, link)


@pytest.mark.usefixtures("few")
def test_a_second_run_changes_nothing(tmp_path: Path):
    keep(content())
    first = write_site(tmp_path / "site")
    before = files(tmp_path / "site")
    moments = [(file, file.stat().st_mtime_ns) for file in (tmp_path / "site").rglob("*")]
    second = write_site(tmp_path / "site")
    assert (first.changed, second.changed) == (True, False)
    assert (
        (first.files, first.size)
        == (second.files, second.size)
        == (len(before) - 1, sum(map(len, before.values())) - len(before[MANIFEST]))
    )
    assert moments == [(file, file.stat().st_mtime_ns) for file in (tmp_path / "site").rglob("*")]
    assert write_site(tmp_path / "again").changed
    assert files(tmp_path / "again") == before


@pytest.mark.usefixtures("few")
def test_what_is_no_longer_there_does_not_linger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keep(content(), content("B-W01"))
    write_site(tmp_path / "site")
    left = [each for each in published() if each.code != "B-W01"]
    monkeypatch.setattr(static, "published", lambda: left)
    assert write_site(tmp_path / "site").changed
    assert not (tmp_path / "site" / "B-W01").exists()
    assert "B-W01" not in (tmp_path / "site" / "index.html").read_text()
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("few")
def test_a_file_that_was_changed_is_written_again(tmp_path: Path):
    keep(content())
    write_site(tmp_path / "site")
    before = files(tmp_path / "site")
    (tmp_path / "site" / "index.html").write_text("另一页")
    (tmp_path / "site" / "style.css").unlink()
    assert write_site(tmp_path / "site").changed
    assert files(tmp_path / "site") == before


@pytest.mark.usefixtures("few")
def test_a_folder_with_files_of_others_is_refused_and_left_as_it_is(tmp_path: Path):
    keep(content())
    (tmp_path / "notes.txt").write_text("我的")
    with pytest.raises(SiteRefused, match=r"notes\.txt.*不会覆盖.*空目录"):
        write_site(tmp_path)
    assert files(tmp_path) == {"notes.txt": "我的".encode()}
    write_site(tmp_path / "site")
    (tmp_path / "site" / "深").mkdir()
    (tmp_path / "site" / "深" / "mine.html").write_text("我的")
    before = files(tmp_path / "site")
    with pytest.raises(SiteRefused, match=r"mine\.html"):
        write_site(tmp_path / "site")
    assert files(tmp_path / "site") == before


@pytest.mark.usefixtures("few")
def test_an_empty_folder_is_taken(tmp_path: Path):
    keep(content())
    (tmp_path / "site").mkdir()
    assert write_site(tmp_path / "site").changed
    mode = stat.S_IMODE((tmp_path / "site").stat().st_mode)
    assert mode & 0o500 == 0o500
    assert (tmp_path / "site" / "index.html").is_file()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("kind", ["file", "link", "link within", "manifest of another"])
def test_what_is_no_plain_folder_is_refused(tmp_path: Path, kind: str):
    keep(content())
    site = tmp_path / "site"
    if kind == "file":
        site.write_text("我的")
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        site.symlink_to(tmp_path / "elsewhere")
    elif kind == "link within":
        site.mkdir()
        (site / "index.html").symlink_to("/etc/hostname")
    else:
        site.mkdir()
        (site / MANIFEST).write_text('{"format": "other", "files": {"index.html": ""}}')
        (site / "index.html").write_text("我的")
    with pytest.raises(SiteRefused, match=r"普通目录|不会覆盖"):
        write_site(site)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("dies", ["writing", "before the swap", "half swapped"])
def test_a_run_that_dies_leaves_the_old_site_and_the_next_one_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: str, *, exchanges: bool
):
    class Killed(BaseException):
        pass

    def die(*_arguments: object) -> None:
        raise Killed

    keep(content())
    site = tmp_path / "site"
    write_site(site)
    before = files(site)
    keep(corrected())
    with monkeypatch.context() as patched:
        if not exchanges:
            patched.setattr(static, "_exchanged", lambda *_: False)
        if dies == "writing":
            patched.setattr(static.os, "fsync", die)
        elif dies == "before the swap":
            patched.setattr(static, "_put", die)
        else:
            patched.setattr(static.shutil, "rmtree", die)
        with pytest.raises(Killed):
            write_site(site)
    assert (files(site) == before) is (dies != "half swapped")
    assert write_site(site).files > len(before)
    assert [each.name for each in tmp_path.iterdir()] == ["site"]
    assert (site / "LJ-2026-W01" / "2" / "index.html").is_file()


@pytest.mark.usefixtures("few")
def test_a_run_that_died_between_two_steps_gives_the_old_site_back(tmp_path: Path):
    keep(content())
    write_site(tmp_path / "site")
    before = files(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.zhenggai-old")
    assert not write_site(tmp_path / "site").changed
    assert files(tmp_path / "site") == before


@pytest.mark.usefixtures("few")
def test_a_folder_that_cannot_be_written_is_said_with_a_remedy(tmp_path: Path):
    keep(content())
    (tmp_path / "file").write_text("")
    with pytest.raises(SiteRefused, match=r"无法写出到.*请换一个可写的目录"):
        write_site(tmp_path / "file" / "site")


@pytest.mark.usefixtures("few")
def test_addresses(tmp_path: Path):
    keep(content())
    write_site(tmp_path / "site", "https://www.example.gov.cn/zhenggai/")
    said = (tmp_path / "site" / "feed.xml").read_text()
    assert "https://www.example.gov.cn/zhenggai/LJ-2026-W01/1/" in said
    assert (tmp_path / "site" / "LJ-2026-W01" / "1" / "qr.svg").is_file()
    write_site(tmp_path / "site")
    assert not (tmp_path / "site" / "LJ-2026-W01" / "1" / "qr.svg").exists()
    assert "没有二维码" in (tmp_path / "site" / "LJ-2026-W01" / "index.html").read_text()
    with pytest.raises(SiteRefused, match="请写这个目录将来的完整网址"):
        write_site(tmp_path / "site", "www.example.gov.cn")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://zg.example/public/", "https://zg.example/public"), ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("HTTPS://zg.example", "HTTPS://zg.example"), ("https://中文.example/公开", "https://中文.example/公开"),
        ("zg.example", None), ("ftp://zg.example", None), ("https://", None), ("https://a b/", None), ("https://u:p@zg.example", None),
        ("https://zg.example/?a=1", None), ("https://zg.example/#a", None), ("https://zg.example:x/", None), ("javascript:alert(1)", None),
        ('https://zg.example/"><script>', None), ("https://zg.example/\n", None), ("https://zg.example?", None), ("https://zg.example:99999", None),
    ],
)  # fmt: skip
def test_what_an_address_is(written: str, address: str | None):
    if address is not None:
        assert web_address(written) == address
        return
    with pytest.raises(ValueError, match=r"."):
        web_address(written)


@pytest.mark.usefixtures("few")
def test_nothing_public_is_a_site_as_well(tmp_path: Path):
    assert write_site(tmp_path / "site").changed
    said = (tmp_path / "site" / "index.html").read_text()
    assert "目前还没有公开的文稿" in said
    assert "<form" not in said
