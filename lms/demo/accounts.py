"""The people of the demonstration: one login per kind of user."""

from dataclasses import dataclass

from lms.people.models import Role

MAIN = "demo-registros"
OTHER = "demo-aguas"
MINISTRY = "demo-ministerio"
TOWN = "demo-municipio"


@dataclass(frozen=True)
class Login:
    """A demonstration account. ``institution`` is where it works; ``role`` what it may do."""

    kind: str
    label: str
    email: str
    given_names: str
    family_names: str
    start: str
    institution: str = ""
    estamento: str = "profesionales"
    role: str = ""
    is_superuser: bool = False


DOMAIN = "demo.aula.example"

LOGINS = (
    Login(
        "servant", "Funcionaria que aprende", f"camila@{DOMAIN}", "Camila", "Riquelme Soto",
        "/aula/", MAIN, "administrativos",
    ),
    Login(
        "hr", "Gestión de Personas", f"marcela@{DOMAIN}", "Marcela", "Aguirre Toro",
        "/cumplimiento/", MAIN, role=Role.HR,
    ),
    Login(
        "hr_other", "Gestión de Personas de otra institución", f"elena@{DOMAIN}", "Elena", "Mella Godoy",
        "/cumplimiento/", OTHER, role=Role.HR,
    ),
    Login(
        "ministry", "Gestión de Personas de un ministerio", f"teresa@{DOMAIN}", "Teresa", "Lagos Peña",
        "/cumplimiento/", MINISTRY, role=Role.HR,
    ),
    Login(
        "team_lead", "Jefatura de una unidad", f"hector@{DOMAIN}", "Héctor", "Vergara Rain",
        "/cumplimiento/", MAIN, "directivos", role=Role.TEAM_LEAD,
    ),
    Login(
        "integrity", "Coordinación de integridad", f"rosa@{DOMAIN}", "Rosa", "Paillalef Quidel",
        "/integridad/", MAIN, role=Role.INTEGRITY_COORDINATOR,
    ),
    Login(
        "trainer", "Docente que edita cursos", f"pablo@{DOMAIN}", "Pablo", "Oyarzún Díaz",
        "/gestion/", MAIN, role=Role.TRAINER,
    ),
    Login(
        "reviewer", "Quien revisa los cursos y los publica", f"paz@{DOMAIN}", "Paz", "Huerta Lillo",
        "/gestion/", OTHER, role=Role.REVIEWER,
    ),
    Login(
        "plan_owner", "Equipo del plan", f"ximena@{DOMAIN}", "Ximena", "Araya Vidal",
        "/plan/", OTHER, role=Role.PLAN_OWNER,
    ),
    Login(
        "town", "Equipo del plan de un municipio", f"julieta@{DOMAIN}", "Julieta", "Norambuena Ulloa",
        "/plan/gestion/", TOWN, role=Role.PLAN_OWNER,
    ),
    Login(
        "reporter", "Unidad que informa compromisos", f"gaspar@{DOMAIN}", "Gaspar", "Leiva Quiroz",
        "/plan/informar/", TOWN, role=Role.PLAN_REPORTER,
    ),
    Login(
        "auditor", "Auditoría", f"andres@{DOMAIN}", "Andrés", "Fuentes Bravo",
        "/cumplimiento/", OTHER, role=Role.AUDITOR,
    ),
    Login(
        "administrator", "Administración de la plataforma", f"admin@{DOMAIN}", "Daniela", "Contreras Rojas",
        "/gestion/", is_superuser=True,
    ),
    Login(
        "citizen", "Ciudadana que aprende por su cuenta", f"rayen@{DOMAIN}", "Rayén", "Catrileo Muñoz",
        "/cursos/",
    ),
)  # fmt: skip
