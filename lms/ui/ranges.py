"""Parts of a file: a phone asks for a video piece by piece, and an iPhone plays it in no other way."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

PIECE = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class RangesMiddleware:
    """Answers one range of bytes of a file with that part (RFC 9110, section 14).

    Several ranges at once, or something that is none, get the whole file, as the standard allows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not _may_be_cut(request, response):
            return response
        assert isinstance(response, FileResponse)
        response.headers["Accept-Ranges"] = "bytes"
        size = int(response.headers["Content-Length"])
        asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
        if asked is None or not any(asked.groups()) or not _is_of_this_file(request, response):
            return response
        start, end = _read_range(*asked.groups(), size=size)
        if start >= size or end < start:
            return _refuse(response, size)
        return _cut(response, start, end, size)


def _may_be_cut(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and isinstance(response, FileResponse)
        and "Content-Length" in response.headers
        and hasattr(response.file_to_stream, "seek")
    )


def _is_of_this_file(request: HttpRequest, response: HttpResponseBase) -> bool:
    """``If-Range``: the part is of use only beside what the browser has already."""
    known = request.headers.get("If-Range")
    return known is None or known in (response.headers.get("ETag"), response.headers.get("Last-Modified"))


def _read_range(first: str, last: str, *, size: int) -> tuple[int, int]:
    """``0-99``, ``100-`` or ``-500``, the last 500, as the first and the last place."""
    if not first:
        return max(size - int(last), 0), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _cut(response: FileResponse, start: int, end: int, size: int) -> FileResponse:
    file: Any = response.file_to_stream
    file.seek(start)
    # The file stays among what the response closes.
    response.streaming_content = _read(file, end - start + 1)
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return response


def _refuse(response: FileResponse, size: int) -> FileResponse:
    response.streaming_content = iter(())
    response.status_code = 416
    response.headers["Content-Range"] = f"bytes */{size}"
    response.headers["Content-Length"] = "0"
    return response


def _read(file: Any, left: int) -> Iterator[bytes]:
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece
