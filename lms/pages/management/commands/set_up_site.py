"""``manage.py set_up_site``"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.pages.services import set_up_site


class Command(BaseCommand):
    help = "Crea la portada, el catálogo y las páginas de información que falten."

    def handle(self, *args: Any, **options: Any) -> None:
        created = set_up_site(site_url=settings.SITE_URL)
        self.stdout.write("Sitio creado." if created else "El sitio ya estaba completo.")
