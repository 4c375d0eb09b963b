"""The stack itself: which parts there are, in which order they start, and what each is told."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from deploy.local.part import Part
from deploy.local.postgres import Postgres
from deploy.local.processes import Nursery
from deploy.local.state import State, free_port, write_private
from deploy.local.supervisor import Supervisor

WEB_PORT = 8000
BUCKET = "omsap"
REGION = "us-east-1"
WORKERS = {"validation": 2, "media": 1, "transcoding": 1, "documents": 1, "routing": 1, "awards": 1, "notification": 1, "upkeep": 1}
"""Queue → processes of its worker."""
NICENESS, WITH_TIME = 10, {"transcoding": 19, "documents": 15}
"""On one machine, who waits for a page comes before work in the background, and what is long before nothing at all."""

SERVERS = ("postgres", "redis", "s3", "mail")


class Stack:
    """The embedded stack on one folder."""

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.state = State(folder)
        self.supervisor = Supervisor(changed=self._announce)
        self._port = port
        self._announced = False

    async def start(self, *, apps: bool = True) -> dict[str, Any]:
        """Start the servers, bring the database up to date and, if `apps`, start web and workers; return the description of the stack.

        Raises AlreadyRunning, PostgresNotUsable, PartFailed.
        """
        self.state.lock()
        secrets = self.state.secrets()
        folder = self.state.folder
        for name in ("s3/" + BUCKET, "mail", "redis", "scratch"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.ports = {"web": free_port(WEB_PORT if self._port is None else self._port)}
        for name in SERVERS:
            self.ports[name] = free_port(but_not=self.ports.values())
        self.postgres = Postgres(folder, port=self.ports["postgres"], password=secrets["postgres_password"])
        self.env = self._environment(secrets)
        if apps:
            os.environ.update(self.env)
            self.supervisor.nursery = Nursery("deploy.local.preloaded")
        await asyncio.to_thread(self.postgres.prepare)
        try:
            await self.supervisor.start(self.postgres.part(), self._redis(secrets), self._s3(secrets), self._mail())
            await self.supervisor.start(self._migration())
            if apps:
                await self.supervisor.start(self._web(), *(self._worker(queue, size) for queue, size in WORKERS.items()))
        except BaseException:
            await self.stop()
            raise
        self._announced = True
        self._announce()
        return self.describe()

    async def stop(self) -> None:
        """Stop everything and free the folder."""
        self._announced = False
        await self.supervisor.stop()
        self.state.close()

    def describe(self) -> dict[str, Any]:
        """Say how to reach each part, as `omsap up --json` prints it."""
        env, pids = self.env, self.supervisor.pids()
        return {
            "base_url": env["OMSAP_BASE_URL"],
            "database_url": env["OMSAP_DATABASE_URL"],
            "broker_url": env["OMSAP_BROKER_URL"],
            "s3": {
                "endpoint": env["OMSAP_S3_ENDPOINT"],
                "bucket": BUCKET,
                "region": REGION,
                "access_key": env["OMSAP_S3_ACCESS_KEY"],
                "secret_key": env["OMSAP_S3_SECRET_KEY"],
            },
            "mail": {"url": env["OMSAP_MAIL_URL"], "folder": env["OMSAP_MAIL_FOLDER"]},
            "environment": {name: value for name, value in env.items() if name.startswith("OMSAP_")},
            "pids": {
                "web": [pid for name, pid in pids.items() if name == "web"],
                **{name: [pid] for name, pid in pids.items() if name.startswith("worker.")},
                **{name: pids[name] for name in SERVERS if name in pids},
            },
            "supervisor": os.getpid(),
        }

    def _announce(self) -> None:
        if self._announced:
            self.state.announce(self.describe())

    def _environment(self, secrets: dict[str, str]) -> dict[str, str]:
        ports, folder = self.ports, self.state.folder
        return {
            "OMSAP_BASE_URL": f"http://127.0.0.1:{ports['web']}",
            "OMSAP_SECRET_KEY": secrets["secret_key"],
            "OMSAP_DATABASE_URL": self.postgres.url,
            "OMSAP_BROKER_URL": f"redis://:{secrets['redis_password']}@127.0.0.1:{ports['redis']}/0",
            "OMSAP_S3_ENDPOINT": f"http://127.0.0.1:{ports['s3']}",
            "OMSAP_S3_REGION": REGION,
            "OMSAP_S3_BUCKET": BUCKET,
            "OMSAP_S3_ACCESS_KEY": secrets["s3_access_key"],
            "OMSAP_S3_SECRET_KEY": secrets["s3_secret_key"],
            "OMSAP_MAIL_URL": f"mailto://127.0.0.1:{ports['mail']}",
            "OMSAP_MAIL_FOLDER": str(folder / "mail"),
            "OMSAP_STYLEGUIDE": "1",
            "OMSAP_SCRATCH": str(folder / "scratch"),
            "OMSAP_LOG_FORMAT": "console",
            "PYTHONUNBUFFERED": "1",
            "MALLOC_ARENA_MAX": "2",  # threads that each keep a heap of their own cost memory and win nothing here
        }

    def _redis(self, secrets: dict[str, str]) -> Part:
        folder, port = self.state.folder / "redis", self.ports["redis"]
        configuration = {
            "bind": "127.0.0.1",
            "port": port,
            "dir": folder,
            "requirepass": secrets["redis_password"],
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "save": "",
            "loglevel": "warning",
        }
        path = folder / "redis.conf"
        write_private(path, "".join(f"{name} {_quoted(value)}\n" for name, value in configuration.items()))
        return Part(name="redis", argv=[_tool("redis-server"), str(path)], ready=_answers(port))

    def _s3(self, secrets: dict[str, str]) -> Part:
        port = self.ports["s3"]
        argv = [
            _tool("rclone"),
            "serve",
            "s3",
            str(self.state.folder / "s3"),
            "--addr",
            f"127.0.0.1:{port}",
            "--no-checksum",
            "--etag-hash",
            "",  # nobody asks for it, and it would be made of the whole object when first a range of it is read
            "--multipart-expiry",
            "0",
        ]
        argv += ["--config", str(self.state.folder / "rclone.conf"), "--log-level", "ERROR"]
        # The keys are in the environment, not among the arguments that every user of the machine may list.
        return Part(
            name="s3",
            argv=argv,
            env={"RCLONE_AUTH_KEY": f'"{secrets["s3_access_key"]},{secrets["s3_secret_key"]}"', "RCLONE_NO_MODTIME": "true"},
            ready=_answers(port),
        )

    def _mail(self) -> Part:
        port, folder = self.ports["mail"], self.state.folder / "mail"
        return Part(name="mail", argv=[sys.executable, "-m", "deploy.local.mail", str(port), str(folder)], ready=_answers(port))

    def _migration(self) -> Part:
        return Part(name="migrate", python=True, argv=["services.cli.main", "migrate"], env=self.env, once=True)

    def _web(self) -> Part:
        port = self.ports["web"]
        argv = ["uvicorn", "services.allinone:app", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--timeout-graceful-shutdown", "5"]
        return Part(name="web", python=True, argv=argv, env=self.env, ready=_says_ready(f"http://127.0.0.1:{port}/readyz"))

    def _worker(self, queue: str, size: int) -> Part:
        argv = ["celery", "--quiet", "-A", "workers.main:app", "worker"]
        argv += ["-Q", queue, "-c", str(size), "-n", f"{queue}@%h", "--loglevel", "INFO"]
        argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return Part(
            name=f"worker.{queue}",
            python=True,
            argv=argv,
            env=self.env,
            ready_line="ready.",
            stop_seconds=30,
            niceness=WITH_TIME.get(queue, NICENESS),
        )


def _quoted(value: object) -> str:
    """Return a value as redis.conf takes any: a folder's name may have spaces."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tool(name: str) -> str:
    """Return the path of a program that a wheel has put beside this Python."""
    return str(Path(sys.executable).parent / name)


def _answers(port: int) -> Callable[[], Awaitable[bool]]:
    async def probe() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    return probe


def _says_ready(url: str) -> Callable[[], Awaitable[bool]]:
    def ask() -> bool:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  # our own loopback address
                return bool(answer.status == 200)
        except (OSError, HTTPException):
            return False

    async def probe() -> bool:
        return await asyncio.to_thread(ask)

    return probe


async def serve(folder: Path, *, port: int | None, servers: bool, as_json: bool) -> None:
    """Run the stack until it is asked to stop, also while it starts; print how to reach it when ready. Raises CannotStart."""
    stack, asked = Stack(folder, port=port), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    starting, stopping = asyncio.create_task(stack.start(apps=not servers)), asyncio.create_task(asked.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.wait({starting})
        return
    description = starting.result()
    if as_json:
        print(json.dumps(description), flush=True)
    else:
        print(f"\n  Omsap is ready: {description['base_url']}   (Ctrl-C stops it; data stay in {stack.state.folder})\n", flush=True)
    try:
        await stopping
    finally:
        await stack.stop()
