"""The plan of an invented municipality: milestones of every kind, and an update that waits."""

from datetime import date, datetime, timedelta

from lms.demo.accounts import TOWN
from lms.people.models import Institution, Unit, User
from lms.plan.models import ActionPlan, Commitment, ProgressUpdate
from lms.plan.rules.progress import HalfYear
from lms.plan.services import (
    CommitmentLinks,
    CommitmentValues,
    EvidenceValues,
    LineValues,
    MilestoneValues,
    PlanValues,
    UpdateValues,
    add_evidence,
    add_milestone,
    approve_update,
    create_commitment,
    create_plan,
    open_update,
    save_update,
    set_plan_status,
    submit_update,
)

CODE = "plan-local-villa-ejemplo"
OFFICE = "Municipalidad de Villa Ejemplo (ficticia)"
COMMITMENTS = (
    CommitmentValues(
        title="Transmitir y archivar las sesiones del concejo",
        description="Transmitir en vivo cada sesión del concejo y guardar la grabación con subtítulos.",
        problem="Las sesiones son públicas, pero solo las ve quien puede ir.",
        ambition="Que cualquier persona pueda seguir una sesión y encontrar qué se acordó.",
        lead="Secretaría Municipal",
        sdg_targets=["16.6", "16.10"],
    ),
    CommitmentValues(
        title="Presupuesto participativo en dos barrios",
        description="Que los barrios Norte y Estación decidan cómo gastar una parte de las obras.",
        problem="Las obras menores se deciden sin preguntar a quienes las usan.",
        lead="Dirección de Desarrollo Comunitario",
        sdg_targets=["16.7", "11.3"],
    ),
)
MILESTONES = (
    (
        ("Comprar e instalar las cámaras", -200),
        ("Publicar el archivo de grabaciones", -20),
        ("Subtitular", 120),
    ),
    (("Acordar las reglas con las juntas de vecinos", -90), ("Votación", 60)),
)
"""Of each commitment: the label, and in how many days from now it is due."""


def make_local_plan(*, national: ActionPlan | None, at: datetime) -> ActionPlan:
    """Made once; a second time it is left as it is."""
    found = ActionPlan.objects.filter(code=CODE).first()
    if found:
        return found
    town = make_town()
    today = at.date()
    plan = create_plan(
        code=CODE,
        values=PlanValues(
            title="Plan local de gobierno abierto de Villa Ejemplo (ficticio)",
            level=ActionPlan.Level.MUNICIPAL,
            country="Chile",
            period=f"{today.year - 1}-{today.year + 1}",
            total_commitments=len(COMMITMENTS),
            institution_id=town.pk,
            adheres_to_id=national.pk if national else None,
            starts_on=date(today.year - 1, 1, 1),
            ends_on=date(today.year + 1, 12, 31),
            design_text="Un ejemplo inventado para la demostración.",
        ),
        tables=("Transparencia", "Participación"),
        changed_by_id=None,
        at=at - timedelta(days=400),
    )
    set_plan_status(plan_id=plan.pk, status=ActionPlan.Status.ACTIVE, changed_by_id=None, at=at)
    made = [_make_commitment(plan, number, town, at) for number, _values in enumerate(COMMITMENTS, start=1)]
    _report(made[0], at)
    _wait(made[1], at)
    return plan


def make_town() -> Institution:
    """The municipality, with a unit for those who report."""
    town, _is_new = Institution.objects.get_or_create(
        code=TOWN, defaults={"name": OFFICE, "kind": Institution.Kind.MUNICIPALITY}
    )
    Unit.objects.get_or_create(institution=town, code="U1", defaults={"name": "Secretaría de Planificación"})
    return town


def _make_commitment(plan: ActionPlan, number: int, town: Institution, at: datetime) -> Commitment:
    commitment = create_commitment(
        plan_id=plan.pk,
        number=number,
        values=COMMITMENTS[number - 1],
        links=CommitmentLinks([town.pk]),
        changed_by_id=None,
        at=at - timedelta(days=399),
    )
    for label, days in MILESTONES[number - 1]:
        due_on = (at + timedelta(days=days)).date()
        values = MilestoneValues(label=label, starts_on=due_on - timedelta(days=150), due_on=due_on)
        add_milestone(
            commitment_id=commitment.pk, values=values, changed_by_id=None, at=at - timedelta(days=398)
        )
    return commitment


def _report(commitment: Commitment, at: datetime) -> None:
    """An approved update: one milestone shown, one said to be done without evidence, one replanned."""
    when = at - timedelta(days=40)
    first, second, third = commitment.milestones.all()
    later = (third.due_on or when.date()) + timedelta(days=180)
    lines = {
        first.pk: LineValues("complete", "Las dos cámaras están instaladas y probadas."),
        second.pk: LineValues("limited", "Hay doce sesiones en el archivo; faltan las de invierno."),
        third.pk: LineValues(None, "", later, "La licitación de subtítulos quedó desierta."),
    }
    update = _write(commitment, lines, when)
    add_evidence(
        line=update.lines.get(milestone=first),
        values=EvidenceValues(
            title="Acta de recepción de las cámaras (ejemplo)", dated_on=when.date(), licence="CC BY 4.0",
            file_name="acta-recepcion.txt", content="Acta inventada para la demostración.\n".encode(),
        ),
        office=OFFICE,
        added_by_id=None,
        at=when,
    )  # fmt: skip
    submit_update(update_id=update.pk, note="", by_id=None, at=when)
    approve_update(update_id=update.pk, note="", by_id=None, at=when)


def _wait(commitment: Commitment, at: datetime) -> None:
    """An update that waits for the plan's team."""
    first = commitment.milestones.get(code="h1")
    lines = {first.pk: LineValues("substantial", "Cuatro de las cinco juntas firmaron las reglas.")}
    update = _write(commitment, lines, at)
    submit_update(update_id=update.pk, note="Falta la firma de la junta Estación.", by_id=None, at=at)


def _write(commitment: Commitment, lines: dict[int, LineValues], at: datetime) -> ProgressUpdate:
    period = str(HalfYear.of(at.date()))
    writer = User.objects.filter(roles__institution__code=TOWN).first()
    update, _is_new = open_update(
        commitment_id=commitment.pk, period=period, office=OFFICE,
        written_by_id=writer.pk if writer else None, at=at,
    )  # fmt: skip
    text = "Informe de ejemplo de un municipio inventado."
    return save_update(
        update_id=update.pk, values=UpdateValues(text, lines), seen_at=None, written_by_id=None, at=at
    )
