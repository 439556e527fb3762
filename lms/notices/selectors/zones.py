"""By which clock people work."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from lms.people.models import Posting
from lms.people.regions import zone_of


def read_zones(*, person_ids: Collection[int], day: date) -> dict[int, ZoneInfo]:
    """The zone of each person's present posting, the latest to begin where there are two. One query.

    Who has no posting that day works by the capital's clock.
    """
    zones = dict.fromkeys(person_ids, zone_of(region=""))
    postings = Posting.objects.valid_on(day).filter(person_id__in=person_ids).order_by("valid_from", "pk")
    for person_id, region in postings.values_list("person_id", "region"):
        zones[person_id] = zone_of(region=region)
    return zones
