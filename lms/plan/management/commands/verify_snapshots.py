"""``manage.py verify_snapshots``: proves every sealed snapshot, and counts it again where it can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.plan.models import ActionPlan
from lms.plan.rules.seals import Break
from lms.plan.selectors.seals import Recount, SealProof, prove_seals

BREAKS = {
    Break.UNREADABLE: "el contenido no se puede leer",
    Break.DIGEST: "el contenido no es el que se selló",
    Break.HEADING: "lo guardado al lado no dice lo mismo que el contenido",
    Break.CHAIN: "no sigue al sello anterior",
}
RECOUNTS = {
    Recount.IDENTICAL: "idéntica",
    Recount.DIFFERS: "distinta: los registros de entonces se corrigieron",
    Recount.OTHER_VERSION: "no se puede contar de nuevo: se contó con otra versión de la consulta",
    Recount.OTHER_KEY: "no se puede contar de nuevo: la clave de las huellas cambió",
    Recount.PEOPLE_JOINED: "no se puede contar de nuevo: después se unieron registros de personas",
    Recount.PEOPLE_ERASED: "no se puede contar de nuevo: después se borraron datos de personas",
}


class Command(BaseCommand):
    help = "Comprueba los sellos de la cobertura y su cadena, y vuelve a contar cada meta sellada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", help="código de un plan; sin él, todos")

    def handle(self, *args: Any, **options: Any) -> None:
        plans = ActionPlan.objects.order_by("code")
        if options["plan"]:
            plans = plans.filter(code=options["plan"])
            if "\x00" in options["plan"] or not plans.exists():
                raise CommandError("No hay un plan con ese código.")
        proofs = [proof for plan in plans for proof in self._prove(plan)]
        broken = sum(1 for proof in proofs if proof.breaks)
        self.stdout.write(f"Sellos comprobados: {len(proofs)}. Rotos: {broken}.")
        if broken:
            raise CommandError("Hay sellos rotos.")

    def _prove(self, plan: ActionPlan) -> list[SealProof]:
        found = []
        for proof in prove_seals(plan=plan):
            found.append(proof)
            where = f"{plan.code} {proof.seal.cutoff_date.isoformat()}"
            for fault in proof.breaks:
                self.stderr.write(f"{where}: {BREAKS[fault]}")
            for goal, recount in proof.recounts.items():
                self.stdout.write(f"{where} {goal}: {RECOUNTS[recount]}")
        return found
