"""Questions of a file come into a bank: new ones, changed ones, and none that could not be asked."""

from typing import Any

import pytest
from django.db import IntegrityError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry

from courses.quizzes.formats.base import Adapted, ReadFile, Refusal, RefusedQuestion
from courses.quizzes.formats.sheets import read_sheet, write_sheet
from courses.quizzes.models import Question, QuestionBank
from courses.quizzes.rules import Flaw, Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.services import Outcome, import_questions, preview_import
from tests.courses.importing import body, choices, do_import, read_of
from tests.courses.kinds.examples import EXAMPLES
from tests.factories.courses import LawFactory, QuestionBankFactory, create_question
from tests.queries import count_queries

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def bank() -> QuestionBank:
    return QuestionBankFactory()


def keys(bank: QuestionBank) -> list[str]:
    return list(bank.questions.order_by("pk").values_list("key", flat=True))


def test_a_new_question_has_all_that_the_file_says(bank: QuestionBank) -> None:
    read = read_of(
        key="regalo",
        competence="INT-2",
        difficulty=3,
        tags=("Regalos", "compras"),
        source="Ley 1",
        review="l2",
    )
    report = do_import(bank, read)
    question = Question.objects.get(bank=bank)
    assert (question.key, question.competence.code, question.difficulty) == ("regalo", "INT-2", 3)
    assert (question.tags, question.source_note, question.review) == ("regalos, compras", "Ley 1", "l2")
    assert question.to_spec().body == body()
    assert [one.outcome for one in report.questions] == [Outcome.NEW]


def test_what_the_file_does_not_say_is_as_chosen(bank: QuestionBank) -> None:
    do_import(bank, read_of(), read_of("Otra", competence="NO-EXISTE"))
    assert list(bank.questions.values_list("competence__code", "difficulty")) == [("INT-1", 2), ("INT-1", 2)]


def test_a_competence_that_is_not_there_is_told(bank: QuestionBank) -> None:
    report = do_import(bank, read_of(competence="NO-EXISTE"))
    assert report.adapted[0].notes == (
        "La competencia «NO-EXISTE» no existe aquí: queda con la que elegiste.",
    )


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("¿Qué haces con el año nuevo?", "que-haces-con-el-ano-nuevo"),
        ("Llega un regalo de un proveedor que licita con tu servicio", "llega-un-regalo-de-un-proveedor-que"),
        ("¿¡…!?", "pregunta"),
        ("x" * 80, "x" * 40),
    ],
)
def test_a_key_is_made_from_the_question(bank: QuestionBank, stem: str, key: str) -> None:
    do_import(bank, read_of(stem))
    assert keys(bank) == [key]
    Question.objects.get().clean_fields(exclude=["answer"])


def test_keys_that_repeat_are_told_apart_and_said(bank: QuestionBank) -> None:
    report = do_import(
        bank, read_of(key="p1"), read_of("Otra", key="p1"), read_of("Más", key="P 1"), read_of()
    )
    assert keys(bank) == ["p1", "p1-2", "p-1", "que-haces"]
    assert [one.notes for one in report.imported] == [
        (), ("Su clave «p1» queda como «p1-2».",), ("Su clave «P 1» queda como «p-1».",), (),
    ]  # fmt: skip


def test_a_file_without_keys_can_be_imported_twice(bank: QuestionBank) -> None:
    reads = [read_of(), read_of(), read_of("¿Qué haces?", "Otra", "Nada")]
    do_import(bank, *reads)
    report = do_import(bank, *reads, updates_existing=True)
    assert keys(bank) == ["que-haces", "que-haces-2", "que-haces-3"]
    assert len(report.unchanged) == 3


def test_a_key_that_is_in_the_bank_is_skipped_and_said(bank: QuestionBank) -> None:
    create_question(bank, key="p1")
    report = do_import(bank, read_of(key="p1"))
    assert [one.key for one in report.skipped] == ["p1"]
    assert Question.objects.get().version == 1


