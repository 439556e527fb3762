"""The information pages that a new site starts with; ordinary pages afterwards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StartPage:
    slug: str
    title: str
    body: str


HEADLINE = "Aprende integridad. Mira cómo avanza el Estado."
LEAD = (
    "Cursos gratuitos para quienes trabajan en el Estado. Y un panel público con las personas "
    "capacitadas en cada compromiso del plan de gobierno abierto."
)


@dataclass(frozen=True)
class SiteWords:
    """The front door and the catalogue in another language."""

    headline: str
    lead: str
    catalogue: str


TRANSLATIONS = {
    "en": SiteWords(
        headline="Learn integrity. See how the State is doing.",
        lead="Free courses for people who work for the State. And a public panel with the people trained "
        "for each commitment of the open government plan.",
        catalogue="Courses",
    )
}

START_PAGES = (
    StartPage(
        "accesibilidad",
        "Accesibilidad",
        "<p>Queremos que cualquier persona pueda aprender aquí: con teclado, con lector de pantalla, en un "
        "teléfono o en un computador antiguo. Nuestra meta es cumplir las pautas WCAG 2.2, nivel AA.</p>"
        "<h2>Qué hacemos</h2><ul><li>Todo funciona sin ratón y sin JavaScript.</li>"
        "<li>Los gráficos tienen su tabla. Los videos tienen subtítulos y transcripción.</li>"
        "<li>Puedes agrandar el texto y usar el modo oscuro de tu equipo.</li>"
        "<li>La evaluación no tiene límite de tiempo.</li></ul>"
        "<h2>Qué nos falta</h2><ul><li>Aún no probamos cada página con personas que usan lector de "
        "pantalla.</li>"
        "<li>El editor de contenidos (Wagtail) tiene problemas conocidos con lectores de pantalla.</li></ul>",
    ),
    StartPage(
        "privacidad",
        "Privacidad y datos personales",
        "<p>Guardamos lo necesario para que tu aprendizaje quede registrado, y nada más.</p>"
        "<h2>Qué guardamos</h2><ul><li>Tu nombre y tu correo, para reconocerte y certificarte.</li>"
        "<li>Una huella de tu RUN. El número no se guarda.</li>"
        "<li>Los cursos que haces, las unidades que terminas y tus resultados.</li></ul>"
        "<h2>Qué no guardamos</h2><ul><li>Lo que decides en un dilema. Solo contamos grupos de diez "
        "personas o más.</li>"
        "<li>Quién respondió qué en una encuesta o en un repaso. Solo sumamos grupos.</li>"
        "<li>Si abriste el canal de denuncias de tu institución.</li></ul>"
        "<h2>Canal de denuncias: sin huella</h2><p>Las lecciones muestran el canal de tu institución. El "
        "enlace va directo a ese canal y no pasa por nosotros.</p><ul>"
        "<li>No anotamos que lo abriste: ni en tu registro, ni en una declaración, ni en un archivo del "
        "servidor.</li>"
        "<li>El canal no sabe que vienes desde aquí, ni desde qué lección. Tu navegador no se lo dice.</li>"
        "<li>No hay una página nuestra que sea solo del canal. Está en lecciones que lee todo el mundo.</li>"
        "<li>No medimos clics ni usamos programas de otros sitios.</li></ul>"
        "<p>Hay huellas que no dependen de nosotros. Tu navegador guarda en su historial el sitio que abres. "
        "Si escribes un correo, queda en tus enviados. La red de tu trabajo puede ver a qué sitios entras. "
        "Si te preocupa, usa un equipo tuyo y otra red.</p>"
        "<h2>Quién puede ver tus registros</h2><p>Tú, y Gestión de Personas de tu institución si "
        "haces el curso "
        "en tu trabajo. Cada consulta queda registrada. Lo que haces por tu cuenta no lo ve tu "
        "institución.</p>"
        "<h2>Conversaciones</h2><p>Un curso puede tener una conversación. Participas solo si quieres, con el "
        "nombre que elijas. Lo que escribes lo leen las personas de tu institución que hacen el curso, o "
        "todas las que lo hacen, y quienes lo enseñan. Puedes descargarlo y retirarlo cuando quieras.</p>"
        "<h2>Certificados</h2><p>Quien tenga el código de tu certificado ve el curso, las fechas y "
        "si es válido. "
        "No ve tu nombre, salvo que tú lo permitas.</p>",
    ),
    StartPage(
        "ayuda",
        "Ayuda",
        "<h2>No puedo ingresar</h2><p>Usa «Olvidé mi contraseña». Si tu institución cargó tu correo, crea tu "
        "cuenta con ese mismo correo: tus cursos te esperan.</p>"
        "<h2>Mi institución no aparece en la lección</h2><p>Gestión de Personas debe cargar tu "
        "nómina. Mientras "
        "tanto ves el texto general.</p>"
        "<h2>Mi certificado tiene un error</h2><p>Escribe a Gestión de Personas de tu institución. El "
        "certificado se anula y se emite otro.</p>",
    ),
)
