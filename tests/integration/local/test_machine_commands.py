"""What `omsap` says of the machine and of its settings, before anything runs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from integration.cli.conftest import environment

from deploy.local.state import free_port

OMSAP = [sys.executable, "-m", "services.cli.main"]
SECRETS = {
    "OMSAP_SECRET_KEY": "swordfish-" * 4,
    "OMSAP_DATABASE_URL": "postgresql://omsap:swordfish@db.example/omsap",
    "OMSAP_BROKER_URL": "redis://:swordfish@broker.example/0",
    "OMSAP_S3_ACCESS_KEY": "swordfish",
    "OMSAP_S3_SECRET_KEY": "swordfish",
    "OMSAP_MAIL_URL": "mailtos://user:swordfish@mail.example",
}


def omsap(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, with these settings and no others."""
    return subprocess.run(
        [*OMSAP, *arguments], cwd=folder, env=environment(**settings), check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_config_shows_what_is_set_and_masks_what_is_secret(tmp_path: Path, form: list[str]) -> None:
    shown = omsap("config", *form, folder=tmp_path, OMSAP_BASE_URL="https://omsap.example", OMSAP_S3_BUCKET="files", **SECRETS)
    assert shown.returncode == 0, shown.stderr
    assert "swordfish" not in shown.stdout + shown.stderr
    values: dict[str, Any] = (
        {f"OMSAP_{name.upper()}": value for name, value in json.loads(shown.stdout).items()}
        if form
        else dict(line.split("=", 1) for line in shown.stdout.splitlines())
    )
    assert (values["OMSAP_BASE_URL"], values["OMSAP_S3_BUCKET"]) == ("https://omsap.example", "files")
    assert {values[name] for name in SECRETS} == {"**********"}


@pytest.mark.parametrize("command", ["config", "migrate"])
def test_settings_that_are_missing_are_named(tmp_path: Path, command: str) -> None:
    refused = omsap(command, folder=tmp_path, OMSAP_SECRET_KEY="x" * 40, OMSAP_UPLOAD_PART_BYTES="7")
    assert (refused.returncode, refused.stdout) == (1, "")
    for name in ("OMSAP_DATABASE_URL", "OMSAP_BROKER_URL", "OMSAP_UPLOAD_PART_BYTES"):
        assert name in refused.stderr
    assert "OMSAP_SECRET_KEY" not in refused.stderr


def test_doctor_finds_this_machine_well(tmp_path: Path) -> None:
    examined = omsap("doctor", "--json", folder=tmp_path)
    findings = json.loads(examined.stdout)
    assert examined.returncode == 0
    assert [finding for finding in findings if finding["needed"] and not finding["well"]] == []
    named = " ".join(finding["what"] for finding in findings)
    for what in ("Python", "ffmpeg", "ffprobe", "PostgreSQL", "Redis", "S3 server", "mail catcher", "bubblewrap", "free disk"):
        assert what in named


def test_doctor_names_a_tool_that_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    examined = omsap("doctor", "--json", folder=tmp_path, PATH=str(tmp_path))
    missing = {finding["what"]: finding["mend"] for finding in json.loads(examined.stdout) if not finding["well"] and finding["needed"]}
    assert examined.returncode == 1
    assert missing == {"ffmpeg: not found": "apt-get install ffmpeg", "ffprobe: not found": "apt-get install ffmpeg"}
    for_people = omsap("doctor", folder=tmp_path, PATH=str(tmp_path))
    assert for_people.returncode == 1
    assert "✗ ffmpeg: not found\n    → apt-get install ffmpeg\n" in for_people.stdout


def test_ports_of_one_stack_differ_and_are_none_that_the_kernel_gives_away() -> None:
    ports: list[int] = []
    for _ in range(200):
        ports.append(free_port(but_not=ports))
    assert len(set(ports)) == len(ports)
    ephemeral = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert max(ports) < ephemeral
