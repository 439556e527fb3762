"""``manage.py demo_logins [--json]``"""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.demo.accounts import LOGINS
from lms.demo.services import DemoNotAllowedError, demo_password, require_demo


class Command(BaseCommand):
    help = "Muestra las cuentas de la demostración, una por tipo de persona usuaria."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="en JSON, para programas")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_demo()
        except DemoNotAllowedError:
            raise CommandError("Solo en la demostración (DEMO=1).") from None
        password = demo_password(folder=settings.VAR_DIR)
        rows = [
            {
                "kind": login.kind,
                "label": login.label,
                "email": login.email,
                "password": password,
                "start": login.start,
            }
            for login in LOGINS
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Contraseña de todas las cuentas: {password}")
        for row in rows:
            self.stdout.write(f"  {row['email']:32} {row['label']} ({row['start']})")
