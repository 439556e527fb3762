from tests.personas import personas

__all__ = ["personas"]
