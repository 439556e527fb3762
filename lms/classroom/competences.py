"""«Mis competencias»: the level of each, on what it rests, what comes next. Only the person's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.selectors import list_for_holder
from courses.addresses import page_paths
from courses.models import Competence
from courses.outline import CourseOutline
from courses.selectors import current_outlines, list_competences, list_live_pages
from lms.lib.clock import local_date
from lms.people.selectors.merges import list_holder_keys
from lms.progress.rules.competences import (
    Claim,
    Offer,
    Proof,
    Step,
    StepKind,
    level_on,
    next_step,
)
from lms.progress.selectors.progress import Standing, held_of, list_standings
from lms.ui.components import Notice, TagKind
from lms.ui.spelling import spell_minutes

PROOFS: dict[Proof, tuple[TagKind, str, Promise]] = {
    Proof.REACHED: ("ok", "circle-check", gettext_lazy("Demuestra el nivel")),
    Proof.BELOW: ("warn", "circle-alert", gettext_lazy("Faltaron puntos")),
    Proof.NOT_MEASURED: ("none", "circle-dashed", gettext_lazy("Sin medir")),
    Proof.EXPIRED: ("warn", "clock-alert", gettext_lazy("Venció")),
    Proof.TAKEN_BACK: ("mute", "ban", gettext_lazy("Anulado")),
}


@dataclass(frozen=True)
class EvidenceLine:
    """A completed course of the person in one competence. ``code``: of its certificate, or empty."""

    standing: Standing
    claim: Claim
    proof: Proof
    code: str

    @property
    def title(self) -> str:
        return self.standing.outline.title

    @property
    def language(self) -> str:
        """Of the title."""
        return self.standing.outline.language

    @property
    def notice(self) -> Notice:
        kind, icon, words = PROOFS[self.proof]
        return Notice(kind, icon, str(words))


@dataclass(frozen=True)
class NextStep:
    """What comes next, in words; ``url`` empty where there is nothing to open."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class CompetenceLine:
    """One competence of the catalogue. ``level`` 0: none shown yet."""

    competence: Competence
    level: int
    evidence: list[EvidenceLine]
    step: NextStep

    @property
    def language(self) -> str:
        """Of the words of the competence."""
        return str(self.competence.locale.language_code)


def read_competences(*, person_id: int | None, language: str, at: datetime) -> list[CompetenceLine]:
    """Every competence, whatever the person reached in it. At most nine queries, eleven in a translation."""
    day = local_date(at)
    standings = list_standings(person_id=person_id, language=language) if person_id else []
    desk = _Desk(standings, _certificate_codes(person_id, standings), _Catalogue.read(language), day)
    return [desk.line(competence) for competence in list_competences(language=language)]


def _certificate_codes(person_id: int | None, standings: Sequence[Standing]) -> dict[object, str]:
    """By the public id of the completion. Two queries, none without completions."""
    if person_id is None or not any(standing.completion for standing in standings):
        return {}
    rows = list_for_holder(holder_keys=list_holder_keys(person_id=person_id))
    return {row.fact_key: row.formatted_code for row in rows}


@dataclass(frozen=True)
class _Catalogue:
    """The published courses: their outlines and addresses by code."""

    outlines: Mapping[str, CourseOutline]
    urls: Mapping[str, str]

    @classmethod
    def read(cls, language: str) -> "_Catalogue":
        """Two queries, three in a translation."""
        pages = list(list_live_pages())
        paths = page_paths(pages)
        urls = {page.code: paths.get(page.pk, "") for page in pages}
        return cls(current_outlines(codes=urls, language=language), urls)


