"""The session: reads requests, runs each in a thread of its own, notices when the server fell silent."""
import errno
import importlib
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback

from wheelhouse_node_request import NodeError, Request

PROTOCOL = 1
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# What each request runs, imported when it is first asked for: a session that only checks never pays for staging.
OPERATIONS = {
    "facts": "wheelhouse_node_facts", "resolve": "wheelhouse_node_resolve", "stage": "wheelhouse_node_stage",
    "command": "wheelhouse_node_hooks", "activate": "wheelhouse_node_activate", "check": "wheelhouse_node_checks",
    "prove": "wheelhouse_node_proof", "deactivate": "wheelhouse_node_deactivate", "prune": "wheelhouse_node_prune",
    "doctor": "wheelhouse_node_doctor", "claim": "wheelhouse_node_fence",
}
FENCED = {"claim", "stage", "command", "activate", "deactivate", "prune"}
# These run to their own timeout when the server is gone.
ACTIVATING = {"activate", "deactivate", "command"}
QUEUE_LIMIT = 20000


class Session:
    def __init__(self, bundle):
        self._marker = bundle["marker"]
        self._silence_s = bundle.get("silence_s", 30)
        self._ping_s = bundle.get("ping_s", 10)
        self._node = None
        self._requests = {}
        self._wake = threading.Condition()
        self._heard = time.monotonic()
        self._leaving = None  # "bye" or why the server counts as gone
        self._outgoing = queue.Queue()
        self._output = os.dup(1)

    def run(self):
        os.dup2(2, 1)  # whatever prints by accident must not reach the protocol
        os.umask(0o022)
        os.environ["PATH"] = PATH
        for name in [n for n in os.environ if n.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV", "GUNICORN_"))]:
            del os.environ[name]
        os.chdir("/")
        # Handlers, not SIG_IGN: a child would inherit "ignored", and a service may rely on these.
        signal.signal(signal.SIGHUP, lambda *_: None)
        signal.signal(signal.SIGPIPE, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self._leave("ended by SIGTERM"))
        threading.Thread(target=self._write, daemon=True).start()
        self._outgoing.put(self._marker)
        threading.Thread(target=self._read, daemon=True).start()
        self._watch()
        self._flush()
        os._exit(0)  # threads may still hang in a read of a dead connection

    def _watch(self):
        """Pings, and waits for the end: `bye`, or a server that is gone, and no request left."""
        next_ping = time.monotonic() + self._ping_s
        while True:
            with self._wake:
                if self._leaving and not self._requests:
                    return
                now = time.monotonic()
                if not self._leaving:
                    until = min(next_ping, self._heard + self._silence_s)
                    self._wake.wait(max(0.01, until - now))
                else:
                    self._wake.wait(1)
            now = time.monotonic()
            if now >= next_ping:
                self._send({"event": "ping"})
                next_ping = now + self._ping_s
            if now - self._heard >= self._silence_s:
                self._leave("the server was silent for %g s" % self._silence_s)

    def _leave(self, why):
        """The server is gone: staging is abandoned, an activation runs on and leaves its result on disk."""
        self._leaving = why
        for request in list(self._requests.values()):
            if request.op not in ACTIVATING:
                threading.Thread(target=request.cancel, daemon=True).start()
        threading.Thread(target=self._notify, daemon=True).start()

    def _notify(self):
        with self._wake:
            self._wake.notify_all()

    def _read(self):
        for line in iter(sys.stdin.buffer.readline, b""):
            self._heard = time.monotonic()
            if not line.strip():
                continue
            try:
                message = json.loads(line.decode("utf-8"))
            except ValueError as error:
                self._send({"event": "log", "stream": "stderr", "line": "not a JSON object: %s" % error})
                continue
            self._receive(message)
        if self._leaving != "bye":
            self._leave("the input ended")

    def _receive(self, message):
        op = message.get("op")
        if op == "ping":
            return
        if op == "bye":
            with self._wake:
                self._leaving = self._leaving or "bye"
                self._wake.notify_all()
        elif op == "cancel":
            request = self._requests.get(message.get("id"))
            if request:
                request.cancel()
        else:
            request = Request(message.get("id"), op, self._send)
            busy = op in FENCED and any(r.op in FENCED for r in list(self._requests.values()))
            with self._wake:
                self._requests[request.id] = request
            threading.Thread(target=self._answer, args=(request, message, busy), daemon=True).start()

    def _answer(self, request, message, busy):
        try:
            if busy:
                raise NodeError("busy", "another fenced request runs in this session")
            answer = {"result": self._perform(request, message)}
        except Exception as error:  # every request is answered, whatever happened
            answer = {"error": as_node_error(error).as_json()}
        with self._wake:
            del self._requests[request.id]
            self._send(dict(answer, id=request.id))
            self._wake.notify_all()

    def _perform(self, request, message):
        args = message.get("args") or {}
        if request.op == "hello":
            from wheelhouse_node_facts import hello
            self._node, result = hello(args, PROTOCOL)
            return result
        if request.op not in OPERATIONS:
            raise NodeError("bad_request", "there is no request %r" % request.op)
        if self._node is None:
            raise NodeError("bad_request", "the first request must be hello")
        operation = getattr(importlib.import_module(OPERATIONS[request.op]), request.op)
        if request.op not in FENCED:
            return operation(self._node, request, args)
        from wheelhouse_node_fence import fenced
        return fenced(self._node, request, message, operation, request.op in ACTIVATING)

    def _send(self, message):
        # A connection that is stuck must not hold up an activation, nor fill the memory with its output.
        if message.get("event") and self._outgoing.qsize() > QUEUE_LIMIT:
            return
        self._outgoing.put(json.dumps(message, ensure_ascii=False))

    def _write(self):
        while True:
            text = self._outgoing.get()
            data = (text + "\n").encode("utf-8", "replace")
            try:
                while data:
                    data = data[os.write(self._output, data):]
            except OSError:
                self._leave("the output was closed")
                return
            finally:
                self._outgoing.task_done()

    def _flush(self):
        deadline = time.monotonic() + 5
        while self._outgoing.unfinished_tasks and time.monotonic() < deadline and self._leaving == "bye":
            time.sleep(0.002)


def as_node_error(error):
    """What the protocol says for an exception."""
    if isinstance(error, NodeError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NodeError("disk_full", "no space left on the node (%s)" % (error.filename or error.strerror),
                         "free space on the file system of the service's root, or prune old releases")
    if isinstance(error, PermissionError):
        return NodeError("permission_denied", str(error), "give the login user the right to do this; `doctor` shows what is needed")
    if isinstance(error, KeyError):
        return NodeError("bad_request", "the request lacks %s" % error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return NodeError("internal", "%s: %s (%s line %d)" % (type(error).__name__, error, last.filename, last.lineno))
