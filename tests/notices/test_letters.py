"""What arrives at a mail server: headers, words, one e-mail a day."""

from datetime import date, timedelta
from email.utils import parseaddr

from pytest_django import Settings

from courses.readability import measure
from lms.notices.models import Mail, Notice
from lms.people.models import Posting
from tests.notices.sink import Sink
from tests.notices.stage import DUE, Stage, noon, ready


def test_a_notice_arrives_as_text_and_html_that_say_the_same(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    report = stage.send()
    assert (report.handed, report.accepted) == (1, 1)
    [mail] = sink.received
    assert mail.recipients == ["ana@servicio.example"]
    for part in (mail.part("text/plain"), mail.part("text/html")):
        for text in (
            "Hola, Ana:",
            "Integridad 2026",
            "Tienes plazo hasta el 20 de enero de 2027.",
            "Servicio de Registros Territoriales",
            "https://aula.gob.example/aula/",
        ):
            assert text in part
    assert str(mail.message["Subject"]) == "Nueva formación: Integridad 2026"


def test_the_headers_are_those_of_a_good_sender(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    stage.send()
    [mail] = sink.received
    header = mail.message
    token = Mail.objects.get().public_id.hex
    assert mail.sender == f"rebotes+{token}@aula.gob.example"
    assert parseaddr(str(header["From"]))[1] == "no-responder@aula.example"
    assert header["Message-ID"] == f"<{token}@aula.gob.example>"
    assert header["Auto-Submitted"] == "auto-generated"
    assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ways = str(header["List-Unsubscribe"]).strip()
    assert ways.startswith("<https://aula.gob.example/avisos/baja/")
    assert f"<mailto:rebotes+baja-{token}@aula.gob.example?subject=baja>" in ways
    assert header["Date"]
    assert "Precedence" not in header
    assert [part.get_content_type() for part in header.iter_parts()] == ["text/plain", "text/html"]  # type: ignore[attr-defined]
    assert max(len(line) for line in mail.raw.split(b"\r\n")) <= 998  # RFC 5322, section 2.1.1
    assert b"\n" not in mail.raw.replace(b"\r\n", b"")


def test_nothing_is_loaded_and_every_link_leads_home(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    stage.send()
    html = sink.received[0].part("text/html")
    for forbidden in ("<img", "<table", "<link", "<script", "@import", "url(", "http://"):
        assert forbidden not in html
    assert 'lang="es-CL"' in html
    links = [piece.split('"')[0] for piece in html.split('href="')[1:]]
    assert links and all(link.startswith("https://aula.gob.example/") for link in links)


def test_no_personal_data_but_the_name(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    posting = Posting.objects.get()
    stage.send()
    raw = (
        sink.received[0].raw.decode()
        + sink.received[0].part("text/plain")
        + sink.received[0].part("text/html")
    )
    for secret in (
        ana.run_masked,
        ana.run_fingerprint,
        ana.family_names,
        posting.unit.name,
        posting.get_estamento_display(),
        str(ana.public_id),
    ):
        assert secret not in raw


def test_replies_go_to_the_institution_where_it_says_so(stage: Stage, sink: Sink, settings: Settings) -> None:
    settings.MAIL_REPLY_TO = ["ayuda@gob.example", f"{stage.institution.code}=rrhh@servicio.example"]
    ready(stage, "Ana")
    stage.send()
    [mail] = sink.received
    assert mail.message["Reply-To"] == "rrhh@servicio.example"
    assert "Puedes responder este correo" in mail.part("text/plain")


def test_without_a_bounce_address_the_sender_gets_them(stage: Stage, sink: Sink, settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ""
    ready(stage, "Ana")
    stage.send()
    assert sink.received[0].sender == "no-responder@aula.example"
    assert "mailto:" not in str(sink.received[0].message["List-Unsubscribe"])


def test_several_notices_of_a_day_are_one_email(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    stage.ask(due_on=date(2027, 2, 20), title="Lobby 2027")
    stage.plan()
    stage.send()
    [mail] = sink.received
    assert str(mail.message["Subject"]) == "Tienes 2 formaciones pendientes"
    text = mail.part("text/plain")
    assert text.index("Integridad 2026") < text.index("Lobby 2027")
    assert Notice.objects.filter(state="sent").count() == 2
    assert Mail.objects.count() == 1


def test_what_comes_after_the_email_of_the_day_waits_for_the_next_working_day(
    stage: Stage, sink: Sink
) -> None:
    ready(stage, "Ana")
    stage.send()
    stage.ask(due_on=date(2027, 2, 20), title="Lobby 2027")
    later = stage.at + timedelta(hours=2)
    stage.run(later)
    assert len(sink.received) == 1
    stage.send(noon(date(2026, 11, 23)))
    assert [str(mail.message["Subject"]) for mail in sink.received][1] == "Nueva formación: Lobby 2027"


def test_a_title_that_tries_to_add_a_header_adds_none(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana", title="Integridad\r\nBcc: otra@malo.example")
    stage.send()
    [mail] = sink.received
    assert mail.recipients == ["ana@servicio.example"] and "Bcc" not in mail.message
    assert "<b>" not in mail.part("text/html").split("</style>")[1]


def test_names_and_titles_are_escaped_in_html(stage: Stage, sink: Sink) -> None:
    stage.hire("<i>Ana", email="ana@servicio.example")
    stage.ask(due_on=DUE, title="A & B <script>")
    stage.plan()
    stage.send()
    [mail] = sink.received
    assert "<script>" not in mail.part("text/html") and "A &amp; B &lt;script&gt;" in mail.part("text/html")
    assert "A & B <script>" in mail.part("text/plain")


def test_the_words_are_easy_to_read(stage: Stage, sink: Sink) -> None:
    """INFLESZ: 65 and more is fairly easy; names of institutions and trainings are not ours."""
    stage.institution.name = "tu servicio"
    stage.institution.save()
    ready(stage, "Ana", title="El curso", due_on=date(2026, 12, 31))
    for day in ("2026-11-20", "2026-12-01", "2026-12-24", "2026-12-30", "2027-01-04"):
        stage.run(noon(date.fromisoformat(day)))
    assert len(sink.received) == 5
    for mail in sink.received:
        lines = [line for line in mail.part("text/plain").splitlines() if "http" not in line]
        found = measure("\n".join(lines))
        assert found.score >= 65, (found, lines)
        assert found.longest_sentence <= 20
