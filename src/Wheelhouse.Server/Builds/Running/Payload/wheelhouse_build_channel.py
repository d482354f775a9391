"""The conversation with the server: JSON lines, the job in first.

    out: {"event": "begin"}                     the sandbox is there
         {"event": "step", "step"}              a step begins
         {"event": "log", "lines"}              output, in order
         {"event": "environment", "key"}        which environment is needed; the answer is {"ready": whether it is there already}
         {"event": "file", "kind", "name"}      a file begins ("artefact" or "report"); then {"event": "data", "data": base64} until the next event
         {"event": "end", ...}                  the end, with "failure": {"code", "message", "fix"} unless it is a good one

The server believes none of it more than it has to: everything after the first line of the project's code may be forged.
"""
import base64
import json
import os
import select
import signal
import subprocess
import threading
import time

CHUNK = 256 << 10
FLUSH_S = 0.1
FLUSH_LINES = 100
DRAIN_S = 0.3
MOST_DRAIN_S = 3


class Failure(Exception):
    """The build failed, by no fault of the server's."""

    def __init__(self, code, message, fix=None):
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class Channel:
    def __init__(self):
        self._input = os.fdopen(os.dup(0), "rb")
        self._output = os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        self._lock = threading.RLock()
        self._lines = []
        self.last = ""  # the last line of output that said something, also when it is left out of the log
        self._line_length, self._left = 8192, 1 << 20
        for work in (self._flush_always, self._end_with_the_server):
            threading.Thread(target=work, daemon=True).start()
        self._send("begin", {})

    def read(self):
        line = self._input.readline()
        if not line:
            os._exit(1)  # the server is gone
        message = json.loads(line)
        limits = message.get("limits")
        if limits:
            self._line_length, self._left = limits["line"], limits["output"]
        return message

    def ask(self, event, **fields):
        self._send(event, fields)
        return self.read()

    def step(self, name):
        self._send("step", {"step": name})

    def log(self, line):
        with self._lock:
            self.last = line.strip() or self.last
            if self._left < 0:
                return
            self._left -= len(line) + 1
            self._lines.append(line if self._left >= 0 else "(The output is longer than its limit: what follows is left out.)")
            if len(self._lines) >= FLUSH_LINES:
                self._flush()

    def file(self, kind, path, most):
        """Sends a plain file, and nothing that a link leads to."""
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            self._send("file", {"kind": kind, "name": os.path.basename(path)})
            while most > 0:
                data = stream.read(min(CHUNK, most))
                if not data:
                    break
                most -= len(data)
                self._send("data", {"data": base64.b64encode(data).decode()})

    def end(self, fields):
        self._send("end", fields)

    def fail(self, failure):
        self._send("end", {"failure": {"code": failure.code, "message": failure.message, "fix": failure.fix}})

    def run(self, words, cwd=None, variables=None):
        """Runs a program with its output in the log; returns its exit code. What it leaves running is ended as far as it can be found."""
        environment = dict(os.environ, **(variables or {}))
        try:
            process = subprocess.Popen(words, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       start_new_session=True)
        except OSError as error:
            self.log("%s cannot be started: %s" % (words[0], error))
            return 127
        lines = Lines(self.log, self._line_length)
        handle = process.stdout.fileno()
        until = None
        while until is None or time.monotonic() < until:
            if until is None and process.poll() is not None:
                until = time.monotonic() + MOST_DRAIN_S  # what it left running may hold its output open, and go on writing
            readable, _, _ = select.select([handle], [], [], DRAIN_S)
            data = os.read(handle, 1 << 16) if readable else b""
            if data:
                lines.take(data)
            elif readable or until is not None:
                break
        process.wait()
        lines.end()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            pass  # nobody is left
        return process.returncode if process.returncode >= 0 else 128 - process.returncode

    def _send(self, event, fields):
        with self._lock:
            self._flush()
            self._write(dict(fields, event=event))

    def _flush(self):
        if self._lines:
            lines, self._lines = self._lines, []
            self._write({"event": "log", "lines": lines})

    def _flush_always(self):
        pause = threading.Event()
        while not pause.wait(FLUSH_S):
            with self._lock:
                self._flush()

    def _end_with_the_server(self):
        """Also when the server was killed before bwrap knew that it is to end with it. Only the other end's closing is told: nothing is asked for."""
        poll = select.poll()
        poll.register(self._input, 0)
        poll.poll()
        os._exit(1)

    def _write(self, message):
        data = json.dumps(message).encode() + b"\n"
        while data:
            try:
                data = data[os.write(self._output, data):]
            except OSError:
                os._exit(1)  # the server is gone


class Lines:
    """Cuts output into lines while it streams; of a long one only the beginning is ever kept."""

    def __init__(self, tell, longest):
        self._tell, self._longest = tell, longest
        self._line, self._left_out = bytearray(), 0

    def take(self, data):
        parts = data.split(b"\n")
        for part in parts[:-1]:
            self._add(part)
            self.end(always=True)
        self._add(parts[-1])

    def end(self, always=False):
        if self._line or self._left_out or always:
            text = self._line.decode("utf-8", "replace").rstrip("\r").rpartition("\r")[2]
            if self._left_out:
                text = text[:self._longest - 40] + " (%d bytes more)" % self._left_out
            self._tell(text)
        self._line, self._left_out = bytearray(), 0

    def _add(self, part):
        room = self._longest - len(self._line)
        self._line += part[:room]
        self._left_out += max(0, len(part) - room)
