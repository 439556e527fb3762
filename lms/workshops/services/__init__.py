"""All writes of workshops, one topic per module."""

from lms.workshops.services.demo import make_demo_sessions

__all__ = ["make_demo_sessions"]
