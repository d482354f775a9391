"""One request of the server: how its work logs, notices that it was cancelled, and fails."""
import contextlib
import threading
import time

LINE_LIMIT = 8192


class NodeError(Exception):
    """An outcome that the protocol names: a code, a message for a person, and how to fix it."""

    def __init__(self, code, message, fix=None, **more):
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix
        self.more = more

    def as_json(self):
        return dict(self.more, code=self.code, message=self.message, fix=self.fix)


class Request:
    """`send` takes a JSON object and never blocks."""

    def __init__(self, ident, op, send):
        self.id = ident
        self.op = op
        self._send = send
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._callbacks = []

    @property
    def cancelled(self):
        return self._cancelled.is_set()

    def log(self, stream, line):
        if len(line) > LINE_LIMIT:
            line = line[:LINE_LIMIT] + "… (cut: the line has %d characters)" % len(line)
        self._send({"id": self.id, "event": "log", "stream": stream, "line": line})

    def progress(self, message):
        self._send({"id": self.id, "event": "progress", "message": message})

    def cancel(self):
        with self._lock:
            if self.cancelled:
                return
            self._cancelled.set()
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()

    @contextlib.contextmanager
    def on_cancel(self, callback):
        """Calls `callback` from another thread when the request is cancelled (at once if it is already)."""
        with self._lock:
            already = self.cancelled
            self._callbacks.append(callback)
        try:
            if already:
                callback()
            yield
        finally:
            with self._lock:
                self._callbacks.remove(callback)

    def check_cancelled(self):
        if self.cancelled:
            raise NodeError("cancelled", "%s was cancelled" % self.op)

    def sleep(self, seconds):
        """Waits; raises `cancelled` as soon as the request is."""
        if self._cancelled.wait(max(0, seconds)):
            self.check_cancelled()


class Deadline:
    """A moment on the monotonic clock after which a step is over."""

    def __init__(self, seconds):
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self):
        return max(0.0, self._end - time.monotonic())

    @property
    def passed(self):
        return self.left <= 0

    def within(self, seconds):
        """The sooner of this one and `seconds` from now."""
        return Deadline(min(seconds, self.left))
