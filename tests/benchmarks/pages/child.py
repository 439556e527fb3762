"""Fills a prepared database, measures the pages and prints the figures as JSON."""

import json
import sys
from dataclasses import asdict
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from lms.lib import clock  # noqa: E402
from tests.benchmarks.pages.stage import set_stage  # noqa: E402
from tests.benchmarks.pages.stopwatch import measure_page  # noqa: E402

if __name__ == "__main__":
    call_command("make_demo", people=500, stdout=StringIO())
    visits = set_stage(at=clock.now())
    costs = [measure_page(name=one.name, client=one.client, address=one.address) for one in visits]
    json.dump([asdict(cost) for cost in costs], sys.stdout)
