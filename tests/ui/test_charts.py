import pytest

from lms.ui.charts import Door, Part, arcade, bullet, door_arch, line_chart, mini, profile_line, qr, stacked
from tests.ui.markup import read_markup

NASTY = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "svg",
    [
        bullet(value=10, label=NASTY),
        stacked(parts=[Part("c-val", 1)], label=NASTY),
        line_chart(points=[1, 2], labels=[NASTY, NASTY], label=NASTY),
        line_chart(points=[1, 2], css=NASTY),
        arcade(doors=[Door(number=1, url=NASTY)]),
        qr(url="https://aula.example/", title=NASTY),
    ],
)
def test_chart_escapes_what_it_is_given(svg: str) -> None:
    assert "<script" not in svg
    assert not read_markup(svg).all("script")


def test_chart_with_label_is_an_image_with_that_name() -> None:
    svg = read_markup(bullet(value=64, target=80, label="Cobertura 64 por ciento")).all("svg")[0]
    assert (svg.attrs["role"], svg.attrs["aria-label"]) == ("img", "Cobertura 64 por ciento")


def test_chart_without_label_is_hidden_from_screen_readers() -> None:
    assert read_markup(bullet(value=64)).all("svg")[0].attrs["aria-hidden"] == "true"


def test_charts_carry_no_style_attribute() -> None:
    drawn = [
        bullet(value=64, target=80),
        stacked(parts=[Part("c-val", 1), Part("c-late", 2)]),
        line_chart(points=[1, 2], target=80),
        arcade(doors=[Door(1, "#", 64, 80)]),
        mini(number=1),
    ]
    assert "style=" not in "".join(drawn)


def test_bullet_is_as_wide_as_its_value() -> None:
    rects = read_markup(bullet(value=68.2, target=80)).all("rect")
    assert [rect.attrs["width"] for rect in rects] == ["100%", "68.2%"]


def test_bullet_marks_its_goal() -> None:
    line = read_markup(bullet(value=68.2, target=80)).all("line")[0]
    assert (line.attrs["x1"], line.attrs["x2"]) == ("80%", "80%")


def test_bullet_of_unknown_value_is_hatched_and_has_no_bar() -> None:
    markup = read_markup(bullet(value=None, target=80))
    assert "hatch" in markup.all("svg")[0].attrs["class"]
    assert not markup.all("rect")


def test_bullet_of_zero_is_not_hatched() -> None:
    markup = read_markup(bullet(value=0))
    assert "hatch" not in markup.all("svg")[0].attrs["class"]
    assert markup.all("rect")[1].attrs["width"] == "0%"


@pytest.mark.parametrize(("value", "width"), [(104, "100%"), (-3, "0%")])
def test_bullet_stays_inside_its_frame(value: float, width: str) -> None:
    assert read_markup(bullet(value=value)).all("rect")[1].attrs["width"] == width


def test_stacked_parts_fill_the_bar_one_after_another() -> None:
    rects = read_markup(stacked(parts=[("c-val", 50), ("c-run", 30), ("c-late", 20)])).all("rect")
    assert [(r.attrs["x"], r.attrs["width"]) for r in rects] == [
        ("0%", "50%"),
        ("50%", "30%"),
        ("80%", "20%"),
    ]


def test_stacked_leaves_out_an_empty_part() -> None:
    assert len(read_markup(stacked(parts=[("c-val", 5), ("c-run", 0)])).all("rect")) == 1


def test_stacked_with_nothing_to_divide_is_hatched() -> None:
    assert "hatch" in stacked(parts=[("c-val", 0)])


@pytest.mark.parametrize("part", [("red", 1), ("c-val", -1)])
def test_stacked_refuses_an_unknown_or_negative_part(part: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match="stacked bar"):
        stacked(parts=[part])


def test_line_chart_places_its_points() -> None:
    segment = read_markup(line_chart(points=[0, 50])).all("line")[-1]
    assert [segment.attrs[name] for name in ("x1", "y1", "x2", "y2")] == ["0%", "100%", "100%", "50%"]


def test_line_chart_leaves_a_gap_where_nothing_is_known() -> None:
    lines = [
        e for e in read_markup(line_chart(points=[1, 2, None, 4])).all("line") if e.attrs["class"] == "c-line"
    ]
    assert len(lines) == 1


def test_line_chart_writes_the_last_value_and_the_goal() -> None:
    texts = [e.text for e in read_markup(line_chart(points=[12, 68.2], target=80)).all("text")]
    assert "68\N{NO-BREAK SPACE}%" in texts
    assert "Meta 80\N{NO-BREAK SPACE}%" in texts


def test_line_chart_of_one_point_is_a_dot() -> None:
    markup = read_markup(line_chart(points=[12]))
    assert markup.all("circle")[0].attrs["cx"] == "100%"


@pytest.mark.parametrize("points", [[], [None, None]])
def test_line_chart_without_data_is_hatched(points: list[None]) -> None:
    assert "hatch" in line_chart(points=points)


