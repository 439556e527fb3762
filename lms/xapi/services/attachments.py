"""Files that come with statements: kept once each, by what they are."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage

from lms.xapi.models import Attachment
from lms.xapi.rules.errors import InvalidValueError

_ALGORITHMS = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_CHUNK = 256 * 1024


@dataclass
class Received:
    """A part that has arrived: in a file of the system that goes away by itself."""

    sha2: str
    length: int
    file: IO[bytes]

    def read_all(self, *, at_most: int) -> bytes:
        """Its content, for what must be looked into.

        Raises:
            InvalidValueError: it is longer.
        """
        if self.length > at_most:
            raise InvalidValueError("la firma es demasiado larga")
        self.file.seek(0)
        return self.file.read()


class TooLargeError(Exception):
    """More bytes than this installation admits. The text says how many."""


def receive_part(*, chunks: Iterable[bytes], sha2: str, limit: int, files: ExitStack) -> Received:
    """Write a part to a temporary file while it arrives, and check it against its hash.

    The file lives as long as ``files`` is open.

    Raises:
        InvalidValueError: the hash is not of a known length, or not that of the content.
        TooLargeError: more than ``limit`` bytes.
    """
    algorithm = _ALGORITHMS.get(len(sha2))
    if algorithm is None:
        raise InvalidValueError("X-Experience-API-Hash no es un SHA-2 en hexadecimal")
    digest, length = hashlib.new(algorithm), 0
    file: IO[bytes] = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - it is one
    for chunk in chunks:
        length += len(chunk)
        if length > limit:
            raise TooLargeError(f"Un adjunto puede tener hasta {limit} bytes.")
        digest.update(chunk)
        file.write(chunk)
    if digest.hexdigest() != sha2.lower():
        raise InvalidValueError("el contenido no corresponde a su X-Experience-API-Hash")
    return Received(sha2.lower(), length, file)


def keep_attachments(*, received: Iterable[Received], storage: Storage) -> None:
    """Put the files into ``storage``, those that are not there yet. Before the statements: a file
    without statement harms nobody, a statement without file would."""
    for part in received:
        if Attachment.objects.filter(pk=part.sha2).exists():
            continue
        part.file.seek(0)
        name = storage.save(f"{part.sha2[:2]}/{part.sha2}", File(part.file))
        Attachment.objects.get_or_create(sha2=part.sha2, defaults={"file": name, "length": part.length})


def read_attachment(*, attachment: Attachment, storage: Storage) -> Iterator[bytes]:
    """Its content, piece by piece."""
    with storage.open(attachment.file, "rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
