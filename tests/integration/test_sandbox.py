"""What a tool behind the walls can not do."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories.canary import canary
from media import attacks
from media.corpus import media

from shared import sandbox
from shared.sandbox import ToolExhausted, ToolFailed, ToolKilled, ToolLimits, ToolMissing, ToolNotStarted, ToolTimedOut, jail
from shared.sandbox.jail import python_paths
from shared.tools import documents

LIMITS = ToolLimits(wall_seconds=10, cpu_seconds=5, memory_bytes=512 * 1024**2, output_bytes=1024**2, processes=16)
ANY_JAIL = ["bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"]
"""The plainest jail there is: where the kernel allows this one, ours has to stand, too."""


def kernel_allows_jails() -> bool:
    return shutil.which("bwrap") is not None and subprocess.run(ANY_JAIL, check=False, capture_output=True).returncode == 0


needs_jail = pytest.mark.skipif(not kernel_allows_jails(), reason="this machine has no bubblewrap, or its kernel allows no user namespaces")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ไฟล์ ของ กลุ่ม; $(id).mp4"
    path.write_bytes(b"content")
    return path


def sh(script: str, file: Path, **limits: float) -> bytes:
    chosen = ToolLimits(**{**{name: getattr(LIMITS, name) for name in ToolLimits.__slots__}, **limits})
    return sandbox.run(["sh", "-c", script, "sh", "{file}"], file=file, limits=chosen)


@needs_jail
def test_jail_stands_wherever_one_can(file: Path) -> None:
    assert sandbox.status().confined, sandbox.status().why


def test_run_reads_the_one_file_whatever_its_name(file: Path) -> None:
    assert sh('cat "$1"', file) == b"content"


def test_run_hands_on_nothing_of_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMSAP_SECRET_KEY", "a-secret")
    assert b"a-secret" not in sh("env", file)


def test_run_lets_no_file_be_written(file: Path) -> None:
    with pytest.raises(ToolFailed):
        sh('echo more >> "$1" && echo done', file)
    assert file.read_bytes() == b"content"


@needs_jail
def test_run_shows_no_other_file(file: Path) -> None:
    other = file.with_name("other")
    other.write_text("another group's")
    assert sh(f'cat "{other}" "{Path(__file__)}" /etc/passwd 2>/dev/null; true', file) == b""


@needs_jail
def test_run_is_nobody_and_sees_no_other_process(file: Path) -> None:
    assert sh("id -u", file).strip() == b"65534"
    assert str(os.getpid()).encode() not in sh("ls /proc", file).split()


@needs_jail
def test_run_asks_no_server_even_without_ffmpegs_own_guards(tmp_path: Path) -> None:
    with canary() as listening:
        playlist = tmp_path / "x.mp4"
        playlist.write_text(media("hls-network.mp4").read_text().replace(attacks.Bait().address, f"{listening.address}.ts"))
        open_to_all = ["ffprobe", "-v", "error", "-protocol_whitelist", "file,http,tcp", "-f", "hls", "file:{file}"]
        with pytest.raises(ToolFailed):
            sandbox.run(
                open_to_all, file=playlist, limits=ToolLimits(wall_seconds=10, cpu_seconds=5, memory_bytes=2**30, output_bytes=2**20)
            )
        assert listening.asked == []
        # Outside of the jail it would have been.
        subprocess.run([word.replace("{file}", str(playlist)) for word in open_to_all], check=False, capture_output=True, timeout=30)
        assert listening.asked != []


def test_run_ends_what_takes_too_long_and_its_children(file: Path) -> None:
    began = time.monotonic()
    with pytest.raises(ToolTimedOut):
        sh("sleep 60 & sleep 60", file, wall_seconds=0.5)
    assert time.monotonic() - began < 5


def test_run_ends_what_uses_up_the_processor(file: Path) -> None:
    with pytest.raises(ToolExhausted) as refused:
        sh("while :; do :; done", file, cpu_seconds=1)
    assert refused.value.facts["limit"] == "cpu"


def test_run_holds_work_without_end_against_the_file_also_when_time_is_up_first(file: Path) -> None:
    with pytest.raises(ToolExhausted) as refused:
        sh("while :; do :; done", file, cpu_seconds=2, wall_seconds=3.5)
    assert refused.value.facts["limit"] == "cpu"


def test_run_ends_what_takes_too_much_memory(file: Path) -> None:
    argv = [os.path.realpath(sys.executable), "-I", "-c", "bytearray(600_000_000)", "{file}"]
    with pytest.raises(ToolExhausted) as refused:
        sandbox.run(argv, file=file, limits=LIMITS, readable=python_paths(Path(documents.__file__).parent))
    assert refused.value.facts["limit"] == "memory"


def test_run_ends_what_says_too_much(file: Path) -> None:
    with pytest.raises(ToolExhausted) as refused:
        sh("yes", file, output_bytes=10_000)
    assert refused.value.facts["limit"] == "output"


def test_run_keeps_what_a_failing_tool_said(file: Path) -> None:
    with pytest.raises(ToolFailed) as refused:
        sh("echo no such box >&2; exit 3", file)
    assert refused.value.facts["said"] == "no such box"


def test_run_of_a_program_that_is_not_there(file: Path) -> None:
    with pytest.raises(ToolMissing):
        sandbox.run(["no-such-program"], file=file, limits=LIMITS)


def test_run_says_that_a_crash_was_the_files_doing(file: Path) -> None:
    with pytest.raises(ToolExhausted) as refused:
        sh("kill -SEGV $$", file)
    assert refused.value.facts["limit"] == "crash"


def test_run_shows_a_folder_below_tmp_where_an_installation_may_lie(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    folder.mkdir()
    (folder / "library").write_text("here")
    assert sandbox.run(["cat", str(folder / "library")], file=file, limits=LIMITS, readable=(folder,)) == b"here"


def test_document_reader_that_does_not_start_is_not_held_against_the_document(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "READER", Path("/no-such-reader.py"))
    with pytest.raises(ToolNotStarted):
        documents.read(file, "docx", limits=LIMITS)


TRIES = """
import ctypes, os, socket, sys, threading
libc = ctypes.CDLL(None, use_errno=True)

