"""Trees of processes as /proc shows them: their CPU time and memory."""
import ctypes
import os
import signal

from machine import TICKS

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Makes this process the parent of daemons that its descendants leave (ssh's connection masters), so that they are counted."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def end_descendants():
    """Kills what is left of all that this process started; complete because orphans are adopted."""
    while left := Snapshot().tree(os.getpid())[1:]:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break


class Snapshot:
    """All processes at one moment. A process's CPU time includes that of the children it has waited for."""

    def __init__(self):
        self.names, self._cpu, self._children = {}, {}, {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % pid, errors="replace") as stat:
                    head, tail = stat.read().rsplit(")", 1)
            except (FileNotFoundError, ProcessLookupError):
                continue  # It ended while we read.
            fields = tail.split()
            self.names[int(pid)] = head.split("(", 1)[1]
            self._cpu[int(pid)] = sum(map(int, fields[11:15])) / TICKS  # utime, stime, cutime, cstime
            self._children.setdefault(int(fields[1]), []).append(int(pid))

    def tree(self, root, without=()):
        """The ids of a process and all its descendants but those of `without` and below them."""
        found, left = [], [root]
        while left:
            pid = left.pop()
            if pid in self.names and pid not in without:
                found.append(pid)
                left += self._children.get(pid, [])
        return found

    def children(self, pid):
        return self._children.get(pid, [])

    def cpu(self, pids):
        return sum(self._cpu[pid] for pid in pids)


def memory(pids, field):
    """MiB of some processes; `field` is Rss, or Pss where shared pages are to be counted once."""
    total = 0
    for pid in pids:
        try:
            with open("/proc/%d/smaps_rollup" % pid) as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith(field + ":"))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1024
