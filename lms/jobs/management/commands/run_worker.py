"""``manage.py run_worker``: background tasks and periodic functions, until told to stop."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lms.jobs.worker import SteadyWorker


class Command(BaseCommand):
    help = "Ejecuta las tareas en segundo plano y las periódicas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--interval", type=float, default=1.0, help="segundos de espera cuando no hay tareas (1)"
        )
        parser.add_argument("--batch", action="store_true", help="termina cuando no quedan tareas")

    def handle(self, *, interval: float, batch: bool, verbosity: int, **options: Any) -> None:
        if not logging.getLogger().hasHandlers():
            logging.basicConfig(level=logging.INFO, format="%(message)s", stream=self.stdout)
        if verbosity < 2:  # two lines for each task, which only a search for an error needs
            logging.getLogger("django_tasks").setLevel(logging.WARNING)
        worker = SteadyWorker(interval=interval, batch=batch)
        worker.configure_signals()
        worker.run()
