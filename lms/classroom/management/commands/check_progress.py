"""``manage.py check_progress``: do the rows say what the statements say?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.journeys.replay_progress import check
from lms.xapi.platform import current_platform

SHOWN = 50


class Command(BaseCommand):
    help = "Repasa las declaraciones xAPI y dice toda diferencia con las tablas de avance."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = check(platform=current_platform())
        for difference in differences[:SHOWN]:
            self.stdout.write(str(difference))
        if differences:
            raise CommandError(
                f"{len(differences)} diferencias. «manage.py rebuild_progress» restaura las tablas."
            )
        self.stdout.write("Las tablas dicen lo mismo que las declaraciones.")
