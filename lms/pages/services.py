"""The skeleton of the site: home, catalogue, information pages, the authors' permissions."""

from urllib.parse import urlsplit

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from courses.models import CatalogueIndexPage
from lms.pages.models import HomePage, InformationPage
from lms.pages.texts import HEADLINE, LEAD, START_PAGES
from lms.people.services.roles import AUTHOR_GROUP

SNIPPET_MODELS = ("question", "questionbank", "competence", "law")


@transaction.atomic
def set_up_site(*, site_url: str) -> bool:
    """Create what is missing of the site's skeleton; True when something was. Safe to repeat."""
    home = HomePage.objects.first()
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
    if not CatalogueIndexPage.objects.exists():
        home.add_child(instance=CatalogueIndexPage(title="Cursos", slug="cursos"))
        created = True
    for start in START_PAGES:
        if not InformationPage.objects.filter(slug=start.slug).exists():
            home.refresh_from_db()
            home.add_child(instance=InformationPage(title=start.title, slug=start.slug, body=start.body))
            created = True
    set_up_authors()
    return created


def set_up_authors() -> Group:
    """The Wagtail group of trainers: the catalogue's pages, media and questions; no person's data."""
    group, _created = Group.objects.get_or_create(name=AUTHOR_GROUP)
    permissions = Permission.objects.filter(
        content_type__app_label__in=("courses", "quizzes"),
        content_type__model__in=SNIPPET_MODELS,
        codename__regex=r"^(add|change|view|publish)_",
    )
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(access, *permissions)
    catalogue = CatalogueIndexPage.objects.first()
    for codename in ("add_page", "change_page", "publish_page", "lock_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=catalogue, permission=permission)
    root = Collection.get_first_root_node()
    for label, codenames in (
        ("wagtailimages", ("add_image", "change_image", "choose_image")),
        ("wagtaildocs", ("add_document", "change_document", "choose_document")),
    ):
        for codename in codenames:
            permission = Permission.objects.get(content_type__app_label=label, codename=codename)
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
    return group
