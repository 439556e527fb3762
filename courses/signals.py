"""What courses ask of whoever knows the people in them."""

from django.dispatch import Signal

course_restructured = Signal()
"""A new version would ask for something else. Sent with ``course_id``, by the class ``Course``.

A receiver that answers True holds it until an author decides what becomes of the people in it
(``courses.services.deciding``). Without receivers nothing is held.
"""
