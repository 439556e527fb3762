"""The workshops of a person among what they learn."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from tests.factories.workshops import RegistrationFactory
from tests.personas import Personas
from tests.ui.markup import read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def draw_mine(user: Any) -> str:
    request = RequestFactory().get("/aula/")
    request.user = user
    template = engines["django"].from_string("{% load workshops %}{% my_workshops %}")
    return " ".join(read_markup(f"<main>{template.render({}, request)}</main>").all("main")[0].text.split())


def test_my_learning_names_my_workshops(personas: Personas, at: datetime) -> None:
    ahead = RegistrationFactory(person=personas.ana.person)
    held = RegistrationFactory(person=personas.ana.person, session__held=True)
    held.session.attendances.create(
        person=held.person, context=held.context, minutes=240, marked_at=at - timedelta(days=20)
    )
    text = draw_mine(personas.ana)
    assert "Mis talleres" in text
    assert ahead.session.title in text
    assert "Tienes un cupo" in text
    assert f"Asististe {held.session.title}" in text
    assert draw_mine(personas.elena) == ""
