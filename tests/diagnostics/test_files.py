"""Documents that show an answer: kept by their content, read by whom they are for."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.diagnostics.models import AnswerFile, Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services import (
    AssessmentFinishedError,
    TooManyFilesError,
    discard_draft,
    finish_assessment,
    open_file,
    remove_file,
)
from lms.diagnostics.services.files import STORAGE
from lms.lib.clock import local_date
from tests.factories.diagnostics import CODE, KEYS, MINIMUM, answer, attach, begin, finish, shown
from tests.factories.people import InstitutionFactory
from tests.factories.plan_progress import PDF
from tests.personas import Personas, client_for

OTHER_PDF = PDF.replace(b"1.4", b"1.7")


@pytest.fixture
def draft(personas: Personas, questionnaire: Questionnaire, at: datetime) -> Assessment:
    return begin(personas.institution, questionnaire=questionnaire, at=at)


def page_of(assessment: Assessment, name: str, **more: object) -> str:
    return reverse(f"diagnostics:{name}", kwargs={"code": CODE, "public_id": assessment.public_id, **more})


def upload(**changes: object) -> dict[str, object]:
    return {
        "title": "Acta de la sesión",
        "dated_on": "20-11-2026",
        "licence": "CC BY 4.0",
        "file": SimpleUploadedFile("acta.pdf", PDF),
    } | changes


def is_kept(file: AnswerFile) -> bool:
    place = file.assessment
    folder = f"{place.institution_id}/{place.questionnaire_id}"
    key = f"{folder}/{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"
    return storages[STORAGE].exists(key)


def conclude(assessment: Assessment, at: datetime) -> Assessment:
    return finish_assessment(
        assessment_id=assessment.pk, as_of=local_date(at), finished_by_id=None, minimum_peers=MINIMUM, at=at
    )


def test_a_file_is_evidence(draft: Assessment, at: datetime) -> None:
    answer(draft, {key: AnswerValue(level=3) for key in KEYS}, at=at)
    for key in KEYS[:2]:
        attach(draft, key, at=at)

    result = conclude(draft, at).result

    assert result["dimensions"] == {"creacion": 100, "uso": 33}


def test_the_same_content_twice_is_one_file_and_there_are_five_at_most(
    draft: Assessment, at: datetime
) -> None:
    assert attach(draft, "existe", at=at) == attach(draft, "existe", at=at, name="otra.pdf")
    for number in range(4):
        attach(draft, "existe", at=at, content=PDF.replace(b"1.4", b"1.%d" % (5 + number)))
    with pytest.raises(TooManyFilesError):
        attach(draft, "existe", at=at, content=PDF.replace(b"1.4", b"2.0"))
    assert draft.files.count() == 5


def test_a_correction_begins_with_the_files_and_they_go_with_the_last_that_shows_them(
    draft: Assessment, questionnaire: Questionnaire, at: datetime
) -> None:
    file = attach(draft, "existe", at=at)
    answer(draft, {key: shown(3) for key in KEYS}, at=at)
    conclude(draft, at)
    later = begin(draft.institution, questionnaire=questionnaire, at=at + timedelta(days=1))
    copied = later.files.get()
    extra = attach(later, "existe", at=at, content=OTHER_PDF)

    discard_draft(assessment_id=later.pk)

    assert (copied.sha256, copied.public_id != file.public_id) == (file.sha256, True)
    assert open_file(file=file) == PDF
    assert not is_kept(extra)


def test_files_of_a_finished_one_stay(draft: Assessment, at: datetime) -> None:
    file = attach(draft, "existe", at=at)
    answer(draft, {key: shown(3) for key in KEYS}, at=at)
    conclude(draft, at)

    with pytest.raises(AssessmentFinishedError):
        remove_file(assessment_id=draft.pk, public_id=file.public_id)
    with pytest.raises(AssessmentFinishedError):
        attach(draft, "existe", at=at, content=OTHER_PDF)
    assert is_kept(file)


def test_an_institution_adds_a_file_reads_it_and_takes_it_away(iris: Client, draft: Assessment) -> None:
    page = page_of(draft, "files", key="existe")

    assert "Agregamos el archivo." in iris.post(page, upload(), follow=True).content.decode()
    file = AnswerFile.objects.get()
    sent = iris.get(page_of(draft, "file", file_id=file.public_id))
    assert (sent.content, sent.headers["Cache-Control"]) == (PDF, "private, no-store")
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert "Acta de la sesión" in iris.get(page_of(draft, "dimension", key="creacion")).content.decode()
    iris.post(page_of(draft, "file_remove", key="existe", file_id=file.public_id))
    assert not AnswerFile.objects.exists() and not is_kept(file)


def test_the_page_is_saved_before_its_files_are_shown(iris: Client, draft: Assessment) -> None:
    blank = {f"{key}-seen": AnswerValue().digest for key in ("existe", "publicado")}
    answer = iris.post(
        page_of(draft, "dimension", key="creacion"),
        {**blank, "existe-level": "2", "archivos": "existe"},
    )

    assert answer.headers["Location"] == page_of(draft, "files", key="existe")
    assert draft.answers.get(question_key="existe").level == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": SimpleUploadedFile("acta.pdf", b"<script>")}, "No podemos guardar ese archivo"),
        ({"file": SimpleUploadedFile("acta.pdf", b"")}, "El archivo está vacío"),
        ({"file": ""}, "Elige un archivo."),
        ({"title": "  "}, "Di qué es"),
        ({"dated_on": "31-02-2026"}, "Escribe la fecha así"),
        ({"licence": "robada"}, "Elige una licencia de la lista."),
    ],
)
def test_a_wrong_file_is_said_and_not_kept(
    iris: Client, draft: Assessment, changes: dict[str, object], words: str
) -> None:
    response = iris.post(page_of(draft, "files", key="existe"), upload(**changes))

    assert response.status_code == 400 and words in response.content.decode()
    assert not AnswerFile.objects.exists()


def test_others_read_a_file_only_while_the_profile_is_published(
    draft: Assessment,
    questionnaire: Questionnaire,
    client: Client,
    iris: Client,
    personas: Personas,
    at: datetime,
) -> None:
    file = attach(draft, "existe", at=at)
    done = finish(draft.institution, questionnaire=questionnaire, at=at, publish=True)
    profile = reverse("diagnostics:public_profile", args=[CODE, "AA900"])
    public = f"{profile}{done.public_id}/archivos/{file.public_id}/"

    assert public in client.get(profile).content.decode()
    assert client.get(public).content == PDF
    iris.post(page_of(done, "publish"), {"publicar": "no"})
    assert client.get(public).status_code == 404
    assert client_for(personas.elena).get(page_of(done, "file", file_id=file.public_id)).status_code == 404


def test_a_file_of_another_assessment_is_not_sent(
    draft: Assessment, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    other = attach(begin(InstitutionFactory(), questionnaire=questionnaire, at=at), "existe", at=at)

    assert iris.get(page_of(draft, "file", file_id=other.public_id)).status_code == 404
    assert not remove_file(assessment_id=draft.pk, public_id=other.public_id)
