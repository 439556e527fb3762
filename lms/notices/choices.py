"""The kinds of e-mail that a person can turn off, as a form shows and keeps them."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lms.discussions.selectors.replies import wants_reply_mails
from lms.feedback.selectors.readers import is_trainer
from lms.notices.rules.kinds import Group
from lms.notices.selectors.leads import list_leads
from lms.notices.selectors.preferences import read_turned_off
from lms.notices.selectors.slots import keeps_slots
from lms.notices.services.preferences import save_preferences
from lms.ui.components import Choice

LABELS = {
    Group.ASSIGNED: _("Cuando tengo una formación nueva"),
    Group.DUE: _("Antes de que termine un plazo"),
    Group.LATE: _("Cuando un plazo ya pasó"),
    Group.EXPIRING: _("Antes de que venza lo que hice"),
    Group.MANUAL: _("Recordatorios de mi institución"),
    Group.ANSWER: _("Cuando responden una consulta mía"),
    Group.RECALL: _("Un repaso voluntario a las dos semanas de un curso"),
    Group.LATER: _("Una encuesta anónima a los tres meses de un curso"),
    Group.REPORTS: _("Errores que alguien avisó en mis cursos"),
    Group.REPLY: _("Cuando responden en temas míos de una conversación"),
    Group.CHANGED: _("Cuando cambia un curso que completé"),
    Group.DIGEST: _("Resumen semanal del equipo que dirijo"),
    Group.SLOTS: _("Cuando hay que revisar los textos de integridad que mantengo"),
}


def list_choices(*, person_id: int, at: datetime) -> list[Choice]:
    """One per group, ticked where the person gets it. Five queries."""
    turned_off = read_turned_off(person_ids=[person_id]).get(person_id, frozenset())
    groups = _offered(person_id, at)
    return [Choice(group.value, str(LABELS[group]), group.value not in turned_off) for group in groups]


def keep_choices(*, person_id: int, wanted: Collection[str], at: datetime) -> None:
    """Turn off what was offered and is not ``wanted``."""
    save_preferences(person_id=person_id, offered=_offered(person_id, at), wanted=wanted, at=at)


def _offered(person_id: int, at: datetime) -> list[Group]:
    """What concerns the person: no digest without a team, no errors without courses, and so on."""
    concerns = {
        Group.DIGEST: bool(list_leads(at=at, person_ids=[person_id])),
        Group.REPORTS: is_trainer(person_id=person_id, at=at),
        Group.REPLY: wants_reply_mails(person_id=person_id),
        Group.SLOTS: keeps_slots(person_id=person_id, at=at),
    }
    return [group for group in Group if concerns.get(group, True)]
