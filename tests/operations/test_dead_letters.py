"""What a target refused for good."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.xapi.models import DeadLetter, Statement
from lms.xapi.services.forward_targets import discard_dead_letter
from tests.operations.saying import ours, say
from tests.operations.stub_lrs import StubLrs
from tests.operations.targets import letter, target, to, words_of
from tests.queries import count_page_queries


def test_refused_statements_are_listed_in_pages(admin: Client, at: datetime) -> None:
    found = target(at)
    first = letter(found, say(ours()), at, reason="Respondió 400: <b>verbo</b>")
    few = count_page_queries(admin, to("target", found))
    for _number in range(30):
        letter(found, say(ours()), at)

    page = admin.get(to("target", found))
    text = words_of(page)

    assert (len(page.context["page"]), page.context["page"].paginator.num_pages) == (25, 2)
    assert reverse("operations:statement", args=[first.statement_id]) in text
    assert "Respondió 400: &lt;b&gt;verbo" in text
    assert count_page_queries(admin, to("target", found)) <= few + 1  # the second page is counted
    assert len(admin.get(to("target", found) + "?pagina=2").context["page"]) == 6


@pytest.mark.parametrize(
    ("status", "words", "left"),
    [(200, "aceptó la declaración", 0), (400, "rechazó otra vez", 1), (503, "Ahora no se puede", 1)],
)
def test_a_refused_statement_is_sent_again(
    admin: Client, at: datetime, stub: StubLrs, status: int, words: str, left: int
) -> None:
    stub.storing = status
    found, said = target(at, endpoint=stub.endpoint), say(ours())
    refused = letter(found, said, at)

    page = admin.post(to("letter_retry", found, refused.pk), follow=True)

    assert words in words_of(page)
    assert DeadLetter.objects.count() == left
    assert [one["id"] for one in stub.statements] == ([str(said)] if status == 200 else [])


def test_an_unreadable_secret_is_said(admin: Client, at: datetime) -> None:
    found = target(at, sealing_key="otra clave")
    refused = letter(found, say(ours()), at)

    page = admin.post(to("letter_retry", found, refused.pk), follow=True)

    assert "El secreto guardado ya no se puede leer" in words_of(page)
    assert DeadLetter.objects.exists()


def test_a_refused_statement_is_given_up_once(admin: Client, at: datetime) -> None:
    found, said = target(at), say(ours())
    refused = letter(found, said, at)

    first = admin.post(to("letter_discard", found, refused.pk), follow=True)
    second = admin.post(to("letter_discard", found, refused.pk), follow=True)

    assert "ya no se enviará a este destino" in words_of(first)
    assert "ya no estaba pendiente" in words_of(second)
    assert "ya no estaba pendiente" in words_of(
        admin.post(to("letter_retry", found, refused.pk), follow=True)
    )
    assert not DeadLetter.objects.exists()
    assert Statement.objects.filter(id=said).exists()
    assert not discard_dead_letter(letter_id=refused.pk)


def test_the_refusals_of_another_target_are_out_of_reach(admin: Client, at: datetime) -> None:
    found, other = target(at), target(at, name="Otra")
    refused = letter(other, say(ours()), at)

    admin.post(to("letter_discard", found, refused.pk))

    assert DeadLetter.objects.exists()
