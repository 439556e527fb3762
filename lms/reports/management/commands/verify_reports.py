"""``manage.py verify_reports``: proves every frozen report from what is stored of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.reports.frozen.selectors_frozen import Proof, prove_report
from lms.reports.models import PeriodReport


class Command(BaseCommand):
    help = "Recalcula las cifras y el código de cada informe congelado y dice cuáles no coinciden."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = PeriodReport.objects.select_related("institution", "requirement").order_by("pk")
        checked = bad = 0
        for report in rows.iterator(chunk_size=20):
            checked += 1
            proof = prove_report(report=report)
            if not proof.is_good:
                bad += 1
                self.stderr.write(f"{report.public_id} {report.institution.code}: {_say(proof)}")
        self.stdout.write(f"Informes comprobados: {checked}. Con diferencias: {bad}.")
        if bad:
            raise CommandError("Hay informes que no coinciden con su código.")


def _say(proof: Proof) -> str:
    parts = {
        "el detalle no es el que se guardó": proof.detail_agrees,
        "las cifras no salen del detalle": proof.figures_agree,
        "el código no coincide": proof.seal_agrees,
    }
    return "; ".join(text for text, agrees in parts.items() if not agrees)
