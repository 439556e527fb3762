"""The skeleton of the site: home, catalogue, information pages, who edits them and how."""

from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses.models import CatalogueIndexPage
from lms.pages.models import HomePage, InformationPage
from lms.pages.services.editing import set_up_editing
from lms.pages.texts import HEADLINE, LEAD, START_PAGES, TRANSLATIONS, SiteWords


@transaction.atomic
def set_up_site(*, site_url: str) -> bool:
    """Create what is missing of the site's skeleton; True when something was. Safe to repeat."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    created = home is None
    if home is None:
        root = Page.get_first_root_node()
        for old in root.get_children().filter(slug="home"):
            old.delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(title="Aula Abierta", slug="inicio", headline=HEADLINE, lead=LEAD)
        )
    parts = urlsplit(site_url)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": parts.hostname or "localhost",
            "port": parts.port or (443 if parts.scheme == "https" else 80),
            "root_page": home,
            "site_name": "Aula Abierta",
        },
    )
    catalogue = CatalogueIndexPage.objects.filter(locale=home.locale).first()
    if catalogue is None:
        catalogue = home.add_child(instance=CatalogueIndexPage(title="Cursos", slug="cursos"))
        created = True
    for start in START_PAGES:
        if not InformationPage.objects.filter(slug=start.slug).exists():
            home.refresh_from_db()
            home.add_child(instance=InformationPage(title=start.title, slug=start.slug, body=start.body))
            created = True
    for language, words in TRANSLATIONS.items():
        created |= _translate(home, catalogue, language, words)
    set_up_editing()
    return created


def _translate(home: HomePage, catalogue: CatalogueIndexPage, language: str, words: SiteWords) -> bool:
    """The front door and the catalogue in another language: below it authors translate courses."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    texts: dict[HomePage | CatalogueIndexPage, dict[str, str]] = {
        home: {"title": home.title, "headline": words.headline, "lead": words.lead},
        catalogue: {"title": words.catalogue},
    }
    missing = [page for page in texts if not page.has_translation(locale)]
    for page in missing:
        translated = page.copy_for_translation(locale)
        for name, value in texts[page].items():
            setattr(translated, name, value)
        translated.save_revision().publish()
    return bool(missing)
