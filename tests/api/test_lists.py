"""Pages: complete, stable while others write, of constant cost; and what is wrong with a request."""

from datetime import datetime
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.people.models import Institution, Person, Posting, Unit
from lms.progress.models import TrainingRequirement
from lms.progress.services.assigned import follow_people
from tests.api.asking import BASE, Program, program
from tests.api.conftest import hire
from tests.factories.learning import make_learner
from tests.factories.people import UnitFactory
from tests.personas import Personas
from tests.queries import count_queries

Lists = dict[str, str]


@pytest.fixture
def lists(requirement: TrainingRequirement) -> Lists:
    """Path and the field that tells rows apart."""
    return {
        "/people/": "id",
        f"/requirements/{requirement.public_id}/standings/": "person",
        "/institutions/AA900/units/": "code",
        "/completions/": "person",
        "/institutions/": "code",
        "/requirements/": "id",
    }


def fill(unit: Unit, count: int, at: datetime) -> list[Posting]:
    """People with something completed, in units of their own."""
    postings = [hire(UnitFactory(institution=unit.institution)) for _ in range(count)]
    follow_people(person_ids=[posting.person_id for posting in postings], at=at)
    for posting in postings:
        make_learner(person=posting.person, at=at, posting=posting).complete(at)
    return postings


def test_small_pages_give_what_one_large_page_gives(
    hr: Program, lists: Lists, unit: Unit, at: datetime
) -> None:
    fill(unit, 4, at)
    for path in lists:
        whole = hr.get(path, limit=1000)
        assert whole["next"] is None
        for limit in (1, 2, 3):
            assert hr.rows(path, limit=limit) == whole["items"], path


def test_what_others_write_meanwhile_neither_repeats_nor_hides_rows(
    hr: Program, lists: Lists, unit: Unit, at: datetime
) -> None:
    people = fill(unit, 6, at)
    pages = hr.pages("/people/", limit=2)
    seen = [row["id"] for row in next(pages)["items"]]
    Person.objects.filter(public_id=seen[0]).update(given_names="Aaa")
    Posting.objects.filter(person__public_id=seen[1]).update(valid_until=datetime(2026, 1, 1).date())
    hire(unit)
    seen += [row["id"] for page in pages for row in page["items"]]
    assert len(seen) == len(set(seen))
    assert {str(posting.person.public_id) for posting in people} <= set(seen)


@pytest.mark.parametrize("since", ["", "2026-11-01T00:00:00Z"])
def test_the_cost_of_a_page_does_not_grow_with_its_rows(
    hr: Program, lists: Lists, unit: Unit, at: datetime, since: str
) -> None:
    fill(unit, 3, at)
    query = {"since": since} if since else {}
    paths = [path for path in lists if not since or path.endswith(("people/", "standings/", "completions/"))]

    def cost() -> dict[str, int]:
        for path in paths:  # what has been noted once is not noted again
            hr.get(path, limit=1000, **query)
        return {path: count_queries(lambda path=path: hr.get(path, limit=1000, **query)) for path in paths}

    few = cost()
    fill(unit, 27, at)
    many = cost()
    assert few == many
    assert max(few.values()) <= 11


def test_records_and_counts_cost_the_same_for_many(
    hr: Program, requirement: TrainingRequirement, unit: Unit, at: datetime, personas: Personas
) -> None:
    paths = [
        f"/requirements/{requirement.public_id}/",
        f"/requirements/{requirement.public_id}/counts/?by=unit",
        f"/people/{personas.ana.person.public_id}/",
    ]

    def cost() -> list[int]:
        return [count_queries(lambda path=path: hr.get(path)) for path in paths]

    hr.get("/institutions/")
    few = cost()
    follow_people(
        person_ids=[hire(UnitFactory(institution=unit.institution)).person_id for _ in range(30)], at=at
    )
    assert cost() == few


# --- Cursors --------------------------------------------------------------------------------------
def cursor_of(hr: Program, path: str = "/people/", **query: object) -> str:
    address: str = hr.get(path, limit=1, **query)["next"]
    return address.partition("cursor=")[2].replace("%3A", ":")


def test_a_cursor_serves_only_its_list_its_filters_and_its_token(
    hr: Program, other_hr: Program, lists: Lists, personas: Personas, place: Institution, at: datetime
) -> None:
    cursor = cursor_of(hr)
    assert hr.ask("/people/", cursor=cursor).status_code == 200
    assert hr.ask("/people/", cursor=cursor, limit=7).status_code == 200
    wrong = [
        hr.ask("/people/", cursor=cursor, unit="PER"),
        hr.ask("/people/", cursor=cursor, since="2026-11-01T00:00:00Z"),
        hr.ask("/completions/", cursor=cursor),
        other_hr.ask("/people/", cursor=cursor),
        program(personas.carla, at=at, institution=place, name="Otro").ask("/people/", cursor=cursor),
        hr.ask("/people/", cursor=cursor[:-1]),
        hr.ask("/people/", cursor="x:y"),
    ]
    assert {answer.status_code for answer in wrong} == {400}
    assert {answer.json()["type"] for answer in wrong} == {"http://testserver/api/v1/#invalid-cursor"}


