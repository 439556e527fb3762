"""Where pages are in the site, for lists of them."""

from collections.abc import Iterable

from wagtail.models import Page


class _Roots:
    """Stands where Wagtail takes a request, to keep there the roots of the site that it looked up."""


def page_paths(pages: Iterable[Page]) -> dict[int, str]:
    """The paths of pages by id; without those that no site serves. The cache is asked once for all.

    ``page.url`` asks it for each page, which in production is a query.
    """
    roots = _Roots()
    found = {page.pk: page.get_url_parts(roots) for page in pages}
    return {pk: parts[2] for pk, parts in found.items() if parts and parts[2]}
