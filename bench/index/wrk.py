"""Runs wrk on a set of paths and reads its result."""
import json
import os
import re
import subprocess

SCRIPT = os.path.join(os.path.dirname(__file__), "paths.lua")


class Load:
    """What a server bore.

    requests: answers a second; bytes: of bodies and headers a second; errors: answers that were none, or not 2xx."""

    def __init__(self, requests, bytes_, errors):
        self.requests, self.bytes, self.errors = requests, bytes_, errors


def load(url, paths, headers, seconds, connections=32, threads=2):
    environment = {**os.environ, "BENCH_PATHS": "\n".join(paths), "BENCH_HEADERS": "\n".join("%s: %s" % header for header in headers.items())}
    command = ["wrk", "-t%d" % threads, "-c%d" % connections, "-d%ds" % seconds, "-s", SCRIPT, url]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = re.search(r"^RESULT (\{.*\})$", result.stdout, re.MULTILINE)
    if result.returncode or not found:
        raise SystemExit("bench: wrk failed:\n" + result.stdout)
    numbers = json.loads(found.group(1))
    took = numbers["microseconds"] / 1e6
    return Load(numbers["requests"] / took, numbers["bytes"] / took, numbers["errors"])
