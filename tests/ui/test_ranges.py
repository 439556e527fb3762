"""A file is sent in parts to whoever asks for one: a phone plays a video so."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from wagtail.documents import get_document_model

from lms.ui.ranges import PIECE, RangesMiddleware
from tests.factories.people import UserFactory
from tests.personas import client_for

# Closing an answer makes Django look after the connection that an earlier test may have left.
pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 1024


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "caso.mp4"
    file.write_bytes(FILM)
    return file


def answer(film: Path, method: str = "get", **headers: str) -> HttpResponseBase:
    def send(request: HttpRequest) -> HttpResponseBase:
        response = FileResponse(film.open("rb"))
        response.headers["ETag"] = '"una-huella"'
        return response

    request = getattr(RequestFactory(), method)(
        "/", headers={key.replace("_", "-"): v for key, v in headers.items()}
    )
    return RangesMiddleware(send)(request)


def body(response: HttpResponseBase) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    content = b"".join(response.streaming_content)
    response.close()
    return content


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, len(FILM) - 1),
        ("bytes=-500", len(FILM) - 500, len(FILM) - 1),
        ("bytes=-999999999", 0, len(FILM) - 1),
        (f"bytes=10-{PIECE + 20}", 10, PIECE + 20),
        ("bytes=5-999999999999", 5, len(FILM) - 1),
    ],
)
def test_one_part_is_sent(film: Path, asked: str, start: int, end: int) -> None:
    response = answer(film, Range=asked)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/{len(FILM)}"
    assert response.headers["Content-Length"] == str(end - start + 1)
    assert body(response) == FILM[start : end + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(film: Path, asked: str) -> None:
    response = answer(film, Range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(FILM)}"
    assert body(response) == b""


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=0-1,5-6", "bytes=a-b", "pages=1-2", "bytes=²-", "x" * 9000]
)
def test_whatever_is_no_single_range_gets_the_whole_file(film: Path, asked: str) -> None:
    response = answer(film, Range=asked)
    assert response.status_code == 200 and response.headers["Accept-Ranges"] == "bytes"
    assert body(response) == FILM


def test_a_part_of_another_version_is_not_mixed_with_this_one(film: Path) -> None:
    assert body(answer(film, Range="bytes=0-1", If_Range='"otra"')) == FILM
    assert body(answer(film, Range="bytes=0-1", If_Range='"una-huella"')) == FILM[:2]


def test_pages_and_other_methods_are_left_as_they_are(film: Path) -> None:
    page = HttpResponse("hola")
    request = RequestFactory().get("/", headers={"Range": "bytes=0-1"})
    assert RangesMiddleware(lambda request: page)(request) is page and page.status_code == 200
    assert body(answer(film, "post", Range="bytes=0-1")) == FILM


@pytest.mark.django_db
def test_the_file_of_a_video_is_sent_in_parts() -> None:
    video = get_document_model().objects.create(title="Caso", file=ContentFile(FILM, "caso.mp4"))
    client: Client = client_for(UserFactory())
    response = client.get(video.url, headers={"Range": "bytes=256-511"})
    assert response.status_code == 206 and response.headers["Content-Type"] == "video/mp4"
    assert body(response) == bytes(range(256))
