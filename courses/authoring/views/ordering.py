"""«Orden del curso»: all modules and lessons on one screen. Nothing is kept until it is saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.models import Page

from courses.authoring.access import get_own, may_order
from courses.authoring.rules import BrokenOrderError, Entry, Order, move_entry, read_entry, read_order
from courses.authoring.selectors import entry_of, list_pages
from courses.authoring.services import OrderChangedError, order_course
from courses.authoring.views.base import AuthoringScreen
from courses.clock import now
from courses.models import CoursePage
from courses.services import CourseNotReadyError

DIRECTIONS = {"subir": True, "bajar": False}


@dataclass(frozen=True)
class Row:
    """A module or a lesson in the list. ``focus``: the button that was just pressed."""

    entry: Entry
    title: str
    is_live: bool
    focus: str = ""


class OrderView(AuthoringScreen, TemplateView):
    """The list; a button moves one step and shows it again, «Guardar» keeps it."""

    template_name = "courses/admin/order.html"
    page_title = gettext_lazy("Orden del curso")
    header_icon = "order"
    page: CoursePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_own(CoursePage, page_id=kwargs["page_id"], user=request.user)
        if not may_order(self.page, request.user):
            raise PermissionDenied
        self.pages = {entry_of(page, self.page): page for page in list_pages(course=self.page)}
        self.standing: Order = tuple(self.pages)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(self.standing)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            order = read_order(request.POST.getlist("orden"))
            before = read_order(request.POST.get("antes", "").split())
            if set(order) != set(self.standing) or before != self.standing:
                raise OrderChangedError
            if step := request.POST.get("mover"):
                return self._move(order, step)
            return self._save(before, order)
        except (BrokenOrderError, OrderChangedError):
            messages.error(
                request,
                _("El curso cambió mientras lo ordenabas. Este es su orden ahora: ordénalo de nuevo."),
            )
            return redirect("authoring:order", self.page.pk)
        except CourseNotReadyError as problem:
            said = _("No se guardó nada, porque el curso no se puede publicar en ese orden: %(problem)s")
            messages.error(request, said % {"problem": problem})
            return self._show(order, status=400)

    def _move(self, order: Order, step: str) -> HttpResponse:
        direction, _space, target = step.partition(" ")
        if direction not in DIRECTIONS:
            raise BrokenOrderError
        entry = read_entry(target)
        return self._show(move_entry(order, entry, up=DIRECTIONS[direction]), moved=entry, focus=direction)

    def _save(self, before: Order, order: Order) -> HttpResponse:
        outcome = order_course(course=self.page, before=before, order=order, by=self.request.user, at=now())
        if outcome.pages:
            self.tell(outcome, _("El curso quedó en este orden."))
        else:
            messages.info(self.request, _("El orden ya era ese."))
        return redirect("authoring:order", self.page.pk)

    def _show(
        self, order: Order, *, moved: Entry | None = None, focus: str = "", status: int = 200
    ) -> HttpResponse:
        rows = [self._row(entry, focus if entry == moved else "") for entry in order]
        context = self.get_context_data(
            course=self.page,
            rows=rows,
            before=" ".join(map(str, self.standing)),
            is_changed=order != self.standing,
            moved=self.pages[moved].title if moved in self.pages else "",
        )
        return self.render_to_response(context, status=status)

    def _row(self, entry: Entry, focus: str) -> Row:
        page: Page = self.pages[entry]
        return Row(entry, page.get_admin_display_title(), page.live, focus)
