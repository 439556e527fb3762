"""``manage.py load_demo``: everything that the demonstration shows. Safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.demo.services import DemoNotAllowedError, build_demo, demo_password, require_demo
from lms.lib import clock
from lms.xapi.platform import current_platform


class Command(BaseCommand):
    help = "Instala el sitio, el curso, el plan y personas inventadas de demostración."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_demo()
        except DemoNotAllowedError:
            raise CommandError("La demostración no se carga en un servicio real (falta DEMO=1).") from None
        for name, arguments in (
            ("set_up_site", ()),
            ("load_institutions", ()),
            ("install_pack", ("integridad-publica",)),
            ("install_pack", ("curso-modelo",)),
            ("install_plan", ()),
            ("install_indicators", ()),
            ("install_diagnostics", ()),
        ):
            self.stdout.write(f"· {name}")
            call_command(name, *arguments, stdout=self.stdout)
        self.stdout.write("· personas de demostración")
        report = build_demo(
            run_key=settings.RUN_KEY,
            platform=current_platform(),
            password=demo_password(folder=settings.VAR_DIR),
            at=clock.now(),
        )
        self.stdout.write(f"  {report.people} personas y {report.accounts} cuentas nuevas")
        call_command("refresh_coverage", stdout=self.stdout)