def test_a_key_that_is_in_the_bank_is_updated_where_that_was_chosen(bank: QuestionBank) -> None:
    old = create_question(bank, key="p1", tags="viejas", review="l9", difficulty=3)
    report = do_import(bank, read_of(key="p1"), updates_existing=True)
    new = Question.objects.get()
    assert [one.key for one in report.updated] == ["p1"]
    assert (new.pk, new.stem, new.version, new.to_spec().body) == (old.pk, "¿Qué haces?", 2, body())
    assert (new.tags, new.review, new.difficulty, new.source_note) == ("viejas", "l9", 3, "Prueba")


def test_what_a_question_was_before_stays_as_a_revision(bank: QuestionBank) -> None:
    old = create_question(bank, key="p1")
    do_import(bank, read_of(key="p1"), updates_existing=True)
    stems = [revision.content["stem"] for revision in Question.objects.get().revisions.order_by("pk")]
    assert stems == [old.stem, "¿Qué haces?"]
    assert list(ModelLogEntry.objects.values_list("action", flat=True)) == ["wagtail.edit"]


def test_an_equal_question_is_unchanged(bank: QuestionBank) -> None:
    law = LawFactory()
    old = create_question(bank, key="p1", source_law=law, source_article="artículo 62", tags="a, b")
    spec = old.to_spec()
    read = read_of(
        spec.stem,
        key="p1",
        body=spec.body,
        tags=spec.tags,
        source=spec.source,
        competence="INT-1",
        difficulty=1,
    )
    report = do_import(bank, read, updates_existing=True)
    assert len(report.unchanged) == 1
    assert Question.objects.get().source_law == law


def test_a_retired_question_stays_retired_and_that_is_told(bank: QuestionBank) -> None:
    create_question(bank, key="p1", is_retired=True)
    report = do_import(bank, read_of(key="p1"), updates_existing=True)
    assert report.updated[0].notes == ("Está retirada del banco, y sigue así: no se sortea.",)
    assert Question.objects.get().is_retired


def test_another_source_takes_the_place_of_the_law(bank: QuestionBank) -> None:
    create_question(bank, key="p1", source_law=LawFactory(), source_article="artículo 62")
    do_import(bank, read_of(key="p1", source="Otra norma"), updates_existing=True)
    question = Question.objects.get()
    assert (question.source_law, question.source_article, question.source_note) == (None, "", "Otra norma")


def test_questions_that_are_not_in_the_file_are_not_touched(bank: QuestionBank) -> None:
    other = create_question(bank, key="p9")
    do_import(bank, read_of(key="p1"), updates_existing=True)
    other.refresh_from_db()
    assert (other.is_retired, other.version) == (False, 1)


def test_one_fault_keeps_everything_out(bank: QuestionBank, monkeypatch: pytest.MonkeyPatch) -> None:
    save = Question.save

    def fail_at_second(self: Question, *args: Any, **kwargs: Any) -> None:
        if self.key == "p2":
            raise IntegrityError
        save(self, *args, **kwargs)

    monkeypatch.setattr(Question, "save", fail_at_second)
    with pytest.raises(IntegrityError):
        do_import(bank, read_of(key="p1"), read_of("Otra", key="p2"))
    assert not Question.objects.exists()


def test_adapted_and_refused_questions_are_told_in_words(bank: QuestionBank) -> None:
    read = ReadFile(
        [read_of(adapted=(Adapted.FORMATTING_LEFT_OUT, Adapted.PENALTY_LEFT_OUT))],
        [RefusedQuestion("7", "¿Cuál?", Refusal.CANNOT_BE_ASKED, (Flaw.ONE_CORRECT,))],
    )
    report = import_questions(bank=bank, read=read, choices=choices())
    assert report.adapted[0].notes[0].startswith("Se quitó el formato")
    assert report.refused[0].reasons == (
        "Así no se puede preguntar.", "Marca exactamente una alternativa correcta.",
    )  # fmt: skip


