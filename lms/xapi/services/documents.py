"""Documents: put, merged, deleted, one writer at a time."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from lms.xapi.models import Document
from lms.xapi.rules.documents import (
    JSON,
    check_precondition,
    check_put,
    digest_words,
    entity_tag,
    media_type,
    merge_documents,
)
from lms.xapi.rules.json_text import decode
from lms.xapi.services.storing import retry_transaction


@dataclass(frozen=True)
class DocumentPlace:
    """Whose documents: of an activity, an agent, or both."""

    resource: str
    activity: str = ""
    agent: str = ""

    @property
    def digest(self) -> str:
        return digest_words(*astuple(self))


@dataclass(frozen=True)
class DocumentKey:
    """Which document: what the parameters of its resource say."""

    place: DocumentPlace
    name: str
    registration: str = ""

    @property
    def digest(self) -> str:
        return digest_words(*astuple(self.place), self.registration, self.name)


@dataclass(frozen=True)
class Preconditions:
    """The two headers, as sent; ``needs_header`` as in ``rules.documents.check_put``."""

    if_match: str | None = None
    if_none_match: str | None = None
    put_overwrites: bool = False
    needs_header: bool = False

    def check(self, known: Document | None) -> None:
        """Before a document is merged, deleted, or put where putting overwrites.

        Raises:
            PreconditionError: 412.
        """
        check_precondition(
            current=known.etag if known else None,
            if_match=self.if_match,
            if_none_match=self.if_none_match,
        )

    def check_put(self, known: Document | None) -> None:
        """Before a document is put.

        Raises:
            PreconditionError: 400, 409 or 412.
        """
        if self.put_overwrites:
            self.check(known)
            return
        check_put(
            current=known.etag if known else None,
            if_match=self.if_match,
            if_none_match=self.if_none_match,
            needs_header=self.needs_header,
        )


def put_document(
    *, key: DocumentKey, content: bytes, content_type: str, conditions: Preconditions, at: datetime
) -> None:
    """Make ``content`` the document.

    Raises:
        InvalidValueError: it says it is JSON and is not.
        PreconditionError: the client does not know what is there.
    """
    if media_type(content_type) == JSON:
        decode(content)

    def write() -> None:
        known = _locked(key)
        conditions.check_put(known)
        _write(known, key, content, content_type, at)

    _once_more_if_new(write)


def post_document(
    *, key: DocumentKey, content: bytes, content_type: str, conditions: Preconditions, at: datetime
) -> None:
    """Merge ``content`` into the document, or make it the document where there is none.

    Raises:
        InvalidValueError: there is something to merge with and one of the two is not a JSON object.
        PreconditionError: the client does not know what is there.
    """
    if media_type(content_type) == JSON:
        decode(content)

    def write() -> None:
        known = _locked(key)
        conditions.check(known)
        told = content
        if known is not None:
            told = merge_documents(
                known=bytes(known.content),
                known_type=known.content_type,
                told=content,
                told_type=content_type,
            )
        _write(known, key, told, content_type, at)

    _once_more_if_new(write)


def delete_document(*, key: DocumentKey, conditions: Preconditions) -> None:
    """Delete it; nothing to delete is no error.

    Raises:
        PreconditionError: the client does not know what is there.
    """

    def write() -> None:
        known = _locked(key)
        conditions.check(known)
        if known is not None:
            known.delete()

    retry_transaction(write)


def delete_documents(*, documents: QuerySet[Document]) -> None:
    """Delete them all, in one transaction."""
    retry_transaction(lambda: documents.delete())


def _locked(key: DocumentKey) -> Document | None:
    return Document.objects.select_for_update().filter(key=key.digest).first()


def _write(known: Document | None, key: DocumentKey, content: bytes, content_type: str, at: datetime) -> None:
    document = known or Document(
        key=key.digest,
        place=key.place.digest,
        registration=key.registration,
        name=key.name,
        resource=key.place.resource,
        activity=key.place.activity,
        agent=key.place.agent.replace("\x00", "\\u0000"),
    )
    document.content, document.content_type = content, content_type
    document.etag, document.updated_at = entity_tag(content), at
    document.save()


def _once_more_if_new(write: Callable[[], None]) -> None:
    """Two clients made the same new document at once: the second finds the first one's."""
    try:
        retry_transaction(write)
    except IntegrityError:
        retry_transaction(write)
