import yaml
from hypothesis import given
from hypothesis import strategies as st

from content_packs.manifest import ChannelsSection, LessonHead, OptionEntry, QuestionEntry, SourceEntry
from content_packs.sections import read_lesson, to_plain, write_lesson
from content_packs.yaml_lines import dump, load

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=40
)
paragraphs = st.lists(texts, min_size=1, max_size=3).map("\n\n".join)


@given(
    data=st.dictionaries(
        st.sampled_from(["a", "b", "c"]), paragraphs | st.integers() | st.booleans(), min_size=1
    )
)
def test_what_we_write_reads_back_the_same(data: dict) -> None:
    assert load(dump(data), file="x").data == data


@given(
    data=st.dictionaries(
        st.sampled_from(["a", "b", "c"]), paragraphs | st.integers() | st.dates(), min_size=1
    )
)
def test_our_reader_agrees_with_plain_yaml(data: dict) -> None:
    assert load(dump(data), file="x").data == yaml.safe_load(dump(data))


def test_every_value_knows_its_line() -> None:
    located = load("a: 1\nb:\n  - c: 2\n  - d: 3\n", file="x", first_line=10)
    assert [located.line_of(path) for path in (("a",), ("b", 0, "c"), ("b", 1, "d"), ("b", 1, "z"))] == [
        10,
        12,
        13,
        13,
    ]


def test_several_lines_are_written_as_a_block() -> None:
    assert dump({"a": "uno\n\ndos", "b": [{"c": "x"}]}) == "a: |-\n  uno\n\n  dos\nb:\n  - c: x\n"


def test_defaults_are_not_written() -> None:
    entry = QuestionEntry(
        key="p1", competence="A", difficulty=1, kind="single", stem="x",
        options=[OptionEntry(text="a", feedback="b"), OptionEntry(text="c", feedback="d", correct=True)],
        source=SourceEntry(note="n"),
    )  # fmt: skip
    plain = to_plain(entry)
    assert "review" not in plain
    assert plain["options"] == [
        {"text": "a", "feedback": "b"},
        {"text": "c", "feedback": "d", "correct": True},
    ]


def test_a_lesson_reads_back_as_it_was_written() -> None:
    head = LessonHead(code="m1-l1", title="a: b", summary="x", activity_minutes=1)
    text = write_lesson(head, [("text", "Uno.\n\n- dos"), ("channels", ChannelsSection())])
    lesson = read_lesson(text, file="x")
    assert lesson.head == head
    assert [(s.kind, s.text) for s in lesson.sections] == [("text", "Uno.\n\n- dos"), ("channels", "")]
