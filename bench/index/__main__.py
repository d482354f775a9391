"""The benchmark of the index: the shipped server beside nginx with the same files, at several sizes of the index. See bench/README.md."""
import os
import signal
import sys
import tempfile
import urllib.parse

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rollouts"))

import machine
import uploads
from nginx import Nginx
from processes import memory
from report import Report
from server import Server
from wheels import Wheel
from wrk import load

LOGS = "artifacts/bench"
JSON = "application/vnd.pypi.simple.v1+json"
MEMORY_GOAL = 250  # MiB
UPLOAD_GOAL = 400  # a second
PAGES = 100  # how many projects' pages are asked for in turn
SMALL, LARGE = 50_000, 20_000_000  # bytes


class Bench:
    def __init__(self, server, nginx, seconds):
        self._server, self._nginx, self._seconds = server, nginx, seconds
        self._report = Report()
        self._token = uploads.Uploader(server).headers["Authorization"]
        self._files = 0

    @property
    def report(self):
        return self._report

    def run(self, files):
        """Fills the index up to so many files and measures everything there."""
        uploads.fill(self._server, self._files, files - self._files)
        self._files = files
        self._memory("memory after the uploads")
        self._uploads()
        self._pages()
        self._wheel("50 KB wheel", SMALL, goal=0.5)
        self._wheel("20 MB wheel", LARGE, goal=0.9)
        self._memory("memory after all of it")

    def _uploads(self):
        # After a start the server compiles its code while it runs: it is as fast as it gets after some thousand uploads.
        uploads.rate(self._server, "warm-up-%d" % self._files, max(300, 3000 - self._files))
        rate = uploads.rate(self._server, "one-by-one-%d" % self._files, 1000)
        self._report.number(self._files, "uploads over one connection", rate, "/s", ">= %d/s" % UPLOAD_GOAL, rate >= UPLOAD_GOAL)

    def _pages(self):
        projects = sorted({name for name, _ in uploads.names(0, self._files)})
        step = max(1, len(projects) // PAGES)
        chosen = projects[::step][:PAGES]
        for what, accept, file in (("project page, HTML", "text/html", "index.html"), ("project page, JSON", JSON, "index.json")):
            paths = ["/simple/%s/" % name for name in chosen]
            for path in paths:
                self._nginx.put(path + file, self._server.fetch(path, {"Accept": accept}))
            static = [path + file for path in paths]
            self._compare(what, paths, static, {"Accept": accept}, 0.5, "requests")

    def _wheel(self, what, size, goal):
        wheel = Wheel("sized-%d-%d" % (size, self._files), "1.0", size)
        uploads.Uploader(self._server).send(wheel.form(uploads.BOUNDARY))
        path = "/files/%s/%s" % (wheel.sha256, urllib.parse.quote(wheel.name))
        self._nginx.put(path, wheel.content)
        self._compare(what, [path], [path], {}, goal, "bytes")

    def _compare(self, what, paths, static, headers, goal, unit):
        """Both are warmed up; then each in turn, twice, the better one counts."""
        ours = lambda seconds: load(self._server.url, paths, {**headers, "Authorization": self._token}, seconds)
        other = lambda seconds: load(self._nginx.url, static, headers, seconds)
        ours(2), other(1)
        pairs = [(ours(self._seconds), other(self._seconds)) for _ in range(2)]
        best = [max(runs, key=lambda run: run.requests) for runs in zip(*pairs)]
        self._report.compare(self._files, what, *best, goal, unit)

    def _memory(self, what):
        value = memory([self._server.pid], "Rss")
        self._report.number(self._files, what, value, " MiB", "< %d MiB" % MEMORY_GOAL, value < MEMORY_GOAL)


def main():
    sizes = [int(size) for size in os.environ.get("FILES", "4000 100000").split()]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    os.makedirs(LOGS, exist_ok=True)
    print(machine.describe(sizes[-1], "files"), flush=True)
    with tempfile.TemporaryDirectory(prefix="wheelhouse-bench.") as folder:
        with Server(os.path.join(folder, "server"), None, LOGS) as server, Nginx(os.path.join(folder, "nginx")) as nginx:
            bench = Bench(server, nginx, int(os.environ.get("SECONDS_EACH", "4")))
            for size in sizes:
                bench.run(size)
    bench.report.print()
    return 1 if bench.report.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
