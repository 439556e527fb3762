"""What is wrong with what was sent, and where."""


class InvalidValueError(ValueError):
    """A value breaks a rule. ``path`` starts at ``$`` and names the field; ``reason`` is a sentence."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def under(self, prefix: str) -> "InvalidValueError":
        """The same fault seen from one level up."""
        return InvalidValueError(self.reason, prefix + self.path)

    def __str__(self) -> str:
        return f"${self.path}: {self.reason}"
