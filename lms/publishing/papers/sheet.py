"""One commitment on paper, for whoever asks."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from lms.lib.paper import Block, Paper
from lms.plan.selectors.commitments import commitment_url
from lms.publishing.papers import sections
from lms.publishing.selectors.datapackage import publisher_of
from lms.publishing.selectors.records import CommitmentRecord
from lms.ui.spelling import spell_date


def commitment_paper(*, record: CommitmentRecord, at: datetime) -> Paper:
    """What was promised, by whom, when, how far, where the evidence is, and what we do not know."""
    commitment = record.commitment
    blocks: list[Block] = [
        *sections.promise_blocks(record, level=2),
        *sections.milestone_blocks(record, level=2),
        *sections.update_blocks(record.updates, level=2),
        *sections.replanning_blocks(record, level=2),
        *sections.evidence_blocks(record, level=2),
        *sections.training_blocks(record, level=2),
        *sections.external_blocks(record, level=2),
        *sections.unknown_blocks(record, level=2),
    ]
    address = settings.SITE_URL + commitment_url(commitment=commitment)
    return Paper(
        title=_("Compromiso %(number)s. %(title)s")
        % {"number": commitment.number, "title": commitment.title},
        kicker=commitment.plan.title,
        subtitle=_("Ficha del %(day)s. %(url)s") % {"day": spell_date(value=at), "url": address},
        author=publisher_of(commitment.plan),
        made_at=at,
        foot=_("%(url)s · CC BY 4.0") % {"url": address},
        blocks=blocks,
    )
