from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState

from courses.quality.gate import find_blocks
from courses.quality.services import send_back


class ReviewTask(GroupApprovalTask):
    """A step of a workflow: somebody of its groups reads the page and approves it.

    A page with a blocking finding that nobody gave a reason for comes back to its author before
    anybody is asked to read it, and is not approved either.
    """

    class Meta:
        verbose_name = _("revisión con informe de calidad")
        verbose_name_plural = _("revisiones con informe de calidad")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin, or send back at once with what was found."""
        revision = workflow_state.content_object.get_latest_revision()
        found = find_blocks(page=revision.as_object())
        if not found:
            return super().start(workflow_state, user=user)
        return send_back(task=self, workflow_state=workflow_state, revision=revision, found=found, user=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> str | None:
        """Approve or send back; where the report blocks, the address at which to say why to go on."""
        page = task_state.workflow_state.content_object.get_latest_revision().as_object()
        if action_name == "approve" and find_blocks(page=page):
            return reverse("quality:blocked", args=[page.pk])
        super().on_action(task_state, user, action_name, **kwargs)
        return None

    def get_template_for_action(self, action: str) -> str:
        return "courses/admin/review_modal.html"

    @classmethod
    def get_description(cls) -> Any:
        return _("Revisan las personas de estos grupos, con el informe de calidad a la vista.")
