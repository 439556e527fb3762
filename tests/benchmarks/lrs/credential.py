"""``python -m tests.benchmarks.lrs.credential``: makes one and prints key and secret."""

import sys

import django

django.setup()

from lms.lib import clock  # noqa: E402
from lms.xapi.platform import credential_keys  # noqa: E402
from lms.xapi.services.credentials import issue_credential  # noqa: E402

issued = issue_credential(name="medición", scopes=["all"], key=credential_keys()[0], at=clock.now())
sys.stdout.write(f"{issued.credential.key} {issued.secret}\n")
