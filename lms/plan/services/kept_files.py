"""Files that are found again by their content: kept once, in a closed storage, under their sha256."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages


def keep_file(*, storage: str, content: bytes, folder: str = "") -> str:
    """The sha256 under which the bytes are kept from now on. Damaged ones are written anew."""
    digest = hashlib.sha256(content).hexdigest()
    place, key = storages[storage], _key(folder, digest)
    if place.exists(key):
        with place.open(key) as stored:
            if hashlib.sha256(stored.read()).hexdigest() == digest:
                return digest
        place.delete(key)
    written = place.save(key, ContentFile(content))
    if written != key:  # another worker wrote the same bytes first
        place.delete(written)
    return digest


def open_kept_file(*, storage: str, digest: str, folder: str = "") -> bytes:
    """The bytes of that sha256."""
    with storages[storage].open(_key(folder, digest)) as stored:
        return bytes(stored.read())


def drop_kept_file(*, storage: str, digest: str, folder: str = "") -> None:
    """Deletes the bytes, where there are any."""
    storages[storage].delete(_key(folder, digest))


def _key(folder: str, digest: str) -> str:
    """``ab/cd/<sha256>``: nothing of what somebody called the file."""
    return f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}".lstrip("/")
