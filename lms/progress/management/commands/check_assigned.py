"""``manage.py check_assigned``: does the stored assigned training say what the rules say?"""

from itertools import chain, islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.lib import clock
from lms.progress.selectors.checking import check_counts, check_timelines

SHOWN = 50


class Command(BaseCommand):
    help = "Vuelve a calcular la formación asignada de cada persona y dice toda diferencia con lo guardado."

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.local_date(clock.now())
        differences = chain(check_timelines(), check_counts(day=today))
        shown = list(islice(differences, SHOWN))
        for difference in shown:
            self.stdout.write(str(difference))
        count = len(shown) + sum(1 for _ in differences)
        if count:
            raise CommandError(f"{count} diferencias. «manage.py rebuild_assigned» lo calcula de nuevo.")
        self.stdout.write("La formación asignada guardada es la que corresponde.")
