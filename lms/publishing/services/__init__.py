"""All writes of publishing. Import from here, not from the topic files."""

from lms.publishing.services.releases import release_changed_plans, release_data

__all__ = ["release_changed_plans", "release_data"]
