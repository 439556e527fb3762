"""``{% load certificates %}{% certificate_notice card as notice %}``."""

from django import template

from certificates.presentation import Notice, notice_of
from certificates.selectors import CertificateCard

register = template.Library()


@register.simple_tag
def certificate_notice(card: CertificateCard) -> Notice:
    """The status of one certificate in its holder's list: ``kind``, ``icon`` and ``text`` of a tag."""
    return notice_of(card=card)
