"""What people do not want by e-mail."""

from collections.abc import Collection

from lms.notices.models import MailPreference


def read_turned_off(*, person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Groups turned off, of those who turned off any. One query."""
    rows = MailPreference.objects.filter(person_id__in=person_ids).values_list("person_id", "turned_off")
    return {person_id: frozenset(groups) for person_id, groups in rows}
