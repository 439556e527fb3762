from django.template.loader import render_to_string

from lms.ui.views import ExampleForm
from tests.ui.markup import Markup, read_markup


def _fields(form: ExampleForm) -> Markup:
    return read_markup(render_to_string("components/form_fields.html", {"form": form}))


def _field(name: str, form: ExampleForm, **parameters: object) -> Markup:
    return read_markup(render_to_string("components/form_field.html", {"field": form[name], **parameters}))


def test_every_control_has_a_label() -> None:
    markup = _fields(ExampleForm())
    assert all(markup.name_of(control) for control in markup.visible_controls)


def test_hint_stands_before_the_control_and_describes_it() -> None:
    markup = _field("name", ExampleForm())
    control = markup.visible_controls[0]
    hint = markup.with_id(control.attrs["aria-describedby"])
    assert markup.elements.index(hint) < markup.elements.index(control)


def test_own_hint_replaces_that_of_the_form() -> None:
    markup = _field("name", ExampleForm(), hint="Otra ayuda.")
    assert markup.with_id("id_name_helptext").text == "Otra ayuda."


def test_error_describes_its_control() -> None:
    control = (markup := _field("email", ExampleForm({"email": "mal"}))).visible_controls[0]
    assert control.attrs["aria-invalid"] == "true"
    assert "correo" in markup.with_id(control.attrs["aria-describedby"]).text.lower()


def test_error_of_a_group_describes_the_group() -> None:
    markup = _field("mode", ExampleForm({}))
    group = markup.all("fieldset")[0]
    assert markup.with_id(group.attrs["aria-describedby"]).text.strip()


def test_placeholder_never_stands_in_for_a_label() -> None:
    form = ExampleForm()
    form.fields["name"].widget.attrs["placeholder"] = "Nombre"
    assert "placeholder" not in _field("name", form).visible_controls[0].attrs


def test_optional_field_says_so() -> None:
    markup = _field("comment", ExampleForm())
    assert "(opcional)" in markup.all("label")[0].text


def test_summary_links_to_every_field_with_an_error() -> None:
    markup = _fields(ExampleForm({}))
    links = [link.attrs["href"].removeprefix("#") for link in markup.all("a")]
    assert len(links) == 5
    assert all(markup.with_id(link) for link in links)


def test_summary_takes_the_focus() -> None:
    summary = next(e for e in _fields(ExampleForm({})).elements if "data-error-summary" in e.attrs)
    assert (summary.attrs["tabindex"], summary.attrs["role"]) == ("-1", "alert")


def test_form_without_errors_has_no_summary() -> None:
    assert not any("data-error-summary" in e.attrs for e in _fields(ExampleForm()).elements)


def test_error_of_the_whole_form_is_in_the_summary() -> None:
    form = ExampleForm({})
    form.add_error(None, "Eso ya está tomado.")
    assert any("Eso ya está tomado." in e.text for e in _fields(form).all("li"))
