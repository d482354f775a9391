"""The project on the server, and its builds, by GitHub's webhook."""
import datetime
import hashlib
import hmac
import json
import secrets
import time
import urllib.request

PAUSE = 0.01


class Builds:
    def __init__(self, server, sample):
        self._server, self._sample = server, sample
        self._secret = secrets.token_hex(16)
        self._send("PUT", "/api/secrets/hook", json.dumps({"value": self._secret}).encode())
        document = "project: %s\nrepository: %s\nwebhook: secret:hook\n" % (sample.NAME, sample.bare)
        self._send("POST", "/api/build-projects/apply", document.encode(), "text/yaml")

    def seconds(self, commit):
        """From the webhook of a push until its files are on the index."""
        body = json.dumps({"ref": "refs/heads/main", "after": commit, "pusher": {"name": "bench"}}).encode()
        signature = "sha256=" + hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
        start = time.monotonic()
        answer = self._send("POST", "/hooks/" + self._sample.NAME, body, headers={"X-GitHub-Event": "push", "X-GitHub-Delivery": commit, "X-Hub-Signature-256": signature})
        path = "/api/builds/" + json.loads(answer)["build"]
        while True:
            build = json.loads(self._server.ask(path))
            if build["state"] not in ("queued", "running"):
                break
            time.sleep(PAUSE)
        if build["state"] != "succeeded":
            raise SystemExit("bench: the build %s: %s" % (build["state"], build["error"]))
        self.steps = steps(build)
        return time.monotonic() - start

    def _send(self, method, path, body, kind="application/json", headers=None):
        headers = {"Authorization": "Bearer " + self._server.token, "Content-Type": kind, **(headers or {})}
        with urllib.request.urlopen(urllib.request.Request(self._server.url + path, body, headers, method=method), timeout=60) as answer:
            return answer.read()


def steps(build):
    """The seconds of each step."""
    took = {}
    for step in build["steps"]:
        begin, end = (datetime.datetime.fromisoformat(step[name]) for name in ("startedAt", "endedAt"))
        took[step["step"]] = (end - begin).total_seconds()
    return took
