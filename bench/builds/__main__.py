"""The benchmark of builds: from the webhook of a push to the published files, beside a plain script on the same index. See bench/README.md."""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rollouts"))

import machine
from hooks import Builds
from sample import Sample
from server import Server

LOGS = "artifacts/bench"
PACKAGES = ("setuptools", "wheel", "gunicorn", "pytest", "pluggy", "iniconfig", "attrs", "packaging")
GOALS = {"cold": 1.2, "warm": 0.5}


class Bench:
    def __init__(self, folder, server):
        self._folder, self._server = folder, server
        self._sample = Sample(folder)
        self._builds = Builds(server, self._sample)
        self._times = {}
        self.is_met = True

    def run(self, rounds):
        self._time("first", "Wheelhouse", self._wheelhouse)
        self._plain(self._sample.push())  # Once, so that Python's own files are in memory for both.
        for state in ("cold", "warm"):
            for _ in range(rounds):
                if state == "cold":
                    self._forget()
                self._time(state, "Wheelhouse", self._wheelhouse)
                self._time(state, "plain", self._plain)
        print("\n%-28s %10s %10s %6s %8s %4s" % ("median s", "Wheelhouse", "plain", "ratio", "goal", "met"))
        print("%-28s %10.2f" % ("first build of a new server", self._times["first", "Wheelhouse"][0]))
        for state, goal in GOALS.items():
            ours, plain = (statistics.median(self._times[state, who]) for who in ("Wheelhouse", "plain"))
            self.is_met &= ours / plain <= goal
            print("%-28s %10.2f %10.2f %6.2f %8s %4s" % (state, ours, plain, ours / plain, "<= %.1f" % goal, "yes" if ours / plain <= goal else "NO"))

    def _time(self, state, who, measure):
        seconds = measure(self._sample.push())
        self._times.setdefault((state, who), []).append(seconds)
        steps = "  ".join("%s %.2f" % step for step in self._builds.steps.items()) if who == "Wheelhouse" else ""
        print("%-6s %-10s %6.2f s  %s" % (state, who, seconds, steps), flush=True)

    def _wheelhouse(self, commit):
        return self._builds.seconds(commit)

    def _plain(self, _commit):
        target = os.path.join(self._folder, "plain")
        variables = {**os.environ, "PIP_INDEX_URL": self._server.index, "PIP_CACHE_DIR": os.path.join(self._folder, "pip"), "PIP_CONFIG_FILE": os.devnull}
        with open(os.path.join(LOGS, "plain.log"), "w") as out:
            start = time.monotonic()
            code = subprocess.run(["bench/builds/plain.sh", self._sample.bare, target], stdout=out, stderr=subprocess.STDOUT, env=variables).returncode
            seconds = time.monotonic() - start
        if code != 0 or len(os.listdir(os.path.join(target, "dist"))) != 2:
            raise SystemExit("bench: the plain script failed; see %s/plain.log" % LOGS)
        shutil.rmtree(target)
        return seconds

    def _forget(self):
        """Removes what both keep of earlier builds."""
        for path in (os.path.join(self._folder, "pip"), *(os.path.join(self._folder, "server", "data", "builds", name) for name in ("cache", "repositories"))):
            shutil.rmtree(path, ignore_errors=True)


def upload(server, folder):
    for package in PACKAGES:
        subprocess.run(["/usr/bin/python3", "test/fixtures/debian_wheel.py", package, folder], check=True, stdout=subprocess.DEVNULL)
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    subprocess.run(["/usr/bin/twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url", server.url + "/legacy/", *files],
                   check=True, stdout=subprocess.DEVNULL, env={**os.environ, **server.environment})


def main():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    os.makedirs(LOGS, exist_ok=True)
    os.environ["WHEELHOUSE_BUILDS_GIT_ALLOW_LOCAL"] = "true"
    rounds = int(os.environ.get("ROUNDS", "5"))
    print(machine.describe(rounds, "rounds"), flush=True)
    with tempfile.TemporaryDirectory(prefix="wheelhouse-bench.") as folder, Server(os.path.join(folder, "server"), None, LOGS) as server:
        upload(server, os.path.join(folder, "wheels"))
        bench = Bench(folder, server)
        bench.run(rounds)
    return 0 if bench.is_met else 1


if __name__ == "__main__":
    sys.exit(main())
