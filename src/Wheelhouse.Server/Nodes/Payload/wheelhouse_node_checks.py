"""Health checks: tried until they were good a number of times in a row, each on a new connection."""
import http.client
import json
import socket
import ssl
import time
import urllib.parse

import wheelhouse_node_commands as commands
from wheelhouse_node_request import Deadline, NodeError

BODY_LIMIT = 1 << 20
# A reload is often done in 20 ms: the first tries follow each other faster than `interval_s`.
FIRST_PAUSE_S, LONGER = 0.004, 1.3


class Bad(Exception):
    """One try that was not good; the message is the evidence."""


def check(node, request, args):
    return run(node, request, args["check"])


def run(node, request, spec, within_s=None):
    """Errors: `check_failed` with the last answer, `cancelled`."""
    attempt = {"http": try_http, "tcp": try_tcp, "command": try_command}.get(spec["kind"])
    if attempt is None:
        raise NodeError("bad_request", "there is no check of kind %r" % spec["kind"])
    began = time.monotonic()
    deadline = Deadline(spec.get("within_s", 30) if within_s is None else within_s)
    wanted, good, attempts = spec.get("successes", 3), 0, 0
    interval = spec.get("interval_s", 0.1)
    pause = min(interval, FIRST_PAUSE_S)
    while True:
        attempts += 1
        own = Deadline(min(spec.get("timeout_s", 5), max(deadline.left, 0.1)))
        try:
            evidence = attempt(node, request, spec, own)
            good, last = good + 1, evidence
        except Bad as bad:
            # A try that the end of the whole time cut short says less than the one before it.
            cut_short = own.left < 0.01 and own.seconds < spec.get("timeout_s", 5) and attempts > 1 and good == 0
            good, last = 0, last if cut_short else str(bad)
        if good >= wanted:
            return {"attempts": attempts, "seconds": round(time.monotonic() - began, 3),
                    "evidence": last.replace("{n}", "once" if good == 1 else "%d times" % good)}
        if deadline.left <= pause:
            raise NodeError("check_failed", "not good within %g s (%d tries): %s" % (deadline.seconds, attempts, last.replace("{n}", "%d times" % good)),
                            attempts=attempts)
        if good == 0:
            request.sleep(pause)
            pause = min(interval, pause * LONGER)


def try_http(node, request, spec, deadline):
    url = spec["url"]
    try:
        for left in range(spec.get("redirects", 0), -1, -1):
            status, headers, body = _get(spec, url, deadline)
            if not (left and status in (301, 302, 303, 307, 308) and headers.get("Location")):
                break
            url = urllib.parse.urljoin(url, headers["Location"])
    except (OSError, http.client.HTTPException) as error:
        raise Bad("%s: %s" % (url, error or type(error).__name__))
    expect = spec.get("expect") or {}
    allowed = expect.get("status")
    if status not in allowed if allowed else not 200 <= status < 300:
        raise Bad("%d from %s: %s" % (status, url, _shorten(body)))
    if expect.get("contains") and expect["contains"] not in body:
        raise Bad("%d from %s, but it does not contain %r: %s" % (status, url, expect["contains"], _shorten(body)))
    said = _expect_json(expect["json"], url, status, body) if expect.get("json") else ""
    return "%d from %s {n}%s" % (status, url, said)


def _expect_json(expected, url, status, body):
    value = json_at(body, expected["path"])
    if value is None:
        raise Bad("%d from %s, but there is no %s in %s" % (status, url, expected["path"], _shorten(body)))
    if value != expected["equals"] and str(value) != str(expected["equals"]):
        raise Bad("%d from %s, but %s is %s, not %s" % (status, url, expected["path"], value, expected["equals"]))
    return ", %s %s" % (expected["path"], value)


def json_at(body, path):
    """The value at a dotted path (`build.version`, `items.0.id`), None when there is none."""
    try:
        value = json.loads(body)
        for key in path.split(".") if path else []:
            value = value[int(key)] if isinstance(value, list) else value[key]
        return value
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def _get(spec, url, deadline):
    parts = urllib.parse.urlsplit(url)
    path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    connection = _connection(spec, parts, deadline.left)
    try:
        headers = dict({"User-Agent": "wheelhouse-check", "Connection": "close"}, **(spec.get("headers") or {}))
        connection.request(spec.get("method") or "GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read(BODY_LIMIT).decode("utf-8", "replace")
    finally:
        connection.close()


def _connection(spec, parts, timeout):
    if spec.get("socket"):
        connection = http.client.HTTPConnection(parts.hostname or "localhost", timeout=timeout)
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.sock.settimeout(timeout)
        connection.sock.connect(spec["socket"])
        return connection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        if spec.get("verify_tls") is False:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)


def try_tcp(node, request, spec, deadline):
    try:
        socket.create_connection((spec["host"], spec["port"]), deadline.left).close()
    except OSError as error:
        raise Bad("%s port %d: %s" % (spec["host"], spec["port"], error))
    return "%s port %d accepted a connection {n}" % (spec["host"], spec["port"])


def try_command(node, request, spec, deadline):
    words = commands.split(node, spec["command"], node.root.current_release())
    try:
        done = commands.run(node, request, words, deadline, spec.get("environment"), log=False)
    except NodeError as error:
        if error.code == "timeout":
            raise Bad(error.message)
        raise
    if commands.is_sudo_refusal(node, done):
        raise commands.sudo_refused(node, done.tail[-1])
    if done.exit_code:
        raise Bad("exit code %d from %s: %s" % (done.exit_code, spec["command"], " / ".join(done.tail[-3:])))
    return "exit code 0 from %s {n}" % spec["command"]


def _shorten(body):
    body = " ".join(body.split())
    return body if len(body) <= 300 else body[:300] + "…"
