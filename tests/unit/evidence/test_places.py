"""Folder and bucket keep the same promises."""

import uuid
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto.server import ThreadedMotoServer

from zhenggai.config import environment
from zhenggai.evidence import store
from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.folder import Folder
from zhenggai.evidence.queries import text_of_file
from zhenggai.journal.verify import verify

BYTES = "整改".encode()


@pytest.fixture(scope="module")
def service():
    """An S3-compatible service of our own."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}" if host else ""
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def place(request, settings, monkeypatch):
    """Where files are kept in this test."""
    if request.param == "folder":
        return store.place()
    endpoint = request.getfixturevalue("service")
    bucket = f"evidence-{uuid.uuid4().hex[:8]}"
    for name, value in {
        "BUCKET": bucket,
        "ENDPOINT": endpoint,
        "KEY": "key",
        "SECRET": "secret",
        "PREFIX": "整改",
    }.items():
        monkeypatch.setenv(f"ZHENGGAI_S3_{name}", value)
    settings.EVIDENCE_S3 = environment.bucket()
    client(settings).create_bucket(Bucket=bucket)
    return store.place()


def client(settings):
    s3 = settings.EVIDENCE_S3
    return boto3.client(
        "s3",
        endpoint_url=s3["endpoint"],
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )


def spoil(place, digest, data):
    """Put other bytes under the digest behind the store's back; None removes it."""
    if isinstance(place, Folder):
        path = place.path_of(digest)
        path.unlink() if data is None else path.write_bytes(data)
    elif data is None:
        place._client.delete_object(Bucket=place.bucket, Key=place._key(digest))
    else:
        place._client.put_object(Bucket=place.bucket, Key=place._key(digest), Body=data)


def test_put_and_get(place):
    digest = store.put(BYTES)
    assert digest == store.digest_of(BYTES)
    assert store.get(digest) == BYTES
    assert store.has(digest)
    assert not store.has("0" * 64)


def test_the_same_bytes_are_kept_once(place):
    digest = store.put(BYTES)
    assert store.put(BYTES) == digest
    (entry,) = place.entries()
    assert (entry.digest, entry.size) == (digest, len(BYTES))
    assert datetime.now(UTC) - entry.changed_at < timedelta(minutes=1)
    assert place.again(entry).digest == digest


@pytest.mark.parametrize(
    ("data", "words"), [(None, "缺失或不可读，请从备份恢复 "), (b"x", "内容已被改动，请从备份恢复 ")]
)
def test_damage_is_told_with_the_remedy(place, data, words):
    digest = store.put(BYTES)
    spoil(place, digest, data)
    with pytest.raises(store.StoreDamaged, match=words + place.restore):
        store.get(digest)


def test_damage_is_healed_by_the_same_bytes(place):
    digest = store.put(BYTES)
    spoil(place, digest, b"x")
    assert store.put(BYTES) == digest
    assert store.get(digest) == BYTES


def test_removed_is_gone(place):
    store.put(BYTES)
    (entry,) = place.entries()
    place.remove(entry)
    assert (place.again(entry), list(place.entries())) == (None, [])


def test_nothing_to_list(place):
    assert list(place.entries()) == []


def test_a_file_through_the_one_door(place, office):
    file = keep_file(name="纪要.txt", data=BYTES, by=office)
    assert text_of_file(file).strip() == "整改"
    assert verify().sound
    spoil(place, file.sha256, None)
    assert "“纪要.txt”：存储的文件" in verify().faults[0].sentence


@pytest.mark.parametrize("change", [{"bucket": "no-such-bucket"}, {"endpoint": "http://127.0.0.1:1"}])
def test_a_service_that_does_not_take_it(service, settings, change):
    settings.EVIDENCE_S3 = {
        "bucket": "b", "endpoint": service, "key": "k", "secret": "s", "prefix": "", "region": "r", "style": "path", **change,
    }  # fmt: skip
    with pytest.raises(store.StoreUnwritable, match=r"无法写入对象存储 .*。请检查对象存储服务"):
        store.put(BYTES)
    with pytest.raises(store.StoreDamaged, match="缺失或不可读"):
        store.get(store.digest_of(BYTES))


def test_a_service_that_loses_bytes_is_not_believed(service, settings, monkeypatch):
    settings.EVIDENCE_S3 = {
        "bucket": "lossy", "endpoint": service, "key": "k", "secret": "s", "prefix": "",
        "region": "us-east-1", "style": "path",
    }  # fmt: skip
    client(settings).create_bucket(Bucket="lossy")
    monkeypatch.setattr(store.place()._client, "head_object", lambda **_: {"ContentLength": 1})
    with pytest.raises(store.StoreUnwritable, match="存入 6 字节，服务回报 1 字节"):
        store.put(BYTES)
