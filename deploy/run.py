#!/usr/bin/env python3
"""What ``make`` calls: sets up, runs the demonstration, runs the tests.

Needs only Python. This file stays readable for older versions of it, so that they are told what is
missing; everything else is in ``deploy/steps``.
"""

import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def use_suitable_python():
    """Goes on with another Python of this machine where the present one does not fit."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)  # noqa: UP031
        if other and subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(other, [other] + sys.argv)  # noqa: S606, RUF005
    sys.exit(
        "Se necesita Python 3.11, 3.12 o 3.13; este es %s. "  # noqa: UP031
        "Instálalo (en Debian o Ubuntu: apt install python3 python3-venv) y repite la orden."
        % sys.version.split()[0]
    )


if __name__ == "__main__":
    use_suitable_python()
    from steps.main import main

    sys.exit(main(sys.argv[1:]))
