import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from lms.jobs import processes


def test_own_process_is_not_dead() -> None:
    assert not processes.is_dead(processes.own_identity())


def test_ended_process_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
        ended = dataclasses.replace(processes.own_identity(), pid=child.pid)
    assert processes.is_dead(ended)


def test_later_process_with_the_same_number_is_not_taken_for_the_worker() -> None:
    predecessor = dataclasses.replace(processes.own_identity(), nonce="1")
    # Without /proc nobody knows when a process began, and nothing is claimed.
    assert processes.is_dead(predecessor) is Path("/proc/self/stat").exists()


def test_worker_whose_beginning_is_unknown_is_not_dead_while_its_number_runs() -> None:
    assert not processes.is_dead(dataclasses.replace(processes.own_identity(), nonce=""))


def test_nothing_is_claimed_about_another_machine() -> None:
    elsewhere = dataclasses.replace(processes.own_identity(), host="elsewhere", pid=2**22)
    assert not processes.is_dead(elsewhere)


def test_identity_fits_the_column_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "long-name." * 20)
    assert len(processes.own_identity().as_text()) <= 64
