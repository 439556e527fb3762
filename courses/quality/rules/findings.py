"""What was found, where, and whether it keeps a page from being published."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_PLACE = 200


class Rule(StrEnum):
    """The values are stored with overrides; do not change them."""

    SUMMARY_MISSING = "summary_missing"
    HEADING_EMPTY = "heading_empty"
    HEADING_SKIPPED = "heading_skipped"
    HEADING_MISSING = "heading_missing"
    HEADING_FAKE = "heading_fake"
    IMAGE_WITHOUT_ALT = "image_without_alt"
    ALT_SAYS_NOTHING = "alt_says_nothing"
    ALT_LONG = "alt_long"
    VIDEO_WITHOUT_CAPTIONS = "video_without_captions"
    VIDEO_WITHOUT_TRANSCRIPT = "video_without_transcript"
    CONTRAST_LOW = "contrast_low"
    TABLE_WITHOUT_HEADERS = "table_without_headers"
    TABLE_WITHOUT_CAPTION = "table_without_caption"
    LINK_GONE = "link_gone"
    LINK_FAILS = "link_fails"
    LINK_SAYS_NOTHING = "link_says_nothing"
    READING_HARD = "reading_hard"
    SENTENCE_LONG = "sentence_long"
    ACRONYM_UNEXPLAINED = "acronym_unexplained"
    JARGON = "jargon"
    LAW_OUTDATED = "law_outdated"
    LAW_WITHOUT_VERSION = "law_without_version"
    CHECK_WITHOUT_FEEDBACK = "check_without_feedback"
    QUESTION_WITHOUT_FEEDBACK = "question_without_feedback"
    COMPETENCE_WITHOUT_QUESTIONS = "competence_without_questions"
    PAGE_HEAVY = "page_heavy"


class Severity(StrEnum):
    BLOCKING = "blocking"
    ADVICE = "advice"


BLOCKING = frozenset({
    Rule.SUMMARY_MISSING,
    Rule.HEADING_EMPTY,
    Rule.IMAGE_WITHOUT_ALT,
    Rule.ALT_SAYS_NOTHING,
    Rule.VIDEO_WITHOUT_CAPTIONS,
    Rule.VIDEO_WITHOUT_TRANSCRIPT,
    Rule.CONTRAST_LOW,
    Rule.TABLE_WITHOUT_HEADERS,
    Rule.LINK_GONE,
    Rule.LAW_OUTDATED,
    Rule.CHECK_WITHOUT_FEEDBACK,
    Rule.COMPETENCE_WITHOUT_QUESTIONS,
    Rule.PAGE_HEAVY,
})  # fmt: skip
"""What is unfinished, shuts somebody out (WCAG 2.2, A and AA), is no longer true, or certifies what
was never asked. All else is advice."""


Data = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Finding:
    """One thing found. ``lesson``: its key, empty: the course's own page. ``block``: the id of the block.

    ``subject`` names what it is about (an address, an image, a question) where a block may have several.
    ``data`` fills the words.
    """

    rule: Rule
    lesson: str = ""
    block: str = ""
    subject: str = ""
    data: Data = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return Severity.BLOCKING if self.rule in BLOCKING else Severity.ADVICE

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKING

    @property
    def place(self) -> str:
        """Where in its page, at most ``LONGEST_PLACE`` characters: an override holds for this place."""
        place = f"{self.block}|{self.subject}"
        if len(place) <= LONGEST_PLACE:
            return place
        return f"{self.block}|{hashlib.sha256(self.subject.encode()).hexdigest()}"
