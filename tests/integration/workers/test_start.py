"""What keeps a worker from starting."""

import os
import subprocess
import sys

import pytest


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({}, ""),
        ({"OMSAP_MAIL_URL": "smtp://user:swordfish@smtp.example.org"}, "OMSAP_MAIL_URL cannot be used"),
        ({"OMSAP_MAIL_FROM": "Omsap"}, "OMSAP_MAIL_FROM cannot be used"),
    ],
)
def test_worker_that_could_not_send_mail_says_so_as_it_starts(settings: dict[str, str], error: str) -> None:
    argv = [sys.executable, "-c", "import workers.main"]
    done = subprocess.run(argv, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert (done.returncode, error in done.stderr) == (1 if error else 0, True)
    assert "swordfish" not in done.stderr