@dataclass(frozen=True)
class _Desk:
    """All that is known of the person and the catalogue."""

    standings: Sequence[Standing]
    codes: Mapping[object, str]
    catalogue: _Catalogue
    day: date

    def line(self, competence: Competence) -> CompetenceLine:
        evidence = [line for s in self.standings if (line := self._evidence(s, competence.code))]
        claims = [line.claim for line in evidence]
        step = next_step(
            claims=claims,
            under_way=_offers([s.outline for s in self.standings if s.completion is None], competence.code),
            offers=_offers(self.catalogue.outlines.values(), competence.code),
            day=self.day,
        )
        level = level_on(claims=claims, day=self.day)
        return CompetenceLine(competence, level, evidence, self._tell(step, evidence, competence.code))

    def _evidence(self, standing: Standing, code: str) -> EvidenceLine | None:
        held, level = held_of(standing.completion), _level_of(standing.outline, code)
        if standing.completion is None or held is None or not level:
            return None
        points, total = _best_points(standing, code)
        claim = Claim(standing.outline.code, level, held, _needed(standing.outline), points, total)
        key = standing.completion.public_id
        return EvidenceLine(standing, claim, claim.proof_on(self.day), self.codes.get(key, ""))

    def _tell(self, step: Step, evidence: Sequence[EvidenceLine], code: str) -> NextStep:
        if step.kind == StepKind.AT_THE_TOP:
            return NextStep(_("Es el nivel más alto."))
        if step.kind == StepKind.NOTHING_HIGHER:
            return NextStep(_("Ningún curso del catálogo enseña todavía un nivel más alto."))
        if step.kind == StepKind.REREAD:
            return _reread(next(line for line in evidence if line.claim.course == step.course), code)
        outline = self._outline(step.course)
        words = {"course": outline.title, "time": spell_minutes(minutes=outline.minutes)}
        if step.kind == StepKind.FINISH:
            return NextStep(
                _("Termina «%(course)s».") % words, reverse("classroom:continue", args=[step.course])
            )
        url = self.catalogue.urls.get(step.course, "")
        if step.kind == StepKind.RENEW:
            return NextStep(_("Renueva «%(course)s», %(time)s.") % words, url)
        return NextStep(_("Toma «%(course)s», %(time)s.") % words, url)

    def _outline(self, course: str) -> CourseOutline:
        own = (s.outline for s in self.standings if s.outline.code == course)
        return self.catalogue.outlines.get(course) or next(own)


def _reread(line: EvidenceLine, code: str) -> NextStep:
    """The first lesson of the course that is about the competence, else the course as a whole."""
    outline = line.standing.outline
    unit = next((unit for unit in outline.lessons if code in unit.competences), None)
    if unit is None:
        words = {"unit": outline.title, "time": spell_minutes(minutes=outline.minutes)}
        url = reverse("classroom:course", args=[outline.code])
    else:
        words = {"unit": unit.title, "time": spell_minutes(minutes=unit.minutes)}
        url = reverse("classroom:unit", args=[outline.code, unit.key])
    return NextStep(
        _("Vuelve a leer «%(unit)s», %(time)s. El nivel se mide otra vez cuando renueves el curso.") % words,
        url,
    )


def _offers(outlines: Iterable[CourseOutline], code: str) -> list[Offer]:
    found = ((outline, _level_of(outline, code)) for outline in outlines)
    return [Offer(outline.code, level, outline.minutes) for outline, level in found if level]


def _level_of(outline: CourseOutline, code: str) -> int:
    """The level that the course teaches in the competence; 0 where it does not."""
    return next((found.level for found in outline.competences if found.code == code), 0)


def _needed(outline: CourseOutline) -> int:
    rule = outline.assessment
    return (rule.pass_percent_each or rule.pass_percent) if rule else 0


def _best_points(standing: Standing, code: str) -> tuple[float, int]:
    """Points and total in the competence, of the passed attempt with the largest share; ``(0, 0)``: none."""
    rows = [
        (row["correct"], row["total"])
        for attempt in standing.enrolment.attempts.all()
        if attempt.passed
        for row in attempt.competences
        if row["competence"] == code and row["total"]
    ]
    return max(rows, key=lambda row: row[0] / row[1], default=(0, 0))
