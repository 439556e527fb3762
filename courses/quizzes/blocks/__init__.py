"""The forms in which authors write questions, one for each kind."""

from courses.quizzes.blocks.composed import QuestionAnswerBlock

__all__ = ["QuestionAnswerBlock"]
