"""A task that does nothing, in the place of one whose work a test does itself."""


class no_task:  # noqa: N801 - stands where a task stands
    """Has the one method that services call."""

    @staticmethod
    def enqueue(*args: object) -> None:
        return None
