"""The courses and the certificates, for everybody; and the door of the editor."""

from tests.access.building import COURSE
from tests.access.cases import (
    ADMINISTRATORS,
    AUTHORS,
    EDITORS,
    Case,
    by_code,
    of_bank,
    of_course_page,
    of_module_page,
    of_questions,
    open_to_all,
)

ROWS: dict[str, list[Case]] = {
    "certificates:verify_form": [open_to_all(200, 200)],
    "certificates:verify_json": [open_to_all(args=by_code)],
    "certificates:verify": [open_to_all(200, 200, args=by_code)],
    "wagtail_serve": [
        open_to_all(200, 200, path="/"),
        open_to_all(200, 200, path="/cursos/"),
        open_to_all(200, 200, path=f"/cursos/{COURSE}/"),
        open_to_all(404, 404, path="/no-existe/"),
    ],
    "set_language": [open_to_all(405, 302)],
    # --- The editor
    "wagtailadmin_home": [Case(EDITORS, asks_who_first=True)],
    "question_files:import": [Case(EDITORS, 200, 200, asks_who_first=True)],
    "question_files:upload": [Case(frozenset({"trainer"}), 200, 302, args=of_questions)],
    "question_files:sheet": [Case(EDITORS, asks_who_first=True)],
    "question_files:export": [Case(EDITORS, args=of_bank, asks_who_first=True)],
    "question_files:download": [
        Case(EDITORS, args=lambda world: {**of_bank(world), "format_code": "csv"}, asks_who_first=True),
    ],
    "authoring:start": [Case(EDITORS, 200, 200, asks_who_first=True)],
    "authoring:copy": [Case(EDITORS, 200, 200, args=of_module_page, asks_who_first=True)],
    "authoring:order": [Case(ADMINISTRATORS, 200, 302, args=of_course_page, sent_back=AUTHORS)],
    "authoring:publish": [Case(ADMINISTRATORS, 200, 302, args=of_course_page, sent_back=AUTHORS)],
    "authoring_help:index": [Case(EDITORS, asks_who_first=True)],
    "gestion/login/": [open_to_all(302, 302, path="/gestion/login/")],
    "gestion/password_reset/": [open_to_all(302, 302, path="/gestion/password_reset/")],
    "^gestion/password_reset/.*$": [open_to_all(302, 302, path="/gestion/password_reset/confirm/")],
    "_util/login/": [open_to_all(302, 302, path="/_util/login/")],
}
