"""The catalogue of components. Only routed while developing."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.ui.charts import Door, Part
from lms.ui.components import Chip, Choice, CourseRow, Crumb, Detail, Fact, Notice

SPRITE = Path(__file__).parent / "static" / "ui" / "icons" / "sprite.svg"


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nombre", help_text="Como quieres que aparezca en el certificado.")
    email = forms.EmailField(
        label="Correo electrónico", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    comment = forms.CharField(label="Comentario", required=False, widget=forms.Textarea)
    mode = forms.ChoiceField(
        label="Modalidad",
        choices=[("en_linea", "En línea"), ("presencial", "Presencial")],
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(label="Región", choices=[("13", "Metropolitana"), ("7", "Maule")])
    accept = forms.BooleanField(label="Leí el código de ética de mi institución")


@dataclass(frozen=True)
class Examples:
    """Invented values for every component."""

    doors: tuple[Door, ...] = (
        Door(1, "#1", 64, 80),
        Door(2, "#2", 41, 50),
        Door(3, "#3", 57, 60),
        Door(4, "#4", 38, 55),
        Door(5, "#5", 72, 70),
        Door(6, "#6", state="no_information"),
        Door(7, "#7", 22, 40),
        Door(8, "#8", 15, 30),
        Door(9, "#9", state="not_published"),
        Door(10, "#10", 53, 60),
        Door(11, "#11", state="no_goal"),
        Door(12, "#12", state="no_information"),
    )
    parts: tuple[Part, ...] = (Part("c-val", 98), Part("c-run", 29), Part("c-track", 19), Part("c-late", 23))
    points: tuple[float | None, ...] = (12, 18, 24, None, 33, 39, 44, 68)
    months: tuple[str, ...] = ("oct 2025", "", "dic", "", "feb", "", "abr", "may 2026")
    crumbs: tuple[Crumb, ...] = (Crumb("Cursos", "/cursos/"), Crumb("Fundamentos"))
    courses: tuple[CourseRow, ...] = (
        CourseRow(
            title="Regalos y cortesías",
            url="#curso",
            summary="Aprende a decir que no sin ofender.",
            emblem="integridad",
            details=(Detail("clock", "6 horas"), Detail("monitor", "A tu ritmo")),
            notice=Notice("warn", "calendar-clock", "Asignado por tu institución: vence el 30 de junio"),
            done=9,
            total=21,
        ),
        CourseRow(
            title="Lenguaje claro",
            url="#curso-2",
            summary="Cartas que se entienden a la primera.",
            emblem="lenguaje",
            ground=2,
            details=(Detail("clock", "4 horas"),),
            completed="Certificado vigente hasta el 3 de marzo de 2028",
        ),
    )
    facts: tuple[Fact, ...] = (
        Fact("Código", "7K2M-90QX"),
        Fact("Responsable"),
        Fact("Eje", "Integridad", url="#eje"),
    )
    chips: tuple[Chip, ...] = (Chip("A tu ritmo", "#quitar"),)
    choices: tuple[Choice, ...] = (Choice("", "Todos"), Choice("1", "Directivos", is_selected=True))
    tags: tuple[Notice, ...] = (
        Notice("ok", "circle-check", "Vigente"),
        Notice("warn", "clock-alert", "Vence en 38 días"),
        Notice("bad", "triangle-alert", "Atrasada"),
        Notice("info", "circle-dot", "En curso"),
        Notice("mute", "circle", "Sin iniciar"),
        Notice("none", "file-question-mark", "Sin información"),
    )
    page: Page = field(default_factory=lambda: Paginator(range(100), 10).page(2))


def _symbols(prefix: str) -> list[str]:
    """Names in the sprite that begin with ``prefix``, without it."""
    return re.findall(rf'id="{prefix}([\w-]+)"', SPRITE.read_text())


@login_not_required
def show_components(request: HttpRequest) -> HttpResponse:
    """Every component and chart with its name in code."""
    form = ExampleForm(request.POST if request.method == "POST" else None)
    wrong_form = ExampleForm({"email": "sin arroba"}, auto_id="con_error_%s")
    context = {
        "examples": Examples(),
        "form": form,
        "wrong_form": wrong_form,
        "icons": _symbols("i-"),
        "emblems": _symbols("e-"),
    }
    return render(request, "ui/components.html", context)
