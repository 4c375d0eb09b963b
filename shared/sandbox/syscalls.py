"""Which system calls a tool in the jail may not make: a seccomp filter, assembled here so that it needs no library.

A list of what is refused, not of what is allowed: an allow-list breaks with each new libc, codec and office suite, and what is left to a
tool without network, capability, other process or writable folder is little. Refused are the calls that would step over the limits of
one process (new processes, memory that no limit counts) and the parts of the kernel that no tool needs and holes are found in.
Numbers from the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h); layout from linux/filter.h.
"""

import errno
import platform
import socket
import struct
from dataclasses import dataclass

CLONE_THREAD = 0x00010000
CLONE_NEW_NAMESPACES = 0x7E020000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Offsets in `struct seccomp_data`; of an argument the lower half, on machines that store it first."""
_X32 = 0x40000000
"""Calls of x86-64's second, forgotten interface begin here."""
NEW_INTERFACES = (425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 447)
"""io_uring_setup, _enter, _register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_getfd, mount_setattr, memfd_secret."""
CLONE3 = 435


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of processor: its mark in the kernel, and the numbers of the calls by name."""

    mark: int
    clone: int
    socket: int
    forks: tuple[int, ...]
    """Calls that can only start a process."""
    refused: dict[str, int]


_X86_64 = Machine(
    mark=0xC000003E,
    clone=56,
    socket=41,
    forks=(57, 58),
    refused={
        **{"shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240, "memfd_create": 319},
        **{"ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "personality": 135},
        **{"mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308},
        **{"bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "fanotify_init": 300, "modify_ldt": 154},
        **{"add_key": 248, "request_key": 249, "keyctl": 250, "name_to_handle_at": 303, "open_by_handle_at": 304},
        **{"kexec_load": 246, "kexec_file_load": 320, "init_module": 175, "finit_module": 313, "delete_module": 176},
        **{"reboot": 169, "swapon": 167, "swapoff": 168, "acct": 163, "syslog": 103, "quotactl": 179, "iopl": 172, "ioperm": 173},
    },
)
_AARCH64 = Machine(
    mark=0xC00000B7,
    clone=220,
    socket=198,
    forks=(),
    refused={
        **{"shmget": 194, "semget": 190, "msgget": 186, "mq_open": 180, "memfd_create": 279},
        **{"ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "personality": 92},
        **{"mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "unshare": 97, "setns": 268},
        **{"bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "fanotify_init": 262},
        **{"add_key": 217, "request_key": 218, "keyctl": 219, "name_to_handle_at": 264, "open_by_handle_at": 265},
        **{"kexec_load": 104, "kexec_file_load": 294, "init_module": 105, "finit_module": 273, "delete_module": 106},
        **{"reboot": 142, "swapon": 224, "swapoff": 225, "acct": 89, "syslog": 116, "quotactl": 60},
    },
)
MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64}


def program(*, alone: bool, machine: str | None = None) -> bytes | None:
    """Return the filter as bubblewrap takes it, None for a processor whose numbers are not known here.

    `alone` refuses new processes, but not threads. Either way namespaces of one's own are refused, and sockets that are not between
    processes of one machine.
    """
    known = MACHINES.get(machine or platform.machine())
    if known is None:
        return None
    steps = [_step(_LOAD, _ARCHITECTURE), _step(_IF_EQUAL, known.mark, (1, 0)), _step(_RETURN, _KILL), _step(_LOAD, _NUMBER)]
    if known is _X86_64:
        steps += [_step(_IF_AT_LEAST, _X32, (0, 1)), _step(_RETURN, _KILL)]
    for number in (*known.refused.values(), *NEW_INTERFACES, *(known.forks if alone else ())):
        steps += [_step(_IF_EQUAL, number, (0, 1)), _refuse(errno.EPERM)]
    # clone3 hides what it is asked for behind a pointer; without it libraries fall back on clone.
    steps += [_step(_IF_EQUAL, CLONE3, (0, 1)), _refuse(errno.ENOSYS)]
    steps += [_step(_IF_EQUAL, known.clone, (0, 4)), _step(_LOAD, _FIRST_ARGUMENT)]
    steps += [_step(_IF_ANY_BIT, *((CLONE_THREAD, (1, 0)) if alone else (CLONE_NEW_NAMESPACES, (0, 1))))]
    steps += [_refuse(errno.EPERM), _step(_RETURN, _ALLOW)]
    steps += [_step(_IF_EQUAL, known.socket, (0, 4)), _step(_LOAD, _FIRST_ARGUMENT)]
    steps += [_step(_IF_EQUAL, socket.AF_UNIX, (0, 1)), _step(_RETURN, _ALLOW), _refuse(errno.EPERM)]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, skip: tuple[int, int] = (0, 0)) -> bytes:
    """Assemble one instruction; `skip` is how many follow to pass over if its test holds, and if not."""
    return struct.pack("=HBBI", code, *skip, value)


def _refuse(error: int) -> bytes:
    return _step(_RETURN, _REFUSE | error)