def may(name, attempt):
    try:
        attempt()
        print(name)
    except OSError:
        pass

def kernel(function, *arguments):
    if getattr(libc, function)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), function)

def fork():
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)

def thread():
    running = threading.Thread(target=print, args=("thread",))
    running.start()
    running.join()

thread()
may("fork", fork)
may("internet socket", socket.socket)
may("socket of the host machine", lambda: socket.socket(40, socket.SOCK_STREAM))
may("kernel's routing socket", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
may("unlimited memory", lambda: os.memfd_create("x"))
may("shared memory", lambda: kernel("shmget", 0, 4096, 0o1600))
may("user namespace", lambda: kernel("unshare", 0x10000000))
may("debugger", lambda: kernel("ptrace", 0, 0, 0, 0))
for folder in ("/", "/tmp", "/dev", "/dev/shm", "/run", "/usr", "/proc/sys/kernel", os.path.dirname(sys.argv[1])):
    may("write to " + folder, lambda: open(os.path.join(folder, "hostname"), "w"))
"""
"""What hostile code in a decoder would try."""


def tried(file: Path, **limits: float) -> set[str]:
    chosen = ToolLimits(**{**{name: getattr(LIMITS, name) for name in ToolLimits.__slots__}, "processes": 1, **limits})
    argv = [os.path.realpath(sys.executable), "-I", "-c", TRIES, "{file}"]
    return set(sandbox.run(argv, file=file, limits=chosen, readable=python_paths(Path(documents.__file__).parent)).decode().splitlines())


@needs_jail
def test_run_refuses_hostile_code_all_it_could_do_but_use_its_processor_time(file: Path) -> None:
    assert sandbox.status().filtered, sandbox.status().why
    assert tried(file) == {"thread"}


@needs_jail
def test_run_of_a_tool_of_several_processes_refuses_the_rest(file: Path) -> None:
    assert tried(file, processes=8) == {"thread", "fork"}


def written(script: str, file: Path, out: Path, **limits: float) -> list[str]:
    chosen = ToolLimits(**{**{name: getattr(LIMITS, name) for name in ToolLimits.__slots__}, "file_bytes": 4 * 1024**2, **limits})
    sandbox.run(["sh", "-c", script, "sh", "{file}", "{out}"], file=file, out=out, limits=chosen)
    return sorted(path.name for path in out.iterdir())


def test_run_leaves_no_link_by_which_a_file_of_ours_would_be_read_and_kept(file: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    (out := tmp_path / "out").mkdir()
    script = f'cp "$1" "$2/made"; ln -s "{tmp_path}/secret" "$2/web.mp4"; mkdir "$2/more"; ln -s / "$2/more/root"; mkfifo "$2/waits"'
    assert written(script, file, out) == ["made", "more"]
    assert list((out / "more").iterdir()) == []


@pytest.mark.parametrize(
    "script",
    [
        'exec dd if=/dev/zero of="$2/one" bs=1M count=64',
        'i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > "$2/$i"; done',
        'i=0; while :; do i=$((i+1)); : > "$2/$i"; done',
    ],
    ids=["one file", "large files", "many files"],
)
def test_run_ends_what_writes_more_than_it_may(file: Path, tmp_path: Path, script: str) -> None:
    (out := tmp_path / "out").mkdir()
    with pytest.raises(ToolExhausted) as refused:
        written(script, file, out)
    assert refused.value.facts["limit"] == "output"


def test_what_goes_away_while_it_is_counted_is_passed_over(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).touch()
    seen = jail._entries(tmp_path)
    first, _ = next(seen)
    for other in set(tmp_path.iterdir()) - {first}:
        other.unlink()
    assert list(seen) == []


def test_run_that_the_machine_ends_is_not_held_against_the_file(file: Path) -> None:
    with pytest.raises(ToolKilled):
        sh("kill -KILL $$", file)
