"""Pictures of the platform, drawn beforehand."""

import gc
import warnings

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file


def make_picture(*sizes: str) -> int:
    """The id of a picture with these renditions (``"width-1000"``).

    Drawn here, because Wagtail leaves the file in which it draws to the collector, which warns.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        picture = get_image_model().objects.create(title="Plano", file=get_test_image_file())
        for size in sizes:
            picture.get_rendition(size)
        number: int = picture.pk
        del picture
        gc.collect()
    return number
