"""Asking a provider: one request, one JSON object, or one error that holds no personal data."""

import json
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from requests import RequestException, Response

LARGEST_ANSWER = 256 * 1024
"""Bytes; key sets and profiles have a few thousand."""
NAME_LENGTH = 150


class ProviderError(OAuth2Error):
    """The provider's part went wrong; the message is for the log and quotes nothing of the answer."""


class ProviderSilentError(ProviderError):
    """It cannot be reached, is too slow, or says that it is out of order."""


class ProviderAnswerError(ProviderError):
    """It answered, but not what was to be answered, or something that must not be believed."""


def ask(method: str, url: str, **options: Any) -> dict[str, Any]:
    """The JSON object that the provider answers with; redirects are not followed.

    Raises:
        ProviderSilentError: no answer in ``SOCIALACCOUNT_REQUESTS_TIMEOUT`` seconds, or status 5xx.
        ProviderAnswerError: another status than 200, no JSON object, or too long.
    """
    try:
        with (
            get_adapter().get_requests_session() as session,
            session.request(method, url, allow_redirects=False, stream=True, **options) as response,
        ):
            return _read(response)
    except RequestException as error:
        raise ProviderSilentError(type(error).__name__) from None


def _read(response: Response) -> dict[str, Any]:
    if response.status_code >= 500:
        raise ProviderSilentError(f"status {response.status_code}")
    if response.status_code != 200:
        raise ProviderAnswerError(f"status {response.status_code}")
    body = b""
    for chunk in response.iter_content(16 * 1024):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise ProviderAnswerError("too long")
    try:
        answer = json.loads(body)
    except ValueError:
        raise ProviderAnswerError("not JSON") from None
    if not isinstance(answer, dict):
        raise ProviderAnswerError("not an object")
    return answer


def text_of(answer: dict[str, Any], name: str) -> str:
    """A member that must be a text with something in it.

    Raises:
        ProviderAnswerError: it is absent, empty or no text.
    """
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise ProviderAnswerError(f"without {name}")
    return value


def tidy_name(name: str) -> str:
    """A name with single spaces, as long as we keep one."""
    return " ".join(name.split())[:NAME_LENGTH]