# --- What is wrong --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("/people/", {"limit": "0"}, "query.limit"),
        ("/people/", {"limit": "1001"}, "query.limit"),
        ("/people/", {"limit": "mil"}, "query.limit"),
        ("/people/", {"limit": "9" * 400}, "query.limit"),
        ("/people/", {"unidad": "PER"}, "query.unidad"),
        ("/people/", {"estamento": "jefes"}, "query.estamento"),
        ("/people/", {"search": "a\x00b"}, "query.search"),
        ("/people/", {"unit": "x" * 201}, "query.unit"),
        ("/people/", {"since": "ayer"}, "query.since"),
        ("/people/", {"since": "2026-11-19"}, "query.since"),
        ("/people/", {"since": "2026-11-19T00:00:00"}, "query.since"),
        ("/people/", {"since": "0001-01-01T00:00:00+14:00"}, "query.since"),
        ("/people/", {"since": "9999-12-31T23:59:59-14:00"}, "query.since"),
        ("/people/", {"since": "1700000000"}, "query.since"),
        ("/requirements/{id}/standings/", {"on": "2026-02-30"}, "query.on"),
        ("/requirements/{id}/standings/", {"on": "20261120"}, "query.on"),
        ("/requirements/{id}/standings/", {"on": "0000-00-00"}, "query.on"),
        ("/requirements/{id}/standings/", {"standing": "3"}, "query.standing"),
        ("/requirements/{id}/counts/", {"by": "person"}, "query.by"),
        ("/requirements/{id}/counts/", {"limit": "3"}, "query.limit"),
    ],
)
def test_a_wrong_parameter_is_named(
    hr: Program, requirement: TrainingRequirement, path: str, query: dict[str, str], name: str
) -> None:
    answer = hr.ask(path.format(id=requirement.public_id), **query)
    assert answer.status_code == 400
    body = answer.json()
    assert body["type"] == "http://testserver/api/v1/#invalid-request"
    assert [error["name"] for error in body["errors"]] == [name]
    assert body["errors"][0]["detail"].endswith(".")


@pytest.mark.parametrize(
    "since",
    [
        "2026-11-19T00:00:00Z",
        "2026-11-19T00:00:00.123456Z",
        "2026-11-19T00:00+00:00",
        "2026-11-19T00:00:00-03:00",
    ],
)
def test_instants_are_read_with_their_zone_even_if_the_plus_was_not_escaped(hr: Program, since: str) -> None:
    assert hr.client.get(f"{BASE}/people/?since={since}").status_code == 200


def test_what_we_did_not_foresee_is_a_problem_and_is_reported(
    hr: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError("secreto")

    monkeypatch.setattr("lms.api.routes.places.list_institutions", fail)
    client = hr.client
    with pytest.raises(RuntimeError):
        client.get(f"{BASE}/institutions/")
    client.raise_request_exception = False
    answer = client.get(f"{BASE}/institutions/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secreto" not in answer.content.decode()


def test_a_forged_host_is_refused(hr: Program, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]
    answer = hr.client.get(f"{BASE}/people/", headers={"Host": "otro.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


PATHS = [
    "/institutions/", "/institutions/{0}/units/", "/people/", "/people/{0}/", "/requirements/", "/requirements/{0}/",
    "/requirements/{1}/standings/", "/requirements/{1}/counts/", "/completions/", "/rosters/", "/rosters/{0}/",
    "/rosters/{0}/apply/", "/{0}/",
]  # fmt: skip
NAMES = [
    "limit", "cursor", "since", "on", "by", "unit", "estamento", "legal_quality", "search", "standing", "course",
    "institution", "roster_date", "otro",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.dates().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
    st.sampled_from(["", "\x00", "%", "1e400", "-0", "NaN", "null", "AA900", "PER", "late", "unit", "x:y:z"]),
)


@pytest.mark.parametrize("number", range(len(PATHS)))
def test_no_request_breaks_it(
    hr: Program, requirement: TrainingRequirement, settings_for_many_calls: None, number: int
) -> None:
    client = hr.client

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=4),
        st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=20),
        st.one_of(st.binary(max_size=200), st.text(max_size=60).map(str.encode)),
        st.sampled_from(["application/json", "text/csv", "text/plain", "application/xml; charset=no"]),
        st.dictionaries(
            st.sampled_from(
                ["Idempotency-Key", "Accept", "Content-Encoding", "If-None-Match", "X-Forwarded-For"]
            ),
            st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20),
        ),
    )
    def ask(query: dict[str, str], word: str, body: bytes, kind: str, headers: dict[str, str]) -> None:
        path = PATHS[number].format(word, requirement.public_id)
        answers = [
            client.get(f"{BASE}{quote(path)}", query, headers=headers),
            client.generic(
                "POST", f"{BASE}{quote(path)}?{urlencode(query)}", body, content_type=kind, headers=headers
            ),
        ]
        for answer in answers:
            assert answer.status_code < 500
            kinds = ("application/json", "application/problem+json")
            assert answer["Content-Type"].startswith(kinds), answer.content
            if answer.status_code >= 400:
                assert answer.json()["status"] == answer.status_code

    ask()


@pytest.fixture
def settings_for_many_calls(settings: object) -> None:
    settings.API_PER_MINUTE = 10**9  # type: ignore[attr-defined]
