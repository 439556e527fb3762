"""What leaves the plan. Import from here, not from the topic files."""

from lms.publishing.views.catalogue import catalogue_json, catalogue_rdf
from lms.publishing.views.data import current_file, data_home, datapackage, plan_data, plan_file
from lms.publishing.views.embeds import badge, chart, embed_page, picture
from lms.publishing.views.feed import feed, plan_feed
from lms.publishing.views.papers import commitment_sheet, half_year_report, reports, self_assessment
from lms.publishing.views.releases import make_release, release, released_file

__all__ = [
    "badge",
    "catalogue_json",
    "catalogue_rdf",
    "chart",
    "commitment_sheet",
    "current_file",
    "data_home",
    "datapackage",
    "embed_page",
    "feed",
    "half_year_report",
    "make_release",
    "picture",
    "plan_data",
    "plan_feed",
    "plan_file",
    "release",
    "released_file",
    "reports",
    "self_assessment",
]
