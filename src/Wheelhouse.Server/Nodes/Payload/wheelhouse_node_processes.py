"""Processes as /proc shows them: identity is pid and start time together, since pids are reused."""
import collections
import os
import signal
import time

TICKS = os.sysconf("SC_CLK_TCK")
Process = collections.namedtuple("Process", "pid ppid pgid session state start_ticks uid argv")


def ticks_now():
    """Now, in the unit and on the clock of a process's start time (ticks since boot)."""
    return int(time.clock_gettime(time.CLOCK_BOOTTIME) * TICKS)


def boot_id():
    """Names this run of the kernel."""
    with open("/proc/sys/kernel/random/boot_id") as stream:
        return stream.read().strip()


def read(pid):
    """The process, or None when it is gone. A zombie counts as gone."""
    folder = "/proc/%d" % pid
    try:
        with open(folder + "/stat", "rb") as stream:
            # The name is in parentheses and may hold anything, so the fields start after the last one.
            fields = stream.read().rpartition(b")")[2].split()
        with open(folder + "/cmdline", "rb") as stream:
            argv = stream.read().rstrip(b"\0").decode("utf-8", "surrogateescape").split("\0")
        uid = os.stat(folder).st_uid
    except (FileNotFoundError, ProcessLookupError):
        return None
    state = fields[0].decode()
    if state in "ZX":
        return None
    return Process(pid, int(fields[1]), int(fields[2]), int(fields[3]), state, int(fields[19]), uid, argv)


def alive(pid, start_ticks):
    process = read(pid)
    return process is not None and process.start_ticks == start_ticks


def all_processes():
    found = (read(int(name)) for name in os.listdir("/proc") if name.isdigit())
    return [process for process in found if process]


def children(pid):
    """The direct children, through the kernel's list where it has one."""
    try:
        pids = []
        for thread in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/children" % (pid, thread)) as stream:
                pids += map(int, stream.read().split())
        return [process for process in map(read, pids) if process]
    except FileNotFoundError:
        return [process for process in all_processes() if process.ppid == pid]


def descendants(pid):
    found = []
    for child in children(pid):
        found.append(child)
        found += descendants(child.pid)
    return found


def catches(pid, number):
    """Whether the process has a handler for a signal; None when that cannot be known."""
    try:
        with open("/proc/%d/status" % pid) as stream:
            for line in stream:
                if line.startswith("SigCgt:"):
                    return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    except (FileNotFoundError, ProcessLookupError):
        pass
    return None


def maps_below(pid, folder):
    """Whether the process has a file below the folder in its memory (an extension module); False when that cannot be seen."""
    try:
        with open("/proc/%d/maps" % pid, encoding="utf-8", errors="surrogateescape") as stream:
            return any(" %s/" % folder in line for line in stream)
    except OSError:
        return False


def started_at(process):
    """The start time in seconds since the epoch, by the node's present clock."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + process.start_ticks / TICKS


def wait_gone(gone, seconds):
    """Waits until none of these processes is left; returns the ones that are."""
    end = time.monotonic() + seconds
    while True:
        gone = [process for process in gone if alive(process.pid, process.start_ticks)]
        if not gone or time.monotonic() >= end:
            return gone
        time.sleep(0.01)


def end_tree(pid, start_ticks, spare_sessions=False, grace_s=3):
    """Ends a payload and its descendants: TERM, so that it can do so itself; KILL, so that its keeper does; then KILL to what remains.

    With `spare_sessions`, descendants that lead a session of their own (a service that it started) are left alone.
    """
    root = read(pid)
    if root is None or root.start_ticks != start_ticks:
        return
    tree = [p for p in descendants(pid) if not (spare_sessions and p.session == p.pid)] + [root]
    for number in (signal.SIGTERM, signal.SIGKILL):
        _signal(root, number)
        tree = wait_gone(tree, grace_s)
    for process in tree:
        _signal(process, signal.SIGKILL)
    wait_gone(tree, grace_s)


def _signal(process, number):
    if alive(process.pid, process.start_ticks):
        try:
            os.kill(process.pid, number)
        except (ProcessLookupError, PermissionError):
            pass  # it is gone, or runs as the service user: the keeper of its payload ends it
