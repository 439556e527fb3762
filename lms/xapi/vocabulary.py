"""The words of our statements: verbs, activity types and extensions, each from a public registry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    iri: str
    es: str
    en: str


INITIALIZED = Word("http://adlnet.gov/expapi/verbs/initialized", "inició", "initialized")
PROGRESSED = Word("http://adlnet.gov/expapi/verbs/progressed", "avanzó en", "progressed")
ANSWERED = Word("http://adlnet.gov/expapi/verbs/answered", "respondió", "answered")
COMPLETED = Word("http://adlnet.gov/expapi/verbs/completed", "completó", "completed")
PASSED = Word("http://adlnet.gov/expapi/verbs/passed", "aprobó", "passed")
FAILED = Word("http://adlnet.gov/expapi/verbs/failed", "no aprobó", "failed")
ATTENDED = Word("http://adlnet.gov/expapi/verbs/attended", "asistió a", "attended")
ACKNOWLEDGED = Word("http://activitystrea.ms/schema/1.0/acknowledge", "declaró conocer", "acknowledged")
EARNED = Word("http://id.tincanapi.com/verb/earned", "obtuvo", "earned")
VOIDED = Word("http://adlnet.gov/expapi/verbs/voided", "anuló", "voided")
"""Section 2.3.2 of xAPI-Data: the one verb that takes a statement back; said by the platform only."""
LAUNCHED = Word("http://adlnet.gov/expapi/verbs/launched", "abrió", "launched")
SATISFIED = Word("https://w3id.org/xapi/adl/verbs/satisfied", "cumplió", "satisfied")
WAIVED = Word("https://w3id.org/xapi/adl/verbs/waived", "quedó eximida de", "waived")
ABANDONED = Word("https://w3id.org/xapi/adl/verbs/abandoned", "abandonó", "abandoned")
PLATFORM_VERBS = frozenset(word.iri for word in (EARNED, LAUNCHED, SATISFIED, WAIVED, ABANDONED))
"""What only a learning platform may state: certificates, and the LMS statements of cmi5 9.3."""
VERBS = (INITIALIZED, PROGRESSED, ANSWERED, COMPLETED, PASSED, FAILED, ATTENDED, ACKNOWLEDGED, EARNED)

MEETING = "http://adlnet.gov/expapi/activities/meeting"
COURSE = "http://adlnet.gov/expapi/activities/course"
LESSON = "http://adlnet.gov/expapi/activities/lesson"
ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
SCENARIO = "http://id.tincanapi.com/activitytype/scenario"
CERTIFICATE = "https://www.opigno.org/en/tincan_registry/activity_type/certificate"
DOCUMENT = "http://activitystrea.ms/schema/1.0/file"

PROGRESS_PERCENT = "https://w3id.org/xapi/cmi5/result/extensions/progress"


def own_extension(base_iri: str, name: str) -> str:
    """The address of one of our own extensions; ``name`` in the terms of this project's README."""
    return f"{base_iri}/xapi/extensiones/{name}"
