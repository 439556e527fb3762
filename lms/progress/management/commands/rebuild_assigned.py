"""``manage.py rebuild_assigned``: draws everybody's assigned training again, and counts it again."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.lib import clock
from lms.lib.progress_bar import ProgressBar
from lms.people.models import Person
from lms.progress.services.assigned import draw_everybody
from lms.progress.services.tallying import count_again


class Command(BaseCommand):
    help = "Calcula de nuevo la formación asignada de todas las personas. Se puede interrumpir y repetir."

    def handle(self, *args: Any, **options: Any) -> None:
        bar = ProgressBar(total=Person.objects.count(), unit="personas")
        at = clock.now()
        changed = draw_everybody(at=at, advance=bar.advance)
        bar.finish()
        count_again(at=at)
        self.stdout.write(f"Cambiaron {changed} situaciones. Los recuentos se rehicieron.")
