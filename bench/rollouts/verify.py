"""Asks every node's service which version it is."""
import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

ANSWERS = 3   # in a row, each on a new connection
SETTLE = 3    # seconds in which an old worker may still answer before it ends


def wrong(ports, version, within=SETTLE):
    """Which nodes do not serve a version within some seconds, as a text; empty when all do."""
    with ThreadPoolExecutor(16) as pool:
        said = dict(zip(ports, pool.map(lambda port: _settled(port, version, within), ports.values())))
    others = ["%s says %s" % (name, answer) for name, answer in said.items() if answer != version]
    return "%d of %d nodes do not serve %s: %s" % (len(others), len(ports), version, ", ".join(others[:3])) if others else ""


def _settled(port, version, within):
    end, right = time.monotonic() + within, 0
    while True:
        answer = _ask(port)
        right = right + 1 if answer == version else 0
        if right == ANSWERS:
            return version
        if time.monotonic() > end:
            return "several versions" if right else answer or "nothing"
        if not right:
            time.sleep(0.05)


def _ask(port):
    try:
        with urllib.request.urlopen("http://127.0.0.1:%d/health" % port, timeout=5) as answer:
            return json.load(answer)["version"]
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""
