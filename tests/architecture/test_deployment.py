"""The files that put the system on machines name what exists."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from services.directory import SERVICES
from shared.queue.kinds import Queue

ROOT = Path(__file__).parents[2]
NAMES = {service.name for service in SERVICES}


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return document


def test_compose_file_follows_the_compose_specification() -> None:
    argv = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    checked = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_compose_file_has_a_container_for_each_service_and_each_kind_of_worker() -> None:
    commands = {tuple(service.get("command", ())) for service in compose()["services"].values()}
    assert {("web", name) for name in NAMES} | {("worker", str(queue)) for queue in Queue} <= commands


def test_compose_dependencies_are_services() -> None:
    services = compose()["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name


def test_every_service_has_a_folder_with_its_app() -> None:
    assert {path.parent.name for path in (ROOT / "services").glob("*/app.py")} == NAMES


def test_proxy_sends_every_address_to_the_service_that_answers_it() -> None:
    lines = re.findall(r"^\s+(~\S+|default)\s+(\w+);$", (ROOT / "deploy/proxy/nginx.conf").read_text(), re.MULTILINE)
    for service in SERVICES:
        for prefix in service.prefixes:
            path = "/anything" if prefix == "/" else f"{prefix}/anything"
            found = next(name for pattern, name in lines if pattern == "default" or re.search(pattern[1:], path))
            assert found == service.name, path
    assert set(compose()["services"]) >= NAMES


def test_workers_of_documents_have_the_image_with_the_office_suite_and_no_other_has() -> None:
    stages = re.split(r"^FROM \S+ AS (\w+)$", (ROOT / "deploy/images/Dockerfile").read_text(), flags=re.MULTILINE)[1:]
    with_office = {name for name, text in zip(stages[::2], stages[1::2], strict=True) if "libreoffice-" in text}
    targets = {name: service["build"]["target"] for name, service in compose()["services"].items() if "build" in service}
    assert {name for name, target in targets.items() if target in with_office} == {"worker-documents"}
    assert set(targets.values()) == set(stages[::2]) - {"wheel"}
