"""The language in which an account reads and is written to."""

from django.db import transaction
from wagtail.users.models import UserProfile

from lms.people.models import User


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Remember the choice, for the editor's screens too where the account has any."""
    user.language = language
    user.save(update_fields=["language"])
    if user.has_perm("wagtailadmin.access_admin"):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
