"""Who acts on somebody's record: kept beside each act, and told to the person without a name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Author:
    """``role``: a value of ``people.Role``. ``label``: name and role, for the history of certificates."""

    user_id: int | None
    role: str
    institution_id: int
    label: str = ""
