"""Each interaction, and the ways in which systems write down points and feedback."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti import read_qti
from courses.quizzes.rules import Flaw, QuestionKind
from courses.quizzes.rules.kinds.matching import Pair
from courses.quizzes.rules.kinds.short_text import Variant
from tests.courses.formats.qti_made import (
    choice,
    condition,
    item,
    manifest,
    mapping,
    read_one,
    refused_one,
    response,
    zipped,
)

TEXT = '<p>¿Qué?</p><p><textEntryInteraction responseIdentifier="R"/></p>'
MANY = 'shuffle="true" maxChoices="0"'
ENTRY = '<variable identifier="R"/><baseValue baseType="float">{}</baseValue>'
KEYED = '<variable identifier="R"/><correct identifier="R"/>'


def value(text: str) -> str:
    return f'<match><variable identifier="R"/><baseValue baseType="identifier">{text}</baseValue></match>'


def rights(question) -> list[bool]:
    return [option.correct for option in question.body.options]


def test_choice_without_processing_goes_by_its_key() -> None:
    question = read_one(item(choice("Sí", "No"), declared=response("B")))
    assert (question.kind, rights(question)) == (QuestionKind.SINGLE, [False, True])


def test_choice_that_is_not_mixed_stays_in_order() -> None:
    question = read_one(item(choice("Sí", "No", more='maxChoices="1"'), declared=response("A")))
    assert question.body.shuffle is False


def test_choice_whose_points_are_written_out_goes_by_them() -> None:
    rules = condition(value("A"), 2) + condition(value("C"), 1)
    question = read_one(item(choice("a", "b", "c"), declared=response(), rules=rules))
    assert [way.percent for way in question.body.ways] == [100, 0, 50]


def test_choice_with_one_mapped_option_is_no_judgement() -> None:
    declared = response(mapping=mapping(("A", 3), ("B", 0)))
    question = read_one(item(choice("a", "b"), declared=declared, template="map_response"))
    assert question.kind is QuestionKind.SINGLE
    assert question.adapted == ()


def test_option_pinned_in_the_middle_is_told() -> None:
    body = choice("a", "b", "c").replace('identifier="B"', 'identifier="B" fixed="true"')
    assert read_one(item(body, declared=response("A"))).adapted == (Adapted.SHUFFLE_REPLACED,)


def test_multiple_mapped_as_ours_is_not_adapted() -> None:
    shares = mapping(("A", 0.5), ("B", 0.5), ("C", -1), lowerBound=0)
    declared = response("A", "B", cardinality="multiple", mapping=shares)
    question = read_one(item(choice("a", "b", "c", more=MANY), declared=declared, template="map_response"))
    assert (question.kind, question.adapted) == (QuestionKind.MULTIPLE, ())


@pytest.mark.parametrize("template", ["match_correct", "map_response"])
def test_multiple_with_other_points_gets_ours(template: str) -> None:
    declared = response("A", "B", cardinality="multiple", mapping=mapping(("A", 2), ("B", 1)))
    question = read_one(item(choice("a", "b", "c", more=MANY), declared=declared, template=template))
    assert rights(question) == [True, True, False]
    assert question.adapted == (Adapted.CREDIT_REPLACED,)


def test_multiple_with_one_right_is_a_choice_of_one() -> None:
    declared = response("A", cardinality="multiple")
    question = read_one(item(choice("a", "b", more=MANY), declared=declared))
    assert (question.kind, question.adapted) == (QuestionKind.SINGLE, (Adapted.CREDIT_REPLACED,))


def test_choice_without_a_key_cannot_be_asked() -> None:
    refused = refused_one(item(choice("a", "b"), declared=response()))
    assert (refused.refusal, refused.flaws) == (Refusal.CANNOT_BE_ASKED, (Flaw.ONE_CORRECT,))


def test_feedback_of_anything_but_the_key_goes_to_a_wrong_number() -> None:
    test = f'<not><equal toleranceMode="exact">{KEYED}</equal></not>'
    said = '<modalFeedback outcomeIdentifier="F" identifier="mal" showHide="show">Otra vez</modalFeedback>'
    named = '<baseValue baseType="identifier">mal</baseValue>'
    rules = condition(f'<equal toleranceMode="exact">{KEYED}</equal>') + condition(
        test, outcome="F", value=named
    )
    question = read_one(item(TEXT, declared=response("7", base="integer"), rules=rules, after=said))
    assert (question.body.feedback_wrong, question.adapted) == ("Otra vez", ())


@pytest.mark.parametrize(
    ("test", "expected", "adapted"),
    [
        (f'<equal toleranceMode="absolute" tolerance="2">{KEYED}</equal>', (10, 2), ()),
        (f'<equal toleranceMode="relative" tolerance="10 10">{KEYED}</equal>', (10, 1), ()),
        (f'<equal toleranceMode="absolute" tolerance="1 3">{KEYED}</equal>', (11, 2), (Adapted.RANGE_AS_TOLERANCE,)),
        (f"<and><gte>{ENTRY.format(8)}</gte><lte>{ENTRY.format(9)}</lte></and>", ("8.5", "0.5"), (Adapted.RANGE_AS_TOLERANCE,)),
        (f'<equalRounded roundingMode="decimalPlaces" figures="1">{KEYED}</equalRounded>', (10, "0.05"), (Adapted.RANGE_AS_TOLERANCE,)),
        (f'<equalRounded roundingMode="significantFigures" figures="2">{KEYED}</equalRounded>', (10, "0.5"), (Adapted.RANGE_AS_TOLERANCE,)),
    ],
)  # fmt: skip
def test_tolerance_of_a_number_is_kept(test: str, expected: tuple, adapted: tuple) -> None:
    question = read_one(item(TEXT, declared=response("10", base="float"), rules=condition(test)))
    assert (question.body.value, question.body.tolerance) == tuple(map(Decimal, expected))
    assert question.adapted == adapted


@pytest.mark.parametrize("key", ["mil", "1e99999999", "NaN", ""])
def test_number_that_is_none_is_refused(key: str) -> None:
    assert refused_one(item(TEXT, declared=response(key, base="float"))).refusal is Refusal.BROKEN


def test_text_minds_capitals_only_where_it_says_so() -> None:
    strict = response(base="string", mapping=mapping(("IRM", 1), case="true"))
    assert read_one(item(TEXT, declared=strict)).body.with_case is True
    assert read_one(item(TEXT, declared=response("IRM", base="string"))).body.with_case is False


def test_text_takes_what_a_pattern_says_with_asterisks() -> None:
    test = '<patternMatch pattern="lob.*"><variable identifier="R"/></patternMatch>'
    question = read_one(item(TEXT, declared=response("lobby", base="string"), rules=condition(test)))
    assert question.body.variants == (Variant("lobby"), Variant("lob*"))


def test_text_leaves_out_other_patterns() -> None:
    test = '<patternMatch pattern="(a+)+$"><variable identifier="R"/></patternMatch>'
    question = read_one(item(TEXT, declared=response("lobby", base="string"), rules=condition(test)))
    assert question.adapted == (Adapted.PATTERN_LEFT_OUT,)


def test_match_begins_with_the_side_whose_partners_are_single() -> None:
    sides = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{name}">{name}</simpleAssociableChoice>' for name in names
        )
        + "</simpleMatchSet>"
        for names in ("AB", "XYZ")
    )
    body = f'<p>Une.</p><matchInteraction responseIdentifier="R">{sides}</matchInteraction>'
    declared = response("A X", "A Y", "B Z", cardinality="multiple", base="directedPair")
    assert read_one(item(body, declared=declared)).body.pairs == (
        Pair("X", "A"),
        Pair("Y", "A"),
        Pair("Z", "B"),
    )
    crossed = response("A X", "A Y", "B Y", "B Z", cardinality="multiple", base="directedPair")
    assert refused_one(item(body, declared=crossed)).refusal is Refusal.CANNOT_BE_ASKED


def test_interactions_without_their_own_prompt_are_refused() -> None:
    body = choice("a", "b") + choice("c", "d", name="S", prompt="")
    declared = response("A") + response("A", name="S")
    assert refused_one(item(body, declared=declared)).refusal is Refusal.NO_TEXT


def test_text_that_looks_like_a_gap_is_none() -> None:
    body = '<p>{{1}} <textEntryInteraction responseIdentifier="R"/> <textEntryInteraction responseIdentifier="S"/></p>'
    declared = response("a", base="string") + response("b", name="S", base="string")
    question = read_one(item(body, declared=declared))
    assert question.body.text == "{ {1}} {{1}} {{2}}"
    assert question.stem == "Un título"


@pytest.mark.parametrize(("points", "adapted"), [(1, ()), (3, (Adapted.WEIGHT_LEFT_OUT,))])
def test_parts_that_count_differently_are_told(points: int, adapted: tuple) -> None:
    other = '<match><variable identifier="S"/><correct identifier="S"/></match>'
    rules = condition(f"<match>{KEYED}</match>") + condition(other, points)
    body = "<p>Caso</p>" + choice("a", "b") + choice("c", "d", name="S")
    question = read_one(item(body, declared=response("A") + response("A", name="S"), rules=rules))
    assert (question.kind, question.adapted) == (QuestionKind.CASE, adapted)


def test_gaps_that_nobody_sees_are_refused() -> None:
    body = '<feedbackBlock identifier="f"><textEntryInteraction responseIdentifier="R"/>'
    body += '<textEntryInteraction responseIdentifier="S"/></feedbackBlock>'
    assert refused_one(item(body, declared=response("a", base="string"))).refusal is Refusal.BROKEN


def test_scripts_in_texts_vanish() -> None:
    question = read_one(
        item("<p>Uno</p><script>alert(1)</script>" + choice("a", "b"), declared=response("A"))
    )
    assert question.stem == "Uno\n\n¿Cuál?"


def test_choice_that_is_only_a_picture_is_refused() -> None:
    refused = refused_one(item(choice('<object data="a.png"/>', "b"), declared=response("A")))
    assert refused.refusal is Refusal.NEEDS_A_PICTURE


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("hotspotInteraction", Refusal.NEEDS_A_PICTURE),
        ("selectPointInteraction", Refusal.NEEDS_A_PICTURE),
        ("graphicGapMatchInteraction", Refusal.NEEDS_A_PICTURE),
        ("customInteraction", Refusal.NEEDS_A_SCRIPT),
        ("mediaInteraction", Refusal.UNKNOWN_KIND),
        ("drawingInteraction", Refusal.UNKNOWN_KIND),
        ("uploadInteraction", Refusal.UNKNOWN_KIND),
    ],
)
def test_interaction_that_we_have_not_is_refused(name: str, refusal: Refusal) -> None:
    assert (
        refused_one(item(f"<p>¿?</p><{name} responseIdentifier='R'/>", declared=response())).refusal
        is refusal
    )


def test_item_without_interactions_is_refused() -> None:
    assert refused_one(item("<p>Bienvenida</p>")).refusal is Refusal.UNKNOWN_KIND


def test_item_that_calculates_is_refused() -> None:
    declared = response("A") + '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/>'
    assert refused_one(item(choice("a", "b"), declared=declared)).refusal is Refusal.CALCULATED


def test_item_that_only_a_program_scores_is_refused() -> None:
    rules = '<setOutcomeValue identifier="SCORE"><customOperator class="x"/></setOutcomeValue>'
    assert (
        refused_one(item(choice("a", "b"), declared=response(), rules=rules)).refusal
        is Refusal.NEEDS_A_SCRIPT
    )


@pytest.mark.parametrize(
    ("identifier", "key"),
    [("Q-1", "q-1"), ("_2024-plan", "2024-plan"), ("a_b", ""), ("x" * 61, ""), ("á", "")],
)
def test_identifier_is_the_key_where_it_fits(identifier: str, key: str) -> None:
    data = item(choice("a", "b"), declared=response("A"), identifier=identifier)
    assert read_one(data).key == key


def test_broken_item_is_refused_alone() -> None:
    good = item(choice("a", "b"), declared=response("A"))
    data = zipped(
        {"imsmanifest.xml": manifest("a.xml", "b.xml", "c.xml"), "a.xml": "<assessmentItem>", "b.xml": good}
    )
    file = read_qti(data)
    assert [question.key for question in file.questions] == ["p-1"]
    assert [refused.refusal for refused in file.refused] == [Refusal.BROKEN, Refusal.BROKEN]


def test_package_in_a_folder_is_found() -> None:
    good = item(choice("a", "b"), declared=response("A"))
    data = zipped({"curso/imsmanifest.xml": manifest("un%20item.xml"), "curso/un item.xml": good})
    assert read_one(data).key == "p-1"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_item_in_another_encoding_is_read(encoding: str) -> None:
    text = item(choice("años", "días"), declared=response("A")).decode()
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    data = f'<?xml version="1.0" encoding="{name}"?>{text}'.encode(encoding)
    assert read_one(data).body.options[0].text == "años"
