"""The site and who edits it. Import from here, not from the topic files."""

from lms.pages.services.site import set_up_site

__all__ = ["set_up_site"]
