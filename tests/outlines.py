"""A small course as an outline, for rules that need no database."""

from courses.outline import (
    AssessmentRule,
    CompletionRule,
    CourseOutline,
    DrawSpec,
    ModuleSpec,
    UnitKind,
    UnitSpec,
)

RULE = AssessmentRule(
    pass_percent=70, attempts=3, wait_hours=24, blueprint=(DrawSpec("INT-1", 2), DrawSpec("INT-2", 1))
)


def small_outline(
    *, completion: CompletionRule | None = None, assessment: AssessmentRule | None = RULE
) -> CourseOutline:
    """Two lessons, a dilemma and, with a rule, the final assessment."""
    lessons = (
        UnitSpec("l1", UnitKind.LESSON, "Uno", 5, checks=("p1",)),
        UnitSpec("l2", UnitKind.LESSON, "Dos", 5),
        UnitSpec("l3", UnitKind.DILEMMA, "Tres", 10, dilemma="caso"),
    )
    modules = [ModuleSpec("m1", "Módulo", lessons)]
    if assessment:
        final = UnitSpec("final", UnitKind.ASSESSMENT, "Final", 6)
        modules.append(ModuleSpec("final", "Final", (final,)))
    return CourseOutline(
        code="curso",
        title="Curso",
        short_title="Curso",
        summary="",
        language="es",
        modules=tuple(modules),
        completion=completion or CompletionRule(True, assessment is not None, 1),
        assessment=assessment,
        certificate_months=24,
    )
