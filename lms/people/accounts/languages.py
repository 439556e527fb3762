"""In which language a page is shown: the account's choice, then the browser's."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_request


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, but that the choice of an account comes before cookie and browser.

    Addresses are the same in all languages.
    """

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(_chosen(request) or get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()


def _chosen(request: HttpRequest) -> str:
    """Of whoever has a session; nothing is asked of the database for anybody else."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ""
    language: str = request.user.language
    return language if language in dict(settings.LANGUAGES) else ""
