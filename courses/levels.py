"""The three levels of a competence in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVEL_WORDS: dict[int, Promise] = {
    1: _("1 de 3: reconoce"),
    2: _("2 de 3: aplica"),
    3: _("3 de 3: orienta a otras personas"),
}
