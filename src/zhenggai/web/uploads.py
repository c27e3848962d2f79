"""上传: a file larger than can be read is refused while it arrives, before it fills the disk."""

import re
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from zhenggai.ledger.imports import LARGEST

EVIDENCE = re.compile(r".*/attach/|/indicators/.*")
"""Addresses to which evidence is sent, which has a limit of its own."""


class LimitedUpload(FileUploadHandler):
    """Counts what arrives; from one byte too many on, drops it and notes that in ``request.META``."""

    TOO_LARGE = "zhenggai.upload_too_large"
    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin counting."""
        super().new_file(*args, **kwargs)
        self.arrived = 0
        proves = self.request is not None and EVIDENCE.fullmatch(self.request.path)
        self._limit = settings.EVIDENCE_LARGEST if proves else LARGEST

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  # Django's signature
        """Pass the bytes on to the next handler while they are few enough."""
        self.arrived += len(raw_data)
        if self.arrived > self._limit:
            if self.request is not None:
                self.request.META[self.TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # Django's signature
        """Leave the file to the next handler."""
