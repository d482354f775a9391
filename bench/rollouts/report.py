"""Measures steps, and prints them as one table beside Wheelhouse's."""
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import machine
from processes import Snapshot

STEP_TIMEOUT = 3600  # seconds


@dataclass
class Row:
    peer: str
    step: str
    kind: str       # "deploy" or "revert" is compared with Wheelhouse's step of that kind; "" with nothing
    wall: float = 0
    control: float = 0
    nodes: float = 0
    machine: float = 0
    server: float = 0
    result: str = "ok"


class Report:
    def __init__(self, logs):
        self._logs, self._rows, self._notes = logs, [], []

    @property
    def failed(self):
        return any(row.result != "ok" for row in self._rows)

    def note(self, text):
        self._notes.append(text)

    def step(self, peer, step, kind, fleet, server, command, verify, env=None):
        """Runs a command, measures it, and then asks `verify` for what is wrong (an empty text when nothing is)."""
        row = Row(peer, step, kind)
        self._rows.append(row)
        if any(before.peer == peer and before.result != "ok" for before in self._rows):
            row.result = "FAILED: not run, a step before it failed"
            return row

        print("%s: %s …" % (peer, step), flush=True)
        log = os.path.join(self._logs, "%02d.log" % len(self._rows))
        before, busy, start = Snapshot(), machine.busy_seconds(), time.monotonic()
        code = _run(command, log, env)
        row.wall = time.monotonic() - start
        after = Snapshot()
        row.machine = machine.busy_seconds() - busy

        nodes = fleet.pids
        control = [s.cpu(s.tree(os.getpid(), nodes)) for s in (before, after)]
        whole = [s.cpu(s.tree(os.getpid())) for s in (before, after)]
        served = [s.cpu(s.tree(server.pid)) for s in (before, after)]
        row.control, row.server = control[1] - control[0], served[1] - served[0]
        row.nodes = whole[1] - whole[0] - row.control

        wrong = "exit code %d" % code if code else verify()
        if wrong:
            row.result = "FAILED: %s (see %s)" % (wrong, log)
            with open(log, errors="replace") as text:
                sys.stderr.write("".join(text.readlines()[-15:]))
        return row

    def print(self):
        base = {row.kind: row.wall for row in reversed(self._rows) if row.peer == "Wheelhouse" and row.kind and row.result == "ok"}
        table = [("", "step", "wall s", "times", "control CPU s", "nodes CPU s", "machine CPU s", "result")]
        for row in self._rows:
            times = "%.1f" % (row.wall / base[row.kind]) if row.kind in base and row.result == "ok" else ""
            numbers = ["%.1f" % value if row.wall else "" for value in (row.wall, row.control, row.nodes, row.machine)]
            table.append((row.peer, row.step, numbers[0], times, *numbers[1:], row.result))
        widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
        print()
        for line in table:
            cells = [cell.rjust(width) if 2 <= column <= 6 else cell.ljust(width) for column, (cell, width) in enumerate(zip(line, widths))]
            print("  ".join(cells).rstrip())
        print("\ntimes: wall time as a multiple of Wheelhouse's deploy or revert in this run")
        for text in self._notes:
            print(text)


def _run(command, log, env):
    """Output goes to a file, because a connection master keeps a pipe open after its command ended."""
    with open(log, "w") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   env={**os.environ, **(env or {})}, start_new_session=True)
        try:
            return process.wait(STEP_TIMEOUT)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
