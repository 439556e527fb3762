import threading
import uuid

import pytest
from django.db import connection

from certificates.models import Certificate
from tests.certificates.samples import issue


@pytest.mark.django_db(transaction=True)
def test_two_threads_that_certify_one_completion_get_the_same_certificate() -> None:
    fact_key = uuid.uuid4()
    start = threading.Barrier(2)
    codes: list[str] = []

    def certify() -> None:
        try:
            start.wait(timeout=10)
            codes.append(issue(fact_key=fact_key).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=certify) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert codes == [Certificate.objects.get().code] * 2
    assert Certificate.objects.get().pdf_status == Certificate.PdfStatus.READY
