"""The embedded stack: parts that die come back, a killed supervisor leaves nothing behind and loses nothing, one folder has one stack."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx2
import psycopg
import pytest
from integration.local.processes import alive, tree, until
from redis import Redis
from redis.exceptions import RedisError

from deploy.local.background import BackgroundStack

OMSAP = [sys.executable, "-m", "services.cli.main"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackgroundStack]:
    """The whole stack, on a folder that is not there yet, below one that only its owner may enter."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    stack = BackgroundStack(closed / 'โฟลเดอร์ "ข้อมูล" ของเรา')
    yield stack
    stack.discard()


def is_ready(description: dict[str, Any]) -> bool:
    """Say whether web answers and finds all parts."""
    try:
        return httpx2.get(f"{description['base_url']}/readyz", timeout=10).status_code == 200
    except httpx2.HTTPError:
        return False


def is_broker_there(description: dict[str, Any]) -> bool:
    """Say whether Redis answers."""
    try:
        with Redis.from_url(description["broker_url"]) as redis:
            return bool(redis.ping())
    except RedisError:
        return False


def objects(description: dict[str, Any]) -> Any:
    """A client of the stack's object store."""
    s3 = description["s3"]
    keys = {"aws_access_key_id": s3["access_key"], "aws_secret_access_key": s3["secret_key"]}
    return boto3.client("s3", endpoint_url=s3["endpoint"], region_name=s3["region"], **keys)


def test_stack_is_ready_when_it_says_so(running: BackgroundStack) -> None:
    assert is_ready(running.description)
    assert set(running.description) >= {"base_url", "database_url", "broker_url", "s3", "pids"}
    assert set(running.description["pids"]) >= {"web", "worker.validation", "postgres", "redis", "s3"}


def test_what_is_secret_is_its_owners(running: BackgroundStack) -> None:
    for name in ("stack.json", "secrets.json", "redis/redis.conf"):
        assert stat.S_IMODE((running.folder / name).stat().st_mode) == 0o600, name
    secrets = json.loads((running.folder / "secrets.json").read_text()).values()
    for process in tree(running.description["supervisor"]):
        assert not any(secret in word for word in process.cmdline() for secret in secrets), process.name()


def test_every_server_listens_on_loopback_only(running: BackgroundStack) -> None:
    listening = [
        connection
        for process in tree(running.description["supervisor"])
        for connection in process.net_connections("inet")
        if connection.status == "LISTEN"
    ]
    assert len(listening) >= 5
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_second_stack_on_the_folder_is_refused_in_a_sentence(running: BackgroundStack) -> None:
    second = subprocess.run(
        [*OMSAP, "up", "--data", str(running.folder), "--json"], check=False, capture_output=True, text=True, timeout=60
    )
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.strip() == f"A stack is running already on {running.folder}: stop it, or give another folder with --data."
    assert running.describe() == running.description


@pytest.mark.parametrize("part", ["redis", "web"])
def test_part_that_is_killed_comes_back_and_is_announced(running: BackgroundStack, part: str) -> None:
    def pids() -> list[int]:
        found = running.describe()["pids"].get(part, [])
        return found if isinstance(found, list) else [found]

    before = pids()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: bool(pids()) and pids() != before, f"stack.json names a new {part}")
    until(lambda: is_broker_there(running.describe()) and is_ready(running.describe()), f"{part} answers again")
    others = {name: pid for name, pid in running.description["pids"].items() if name not in ("redis", "web")}
    assert {name: running.describe()["pids"][name] for name in others} == others


def test_after_the_supervisor_is_killed_nothing_lives_on_and_nothing_is_lost(running: BackgroundStack) -> None:
    description = running.describe()
    with psycopg.connect(description["database_url"], autocommit=True) as database:
        database.execute("CREATE TABLE kept AS SELECT 'the work of a group' AS what")
    objects(description).put_object(Bucket="omsap", Key="kept/คลิป", Body=b"bytes of a clip")
    old = tree(description["supervisor"])
    os.kill(description["supervisor"], signal.SIGKILL)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        again = BackgroundStack(running.folder, port=taken.getsockname()[1], servers=True)
        try:
            assert urlsplit(again.description["base_url"]).port != taken.getsockname()[1]
            with psycopg.connect(again.description["database_url"]) as database:
                assert database.execute("SELECT what FROM kept").fetchone() == ("the work of a group",)
            assert objects(again.description).get_object(Bucket="omsap", Key="kept/คลิป")["Body"].read() == b"bytes of a clip"
            assert again.description["environment"]["OMSAP_SECRET_KEY"] == description["environment"]["OMSAP_SECRET_KEY"]
            until(lambda: alive(old) == [], "the old processes have ended")
            new = tree(again.description["supervisor"])
        finally:
            again.stop()
    assert alive(new) == []
    assert not (running.folder / "stack.json").exists()


@pytest.mark.parametrize("folder", ["/dev/null/data", "/proc/data"])
def test_folder_that_can_not_be_used_is_refused_in_a_sentence(folder: str) -> None:
    refused = subprocess.run([*OMSAP, "up", "--data", folder], check=False, capture_output=True, text=True, timeout=60)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"{folder} can not be used (")
    assert refused.stderr.endswith("give another folder with --data.\n")


def test_log_names_no_secret(running: BackgroundStack) -> None:
    told = running.log.read_text(errors="replace")
    assert not [secret for secret in json.loads((running.folder / "secrets.json").read_text()).values() if secret in told]


def test_part_of_the_demo_says_that_the_folder_is_not_there(tmp_path: Path) -> None:
    refused = subprocess.run([*OMSAP, "demo", "--data", "/dev/null/data"], check=False, capture_output=True, text=True, timeout=60)
    assert (refused.returncode, "give another folder with --data." in refused.stderr) == (1, True)
