"""对象存储: files in an S3-compatible bucket, each under its digest behind a prefix."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from zhenggai.evidence.places import Entry

_MISSING = ("404", "NoSuchKey", "NotFound")


class Bucket:
    """An S3-compatible bucket. Every failure is an OSError with the service's own words."""

    remedy = "请检查对象存储服务和 ZHENGGAI_S3_* 设置，然后重试。"

    def __init__(
        self, *, bucket: str, endpoint: str, key: str, secret: str, prefix: str, region: str, style: str
    ) -> None:
        self.bucket, self.prefix = bucket, prefix
        self.restore = f"对象存储 {bucket}"
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            aws_access_key_id=key or None,
            aws_secret_access_key=secret or None,
            region_name=region,
            config=Config(
                connect_timeout=5,
                read_timeout=60,
                s3={"addressing_style": style},
                retries={"max_attempts": 3, "mode": "standard"},
                # Older compatible services refuse the newer trailing checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def where(self, digest: str) -> str:
        """The place as sentences name it."""
        return f"对象存储 {self.bucket}/{self._key(digest)}"

    def write(self, digest: str, data: bytes) -> None:
        """Put, then ask for it: the service has said that it keeps this many bytes before a row may name them."""
        with _told():
            self._client.put_object(Bucket=self.bucket, Key=self._key(digest), Body=data)
            held = self._client.head_object(Bucket=self.bucket, Key=self._key(digest))["ContentLength"]
        if held != len(data):
            raise OSError(5, f"存入 {len(data)} 字节，服务回报 {held} 字节")

    def read(self, digest: str) -> bytes:
        """The bytes under a digest, whatever they are now."""
        with _told():
            data: bytes = self._client.get_object(Bucket=self.bucket, Key=self._key(digest))["Body"].read()
        return data

    def has(self, digest: str) -> bool:
        """Whether something is kept under the digest."""
        return self._head(self._key(digest)) is not None

    def entries(self) -> Iterator[Entry]:
        """Everything that was kept; a put is whole or not there, so nothing is unfinished."""
        with _told():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.prefix
            )
            for page in pages:
                for found in page.get("Contents", ()):
                    digest = found["Key"].rpartition("/")[2]
                    if found["Key"] == self._key(digest):
                        yield Entry(found["Key"], digest, found["LastModified"], found["Size"])

    def again(self, entry: Entry) -> Entry | None:
        """The entry as it is now; None if it is gone."""
        found = self._head(entry.key)
        return found and Entry(entry.key, entry.digest, found["LastModified"], found["ContentLength"])

    def remove(self, entry: Entry) -> None:
        """Remove a file for good."""
        with _told():
            self._client.delete_object(Bucket=self.bucket, Key=entry.key)

    def _key(self, digest: str) -> str:
        return f"{self.prefix}{digest[:2]}/{digest[2:4]}/{digest}"

    def _head(self, key: str) -> Any:
        try:
            with _told():
                return self._client.head_object(Bucket=self.bucket, Key=key)
        except FileNotFoundError:
            return None


@contextmanager
def _told() -> Iterator[None]:
    """Turn the client's exceptions into OSError."""
    try:
        yield
    except ClientError as error:
        said = error.response.get("Error", {})
        if said.get("Code") in _MISSING:
            raise FileNotFoundError(2, f"{said.get('Code')} {said.get('Message', '')}".strip()) from error
        raise OSError(5, f"{said.get('Code')} {said.get('Message', '')}".strip()) from error
    except BotoCoreError as error:
        raise OSError(5, str(error)) from error
