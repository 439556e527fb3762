"""Who writes courses, who reads them before they are published, and the way between."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from courses.models import CatalogueIndexPage
from courses.quality.models import ReviewTask
from lms.people.services.roles import AUTHOR_GROUP, EDITOR_GROUP, REVIEWER_GROUP

WORKFLOW = "Revisión de cursos"
FORMER_AUTHOR_GROUP = "Docentes"
"""What the authors' group was called while it could publish."""

SNIPPETS = ("question", "questionbank", "competence", "law", "glossaryterm")
AUTHOR_PAGES = ("add_page",)
"""Authors begin courses and edit their own; those of their teams by the group of each (``lms.teaching``)."""
EDITOR_PAGES = ("add_page", "change_page", "lock_page")
REVIEWER_PAGES = (*EDITOR_PAGES, "publish_page")
FILES = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


def set_up_editing() -> None:
    """Authors write and send to review, reviewers publish; neither sees a person's data. Safe to repeat."""
    catalogues = list(CatalogueIndexPage.objects.order_by("pk"))
    _take_over_former_authors()
    _set_up_group(AUTHOR_GROUP, catalogues, AUTHOR_PAGES)
    _set_up_group(EDITOR_GROUP, catalogues, EDITOR_PAGES)
    reviewers = _set_up_group(REVIEWER_GROUP, catalogues, REVIEWER_PAGES)
    _set_up_workflow(catalogues, reviewers)


def _take_over_former_authors() -> None:
    former = Group.objects.filter(name=FORMER_AUTHOR_GROUP).first()
    if former is not None:
        authors, _created = Group.objects.get_or_create(name=AUTHOR_GROUP)
        authors.user_set.add(*former.user_set.all())
        former.delete()


def _set_up_group(name: str, catalogues: Sequence[Page], codenames: Iterable[str]) -> Group:
    """The group with these permissions, and no others, on the catalogue's pages in each language."""
    group, _created = Group.objects.get_or_create(name=name)
    snippets = Permission.objects.filter(
        content_type__app_label__in=("courses", "quizzes"),
        content_type__model__in=SNIPPETS,
        codename__regex=r"^(add|change|view|publish)_",
    )
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    translate = Permission.objects.get(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    group.permissions.add(access, translate, *snippets)
    GroupPagePermission.objects.filter(group=group, page__in=catalogues).exclude(
        permission__codename__in=codenames
    ).delete()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        for catalogue in catalogues:
            GroupPagePermission.objects.get_or_create(group=group, page=catalogue, permission=permission)
    root = Collection.get_first_root_node()
    for label, names in FILES.items():
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=names):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
    return group


def _set_up_workflow(catalogues: Sequence[Page], reviewers: Group) -> None:
    """Author, reviewer, published; an administrator may have changed it, so it is only made once."""
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    task = ReviewTask.objects.create(name="Revisión")
    task.groups.add(reviewers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for catalogue in catalogues:
        WorkflowPage.objects.get_or_create(page=catalogue, defaults={"workflow": workflow})
