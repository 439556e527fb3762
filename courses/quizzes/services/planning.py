"""What an import would do with each question of a file. Reads the bank; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.keys import following_keys, make_key, own_key
from courses.quizzes.formats.base import ReadFile, ReadQuestion, RefusedQuestion
from courses.quizzes.formats.words import describe_adapted, describe_refusal
from courses.quizzes.models import Question, QuestionBank
from courses.quizzes.services.checking import Candidate, UnfitError, check_question
from courses.quizzes.services.laying import asks_the_same, content_of, lay_on
from courses.quizzes.services.reports import ImportedQuestion, ImportReport, LeftOutQuestion, Outcome


@dataclass(frozen=True)
class ImportChoices:
    """What whoever imports chose. ``competences``: ids by code, of all that there are.

    ``competence_id`` and ``difficulty`` are for new questions whose file says none.
    """

    competence_id: int
    competences: Mapping[str, int]
    difficulty: int = 1
    updates_existing: bool = False


@dataclass
class PlannedQuestion:
    """``question``: the bank's, or a new one, with the file's content set where that is to be written."""

    read: ReadQuestion
    question: Question
    outcome: Outcome
    notes: list[str]

    def report(self) -> ImportedQuestion:
        read = self.read
        return ImportedQuestion(read.where, self.question.key, read.stem, self.outcome, tuple(self.notes))


@dataclass
class ImportPlan:
    """All of a file."""

    planned: list[PlannedQuestion] = field(default_factory=list)
    refused: list[RefusedQuestion] = field(default_factory=list)

    def report(self) -> ImportReport:
        left_out = (
            LeftOutQuestion(one.where, one.stem, tuple(describe_refusal(one))) for one in self.refused
        )
        return ImportReport(tuple(planned.report() for planned in self.planned), tuple(left_out))


def plan_import(*, bank: QuestionBank | None, read: ReadFile, choices: ImportChoices) -> ImportPlan:
    """Decide about each question. ``bank`` None: a new one.

    Queries: one for the bank's questions, and one for each picture.
    """
    rows = bank.questions.of_source().select_related("competence", "source_law") if bank else ()
    planner = _Planner(bank, {question.key: question for question in rows}, choices)
    plan = ImportPlan(refused=list(read.refused))
    for question in read.questions:
        try:
            plan.planned.append(planner.plan(question))
        except UnfitError as error:
            stem = question.stem[:200]
            plan.refused.append(RefusedQuestion(question.where, stem, error.refusal, error.flaws))
    return plan


class _Planner:
    def __init__(
        self, bank: QuestionBank | None, known: Mapping[str, Question], choices: ImportChoices
    ) -> None:
        self.bank, self.known, self.choices = bank, known, choices
        self.taken: set[str] = set()

    def plan(self, read: ReadQuestion) -> PlannedQuestion:
        """
        Raises:
            UnfitError: it cannot stand in the bank.
        """
        new = check_question(read)
        key, is_from_file = self._find_key(new)
        known = self.known.get(key)
        is_same = known is not None and asks_the_same(known, new)
        if known and is_same and not (is_from_file and self.choices.updates_existing):
            return PlannedQuestion(read, known, Outcome.UNCHANGED, [])
        if known and not self.choices.updates_existing:
            return PlannedQuestion(read, known, Outcome.SKIPPED, [])
        return self._lay(known or Question(bank=self.bank, key=key), new, is_new=known is None)

    def _lay(self, question: Question, new: Candidate, *, is_new: bool) -> PlannedQuestion:
        """Set the file's content; the bank's own stays where the file says nothing."""
        before = None if is_new else content_of(question)
        notes = [*describe_adapted(new.read.adapted), *self._say_key(question, new)]
        notes += lay_on(question, new)
        notes += self._lay_competence(question, new, is_new=is_new)
        if is_new or new.read.difficulty:
            question.difficulty = new.read.difficulty or self.choices.difficulty
        if question.is_retired:
            notes.append(_("Está retirada del banco, y sigue así: no se sortea."))
        if before == content_of(question):
            return PlannedQuestion(new.read, question, Outcome.UNCHANGED, [])
        return PlannedQuestion(new.read, question, Outcome.NEW if is_new else Outcome.UPDATED, notes)

    def _lay_competence(self, question: Question, new: Candidate, *, is_new: bool) -> list[str]:
        code = new.read.competence.strip()
        found = self.choices.competences.get(code)
        if found or is_new:
            question.competence_id = found or self.choices.competence_id
        if found or not code:
            return []
        if is_new:
            return [_("La competencia «%s» no existe aquí: queda con la que elegiste.") % code[:40]]
        return [_("La competencia «%s» no existe aquí: la pregunta sigue con la suya.") % code[:40]]

    def _say_key(self, question: Question, new: Candidate) -> list[str]:
        if not new.key or new.key == question.key:
            return []
        return [_("Su clave «%(old)s» queda como «%(new)s».") % {"old": new.key[:60], "new": question.key}]

    def _find_key(self, new: Candidate) -> tuple[str, bool]:
        """A key, and whether it is the file's.

        That of the file counts once. Otherwise it is one that is free, or has the same question.
        """
        wanted = own_key(new.key) if new.key else make_key(new.stem)
        for key in following_keys(wanted):
            is_from_file = bool(new.key) and key == wanted
            known = self.known.get(key)
            if key not in self.taken and (known is None or is_from_file or asks_the_same(known, new)):
                break
        self.taken.add(key)
        return key, is_from_file
