"""Addresses and texts that the tests of conversations share."""

from typing import Any

from django.test import Client
from django.urls import reverse

from lms.discussions.models import Post
from tests.ui.markup import read_markup

TALK = "/aula/curso/conversacion/"
DESK = "/docencia/curso/conversacion/"
MINE = "/aula/conversaciones/"


def thread_url(post: Post) -> str:
    return reverse("discussions:thread", args=["curso", post.thread.public_id])


def post_url(name: str, post: Post) -> str:
    return reverse(name, args=["curso", post.public_id])


def read(client: Client, address: str, status: int = 200) -> str:
    """What the page says, in one line."""
    response = client.get(address, follow=True)
    assert response.status_code == status, response.status_code
    return text_of(response)


def text_of(response: Any) -> str:
    return " ".join(read_markup(response.content.decode()).all("main")[0].text.split())
