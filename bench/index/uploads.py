"""Uploads over connections that stay open, and their times."""
import base64
import http.client
import threading
import time

from wheels import Wheel

BOUNDARY = "wheelhouse-bench"
FILES_OF_A_PROJECT = 20


def names(first, count):
    """Project and version of the files from the `first` on."""
    return [("acme-%05d" % (number // FILES_OF_A_PROJECT), "1.%d" % (number % FILES_OF_A_PROJECT)) for number in range(first, first + count)]


class Uploader:
    """One connection."""

    def __init__(self, server):
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        user = base64.b64encode(("__token__:" + server.token).encode()).decode()
        self.headers = {"Authorization": "Basic " + user, "Content-Type": "multipart/form-data; boundary=" + BOUNDARY}

    def send(self, body):
        self._connection.request("POST", "/legacy/", body, self.headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit("bench: an upload was answered %d: %s" % (answer.status, text.decode(errors="replace")))


def fill(server, first, count, connections=8):
    """Uploads many small files as fast as may be."""
    left, lock = iter(names(first, count)), threading.Lock()

    def work():
        uploader = Uploader(server)
        while True:
            with lock:
                name = next(left, None)
            if name is None:
                return
            uploader.send(Wheel(*name).form(BOUNDARY))

    workers = [threading.Thread(target=work, daemon=True) for _ in range(connections)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def rate(server, project, count):
    """Uploads of 2 KB a second over one connection, each sent when the one before was acknowledged."""
    forms = [Wheel(project, "1.%d" % number, 1000).form(BOUNDARY) for number in range(count)]
    uploader = Uploader(server)
    start = time.monotonic()
    for form in forms:
        uploader.send(form)
    return count / (time.monotonic() - start)
