"""Somebody who writes all the time while a roster is read and applied: how long does she wait?

Until the standard input is closed; then prints how many writes there were, and their waits.
"""

import json
import random
import select
import sys
import time

import django

django.setup()

from django.db.models import Max  # noqa: E402

from lms.lib import clock  # noqa: E402
from lms.people.models import Person  # noqa: E402

PAUSE_SECONDS = 0.02


def main() -> None:
    """One person at a time, any, whom the import may be writing too."""
    chance, waits = random.Random(1), []
    while not select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
        largest = Person.objects.aggregate(largest=Max("pk"))["largest"] or 1
        begun = time.perf_counter()
        Person.objects.filter(pk=chance.randint(1, largest)).update(created_at=clock.now())
        waits.append(time.perf_counter() - begun)
    waits.sort()
    json.dump({"writes": len(waits), "p99": waits[len(waits) * 99 // 100], "longest": waits[-1]}, sys.stdout)


if __name__ == "__main__":
    main()
