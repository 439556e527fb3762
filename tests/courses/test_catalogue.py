import pytest
from django.core.cache import cache
from django.test import Client

from courses.selectors import (
    CatalogueQuery,
    CatalogueRow,
    filter_catalogue,
    list_catalogue,
    list_live_pages,
)
from tests.factories.courses import create_catalogue, create_course, create_released_course
from tests.queries import count_page_queries
from tests.ui.markup import read_markup

pytestmark = pytest.mark.django_db
CATALOGUE = "/cursos/"


def row(words: str, *, topic: str = "integridad", minutes: int = 60) -> CatalogueRow:
    return CatalogueRow("c", words, "", "/", topic, "", "", "", minutes, (), words)


@pytest.fixture
def shelf() -> None:
    """Three courses that differ in words and topic."""
    create_released_course(code="etica", title="Ética pública", topic="integridad")
    create_released_course(
        code="datos", title="Datos abiertos", topic="datos", summary="Publica tus planillas."
    )
    create_released_course(code="claro", title="Lenguaje claro", topic="lenguaje-claro")


def titles(client: Client, **asked: object) -> list[str]:
    response = client.get(CATALOGUE, asked)
    assert response.status_code == 200
    return [e.text.strip() for e in read_markup(response.content.decode()).all("a") if "h3" in e.inside]


@pytest.mark.parametrize("search", ["ETICA", "ética", "publica etica", "éti", "e\u0301tica"])
def test_search_ignores_accents_and_case(search: str) -> None:
    assert filter_catalogue(rows=[row("Ética pública")], query=CatalogueQuery(search))


@pytest.mark.parametrize("search", ["conflictos", "conflicto", "regalo", "regalos"])
def test_a_plural_finds_its_singular_and_back(search: str) -> None:
    assert filter_catalogue(rows=[row("Un conflicto y sus regalos")], query=CatalogueQuery(search))


def test_every_word_must_be_there() -> None:
    assert not filter_catalogue(rows=[row("Ética pública")], query=CatalogueQuery("ética cocina"))


@pytest.mark.parametrize(("longest", "found"), [(59, 0), (60, 1), (None, 1)])
def test_length_is_at_most_what_was_asked(longest: int | None, found: int) -> None:
    assert len(filter_catalogue(rows=[row("x")], query=CatalogueQuery(longest=longest))) == found


@pytest.mark.usefixtures("shelf")
class TestPage:
    def test_catalogue_shows_every_course(self, client: Client) -> None:
        assert titles(client) == ["Ética pública", "Datos abiertos", "Lenguaje claro"]

    def test_search_looks_into_titles_summaries_and_lessons(self, client: Client) -> None:
        assert titles(client, q="planillas") == ["Datos abiertos"]
        assert len(titles(client, q="la caja")) == 3

    def test_a_topic_filters(self, client: Client) -> None:
        assert titles(client, tema="datos") == ["Datos abiertos"]

    def test_two_topics_add_up(self, client: Client) -> None:
        assert titles(client, tema=["datos", "integridad"]) == ["Ética pública", "Datos abiertos"]

    def test_search_and_topic_narrow_together(self, client: Client) -> None:
        assert titles(client, q="etica", tema="datos") == []

    @pytest.mark.parametrize(
        "asked",
        [{"tema": "cocina"}, {"duracion": "mil"}, {"duracion": "-1"}, {"duracion": ["120", "x"]}, {"x": "1"}],
    )
    def test_unknown_values_are_ignored(self, client: Client, asked: dict) -> None:
        assert len(titles(client, **asked)) == 3

    def test_a_null_byte_does_no_harm(self, client: Client) -> None:
        assert titles(client, q="eti\x00ca", tema="da\x00tos", duracion="\x00") == ["Ética pública"]

    def test_ten_thousand_characters_do_no_harm(self, client: Client) -> None:
        response = client.get(CATALOGUE, {"q": "á" * 10_000})
        assert response.status_code == 200
        assert len(response.context["request"].GET["q"]) == 10_000
        assert read_markup(response.content.decode()).with_id("q").attrs["value"] == "á" * 100

    def test_a_script_in_the_search_is_only_text(self, client: Client) -> None:
        assert b"<script>x" not in client.get(CATALOGUE, {"q": '"><script>x'}).content

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        assert "Ningún curso coincide" in client.get(CATALOGUE, {"q": "cocina"}).content.decode()

    def test_what_was_asked_stays_in_the_form(self, client: Client) -> None:
        markup = read_markup(client.get(CATALOGUE, {"q": "etica", "tema": "datos"}).content.decode())
        chosen = [
            e.attrs["value"]
            for e in markup.all("input")
            if "checked" in e.attrs and e.attrs.get("name") == "tema"
        ]
        assert chosen == ["datos"]
        assert markup.with_id("q").attrs["value"] == "etica"


def test_an_empty_catalogue_is_a_page(client: Client) -> None:
    create_catalogue()
    assert titles(client) == []


def test_a_course_without_version_is_not_listed(client: Client) -> None:
    create_course()
    assert titles(client) == []


def test_a_withdrawn_course_is_not_listed(client: Client) -> None:
    create_released_course(code="etica").unpublish()
    assert titles(client) == []


def cost_of_catalogue(client: Client) -> int:
    cache.clear()
    client.get(CATALOGUE)
    return count_page_queries(client, CATALOGUE)


@pytest.mark.usefixtures("cache_of_production")
def test_more_courses_cost_no_more_queries(client: Client) -> None:
    for number in range(2):
        create_released_course(code=f"curso-{number}")
    few = cost_of_catalogue(client)
    for number in range(2, 12):
        create_released_course(code=f"curso-{number}")
    assert cost_of_catalogue(client) == few


def test_rows_take_their_minutes_from_the_version() -> None:
    create_released_course(code="etica", commitments="1, 6")
    [found] = list_catalogue(pages=list_live_pages())
    assert (found.minutes, found.commitments, found.url) == (53, (1, 6), "/cursos/etica/")
