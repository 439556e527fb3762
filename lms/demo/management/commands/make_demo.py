"""``manage.py make_demo --people N``: many invented people, to measure with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.selectors import CourseNotFoundError
from lms.demo.services import DemoNotAllowedError, make_people
from lms.lib import clock
from lms.xapi.platform import current_platform


class Command(BaseCommand):
    help = "Crea N personas inventadas con su avance, de una vez."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True, help="cuántas personas, de 1 a 2.000.000")
        parser.add_argument("--seed", type=int, default=1, help="la misma semilla hace las mismas personas")

    def handle(self, *args: Any, **options: Any) -> None:
        people = options["people"]
        if not 1 <= people <= 2_000_000:
            raise CommandError("--people va de 1 a 2.000.000.")
        started = time.monotonic()
        try:
            made = make_people(
                people=people,
                seed=options["seed"],
                run_key=settings.RUN_KEY,
                platform=current_platform(),
                at=clock.now(),
                say=self.stdout.write,
            )
        except DemoNotAllowedError:
            raise CommandError("Solo en la demostración (DEMO=1).") from None
        except CourseNotFoundError:
            raise CommandError(
                "Falta el curso. Ejecuta antes: manage.py install_pack integridad-publica"
            ) from None
        self.stdout.write(f"{made} personas nuevas en {time.monotonic() - started:.0f} s.")