UNFIT: dict[str, tuple[QuestionKind, Any, str]] = {
    "long_option": (QuestionKind.SINGLE, body("x" * 501, "b"), "demasiado largo"),
    "many_options": (QuestionKind.SINGLE, body(*map(str, range(11))), "demasiadas partes"),
    "empty_option": (QuestionKind.SINGLE, Choice((Option("a", True), Option("", False))), "Le falta un texto"),
    "no_consequence": (QuestionKind.JUDGEMENT, Judgement((Way("a", 100, ""), Way("b", 0, ""))), "Le falta un texto"),
    "picture_of_elsewhere": (QuestionKind.HOTSPOT, EXAMPLES[QuestionKind.HOTSPOT].body, "Elige la imagen"),
    "no_rubric": (QuestionKind.OPEN, OpenAnswer(()), "Escribe al menos un criterio"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_what_the_editor_would_not_take_is_refused_with_words(bank: QuestionBank, case: str) -> None:
    kind, answer, words = UNFIT[case]
    report = do_import(bank, read_of(kind=kind, body=answer), read_of("Otra"))
    assert words in " ".join(report.refused[0].reasons)
    assert keys(bank) == ["otra"]


@pytest.mark.parametrize("stem", ["", " \0 ", "x" * 10_001])
def test_a_question_without_words_or_with_too_many_is_refused(bank: QuestionBank, stem: str) -> None:
    assert len(do_import(bank, read_of(stem)).refused) == 1


def test_characters_that_no_database_keeps_are_left_out(bank: QuestionBank) -> None:
    do_import(bank, read_of("¿Q\0ué?\ud800", "S\0í", "No", key="a\0", tags=("x\0",), source="\0Ley"))
    question = Question.objects.get()
    assert (question.stem, question.key, question.tags, question.source_note) == ("¿Qué?", "a", "x", "Ley")
    assert question.to_spec().body == body()


def test_texts_beside_the_question_are_cut_and_that_is_told(bank: QuestionBank) -> None:
    tags = tuple(f"etiqueta-{number}" for number in range(40))
    report = do_import(bank, read_of(tags=tags, source="Ley " * 100, review="l" * 99))
    question = Question.objects.get()
    assert len(question.tags) <= 200
    assert question.tags.endswith(tuple("0123456789"))
    assert len(question.source_note) <= 200
    assert report.adapted[0].notes == ("Se acortó un texto demasiado largo.",)


def test_a_preview_says_the_same_and_writes_nothing(bank: QuestionBank) -> None:
    create_question(bank, key="p1")
    read = ReadFile([read_of(key="p1"), read_of("Otra")])
    before = preview_import(bank=bank, read=read, choices=choices(updates_existing=True))
    assert keys(bank) == ["p1"]
    assert import_questions(bank=bank, read=read, choices=choices(updates_existing=True)) == before
    assert len(preview_import(bank=None, read=read, choices=choices()).imported) == 2


def test_every_kind_goes_out_into_a_sheet_and_comes_in_elsewhere(bank: QuestionBank) -> None:
    image = get_image_model().objects.create(id=1, title="Plano", file=get_test_image_file())
    reads = [read_of(str(kind), kind=kind, body=example.body) for kind, example in EXAMPLES.items()]
    assert image.pk == 1
    do_import(bank, *reads)
    specs = [question.to_spec() for question in bank.questions.order_by("pk")]
    assert [spec.body for spec in specs] == [example.body for example in EXAMPLES.values()]
    other = QuestionBankFactory(code="otro")
    report = import_questions(
        bank=other, read=read_sheet(write_sheet(specs, kind="csv").content), choices=choices()
    )
    assert not report.adapted
    assert [question.to_spec() for question in other.questions.order_by("pk")] == specs


def test_a_preview_asks_the_same_few_things_of_many_questions(bank: QuestionBank) -> None:
    for number in range(30):
        create_question(bank, key=f"p{number}")
    chosen = choices()

    def preview(many: int) -> object:
        read = ReadFile([read_of(f"Nueva {number}", key=f"p{number}") for number in range(many)])
        return preview_import(bank=bank, read=read, choices=chosen)

    assert [count_queries(lambda many=many: preview(many)) for many in (3, 30)] == [1, 1]