def test_door_fills_from_the_floor() -> None:
    track, value, goal = read_markup(door_arch(door=Door(1, "#", 64, 80))).all("rect")
    assert (value.attrs["y"], value.attrs["height"]) == ("36%", "64%")
    assert goal.attrs["y"] == "20%"
    assert track.attrs["height"] == "100%"


@pytest.mark.parametrize(
    ("low", "high", "sure", "possible"),
    [(0, 5, ("100%", "0%"), ("95%", "5%")), (95, 100, ("5%", "95%"), ("0%", "5%"))],
)
def test_door_of_a_range_draws_what_is_possible_on_what_is_certain(
    low: int, high: int, sure: tuple[str, str], possible: tuple[str, str]
) -> None:
    arch = read_markup(door_arch(door=Door(1, "#", low, up_to_percent=high)))
    _track, value, span = arch.all("rect")
    assert (value.attrs["y"], value.attrs["height"]) == sure
    assert (span.attrs["class"], span.attrs["y"], span.attrs["height"]) == ("c-mid", *possible)
    assert arch.all("svg")[0].attrs["class"] == "arch"


def test_door_of_an_exact_figure_has_no_range() -> None:
    assert "c-mid" not in door_arch(door=Door(1, "#", 64, 80, up_to_percent=64))


def test_arcade_reads_a_range_in_its_words() -> None:
    door = Door(1, "/plan/1/", 0, up_to_percent=5, words="5\N{NO-BREAK SPACE}% o menos")
    link = read_markup(arcade(doors=[door])).all("a")[0]
    text = link.text.replace("\N{NO-BREAK SPACE}", " ")
    assert text == "Compromiso 1: cobertura 5 % o menos, sin meta publicada"


def test_door_without_figure_says_why_in_its_own_words() -> None:
    door = Door(1, "#", state="not_published", words="No se publica: menos de 10 personas")
    html = arcade(doors=[door])
    assert 'class="arch hatch"' in html
    assert "No se publica: menos de 10 personas" in html


def test_bullet_of_a_range_draws_what_is_possible_after_what_is_certain() -> None:
    _track, sure, possible = read_markup(bullet(value=95, up_to=100)).all("rect")
    assert (sure.attrs["width"], possible.attrs["x"], possible.attrs["width"]) == ("95%", "95%", "5%")


@pytest.mark.parametrize(
    ("state", "css", "words"),
    [
        ("no_information", "arch hatch", "sin información en el documento fuente"),
        ("no_goal", "arch open", "sin meta de formación"),
        ("not_published", "arch hatch", "no se publica"),
    ],
)
def test_door_without_figure_says_why(state: str, css: str, words: str) -> None:
    html = arcade(doors=[Door(6, "/plan/6/", state=state)])  # type: ignore[arg-type]
    assert f'class="{css}"' in html
    assert words in html


def test_arcade_reads_as_a_sentence() -> None:
    link = read_markup(arcade(doors=[Door(1, "/plan/1/", 64, 80)])).all("a")[0]
    assert link.text.replace("\N{NO-BREAK SPACE}", " ") == "Compromiso 1: cobertura 64 %, meta 80 %"


def test_arcade_shows_the_same_figures_as_its_doors() -> None:
    doors = [Door(n, "#", share, 80) for n, share in enumerate((64, 41.4, 0), start=1)]
    links = read_markup(arcade(doors=doors)).all("a")
    assert ["64" in links[0].text, "41" in links[1].text, "cobertura 0" in links[2].text] == [
        True,
        True,
        True,
    ]


def test_mini_lights_one_door_of_twelve() -> None:
    doors = read_markup(mini(number=3)).all("i")
    assert [index for index, door in enumerate(doors, start=1) if door.attrs.get("class") == "on"] == [3]
    assert len(doors) == 12


def test_qr_keeps_its_quiet_zone_of_four_modules() -> None:
    x, y, width, height = (
        read_markup(qr(url="https://aula.example/", title="QR")).all("svg")[0].attrs["viewbox"].split()
    )
    assert (x, y) == ("-4", "-4")
    assert width == height == "33"


def test_profile_line_draws_now_before_and_the_middle_of_others() -> None:
    svg = profile_line(value=60, before=40, middle=(20, 50, 70))

    assert '<circle class="c-dot" cx="60%"' in svg
    assert '<circle class="c-was" cx="40%"' in svg
    assert '<rect class="c-mid" x="20%" y="6" width="50%" height="12"/>' in svg
    assert '<line class="c-meta" x1="50%" x2="50%"' in svg


def test_profile_line_without_others_or_before_draws_only_now() -> None:
    svg = profile_line(value=60)

    assert "c-was" not in svg and "c-mid" not in svg and "c-meta" not in svg


def test_profile_line_of_unknown_value_is_hatched_and_has_no_dot() -> None:
    svg = profile_line(value=None, before=40)

    assert "hatch" in svg and "circle" not in svg
