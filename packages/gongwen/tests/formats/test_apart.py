"""What runs apart: older office files, recognition, and the limits around native code. Slower than the rest."""

from __future__ import annotations

import difflib
import io
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
from PIL import Image
from prints import PARAGRAPHS, TEXT, printed, squeezed

from gongwen import Extraction, GongwenError, extract, read
from gongwen.errors import EncryptedFileError, rebuilt
from gongwen.formats import jail

# ---- older office files ----


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bulletin as LibreOffice writes it in older formats."""
    folder = tmp_path_factory.mktemp("older")
    source = folder / "通报.docx"
    document = python_docx.Document()
    for words in PARAGRAPHS:
        document.add_paragraph(words)
    document.save(str(source))
    for form in ("doc", "rtf", "odt"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form, "--outdir", folder, source],
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
    return {form: (folder / f"通报.{form}").read_bytes() for form in ("doc", "rtf", "odt")}


@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_older_formats(older: dict[str, bytes], form: str) -> None:
    found = extract(older[form], name=f"通报.{form}")
    assert (found.text, found.format) == (TEXT, "doc")
    assert "由 LibreOffice 转换后读取。" in found.notes


def test_a_word_file_with_a_password(older: dict[str, bytes]) -> None:
    data = bytearray(older["doc"])
    at = next(n for n in range(512, len(data), 512) if data[n : n + 2] == b"\xec\xa5")
    data[at + 0x0B] |= 0x01
    with pytest.raises(GongwenError) as refused:
        extract(bytes(data), name="通报.doc")
    assert refused.value.code == "gongwen.encrypted_file"


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nsleep 60\n", encoding="ascii")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("gongwen.formats.office.SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(GongwenError, match="转换超过1秒"):
        extract(b"{\\rtf1 a}", name="通报.rtf")
    assert time.monotonic() - started < 10


def test_a_program_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(GongwenError, match="LibreOffice 打不开"):
        extract(b"{\\rtf1 a}", name="通报.rtf")


# ---- recognition ----


@cache
def picture() -> Image.Image:
    """The bulletin's first page as a scan at 150 dpi."""
    page = pypdfium2.PdfDocument(printed(size=14))[0]
    return page.render(scale=150 / 72).to_pil().convert("RGB")


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@cache
def scanned() -> Extraction:
    return extract(saved(picture().rotate(0.6, fillcolor="white"), "PNG"), name="扫描件.png")


def test_a_scan_is_recognised_with_its_confidence() -> None:
    found = scanned()
    page = squeezed("".join(PARAGRAPHS[:6]))
    same = difflib.SequenceMatcher(None, page, squeezed(found.text)[: len(page)], autojunk=False).ratio()
    assert same > 0.97
    assert len(found.confidences) > 10
    for line in found.confidences:
        assert 0 < line.value <= 1
        assert (
            found.text[line.span.start : line.span.end].strip() == found.text[line.span.start : line.span.end]
        )


def test_the_confidence_goes_into_the_results() -> None:
    bulletin = read(scanned())
    assert bulletin.format == "image"
    assert bulletin.quantities
    assert all(q.confidence is not None for q in bulletin.quantities)
    assert all(b.confidence is not None for b in bulletin.blocks)


def test_a_scanned_pdf_is_recognised() -> None:
    found = extract(saved(picture(), "PDF", resolution=150), name="扫描件.pdf")
    assert found.format == "pdf"
    assert "1517处" in squeezed(found.text)
    assert [note for note in found.notes if "1页为扫描页" in note]
    assert found.confidences


@pytest.mark.parametrize(("form", "name"), [("PNG", "照片.png"), ("PDF", "扫描件.pdf")])
def test_recognition_can_be_left_out(form: str, name: str) -> None:
    with pytest.raises(GongwenError, match="请在需要文字时另行识别") as refused:
        extract(saved(picture(), form), name=name, recognise=False)
    assert refused.value.code == "gongwen.no_text"


def test_without_recognition_printed_pages_are_still_read() -> None:
    assert "1517处" in squeezed(extract(printed(size=14), name="件.pdf", recognise=False).text)


def test_a_picture_lies_as_its_maker_meant() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    turned = picture().crop((0, 150, 1240, 620)).rotate(90, expand=True)
    assert "召开专题会议14次" in squeezed(extract(saved(turned, "JPEG", exif=exif), name="照片.jpg").text)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(Image.new("1", (9000, 9000)), "PNG"), "gongwen.oversize_file"),
        (saved(Image.new("RGB", (200, 200), "white"), "PNG"), "gongwen.no_text"),
        (saved(Image.new("RGB", (200, 200), "white"), "PNG")[:60], "gongwen.damaged_file"),
        (b"BM" + bytes(40), "gongwen.damaged_file"),
    ],
    ids=["bomb", "blank", "cut", "nonsense"],
)
def test_pictures_that_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(GongwenError) as refused:
        extract(data, name="照片.png")
    assert refused.value.code == code


# ---- the process apart ----


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (-9, "", "gongwen.oversize_file"),
        (-24, "", "gongwen.oversize_file"),
        (1, "MemoryError", "gongwen.oversize_file"),
        (1, "std::bad_alloc", "gongwen.oversize_file"),
        (-11, "", "gongwen.damaged_file"),
        (1, "Traceback", "gongwen.damaged_file"),
    ],
)
def test_how_a_child_ended_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, status: int, said: str, code: str
) -> None:
    monkeypatch.setattr(jail, "_run", lambda *_: (status, said))
    with pytest.raises(GongwenError) as refused:
        jail.extract_apart("pdf", b"", name="件.pdf", seconds=1)
    assert refused.value.code == code


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "sys", type("S", (), {"executable": "/bin/sleep", "path": []}))
    real = subprocess.run
    monkeypatch.setattr(
        jail.subprocess,
        "run",
        lambda _command, **options: real(["/bin/sleep", "30"], **{**options, "timeout": 0.5}),
    )
    with pytest.raises(GongwenError, match="内存或时间过多"):
        jail.extract_apart("pdf", b"", name="件.pdf", seconds=1)


def test_the_child_is_limited(tmp_path: Path) -> None:
    code = "import resource, gongwen.formats.jail as j; j._limit(7); print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_DATA)[0])"
    done = subprocess.run(
        [jail.sys.executable, "-c", code], env=jail._environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["7", str(jail.MEMORY)]


def test_a_refusal_comes_back_as_it_was() -> None:
    refused = rebuilt("EncryptedFileError", str(EncryptedFileError("件.pdf")))
    assert (type(refused), str(refused)) == (EncryptedFileError, str(EncryptedFileError("件.pdf")))
    assert type(rebuilt("os", "x")) is GongwenError
    assert type(rebuilt("Exception", "x")) is GongwenError


def test_several_threads_read_at_once() -> None:
    with ThreadPoolExecutor(3) as pool:
        texts = list(pool.map(lambda _: extract(printed(size=12), name="件.pdf").text, range(3)))
    assert texts == [TEXT] * 3
