"""Fetches files over one kept-open connection for each host, with the given CA and credentials."""
import base64
import hashlib
import http.client
import os
import ssl
import urllib.parse

from wheelhouse_node_files import remove
from wheelhouse_node_request import NodeError

TRIES = 3
TIMEOUT_S = 30
REDIRECTS = 5
CHUNK = 1 << 18


class Fetcher:
    """`index` is INDEX of the protocol. Its credentials go to the index's own origin only, also over redirects."""

    def __init__(self, request, index):
        self._request = request
        self._index = index
        self._origin = origin(index["url"])
        self._connections = {}

    def close(self):
        for connection in self._connections.values():
            connection.close()

    def fetch_into(self, url, folder, sha256, deadline):
        """Puts the file at `folder/<sha256>`, verified; returns its size. Errors: `download_failed`, `hash_mismatch`, `timeout`."""
        target = os.path.join(folder, sha256)
        partial = "%s.%d.part" % (target, os.getpid())
        try:
            response = self.open(url, deadline)
            digest, size = hashlib.sha256(), 0
            with open(partial, "wb") as stream:
                while True:
                    self._request.check_cancelled()
                    if deadline.passed:
                        raise NodeError("timeout", "the download of %s did not end within %g s" % (shown(url), deadline.seconds))
                    data = self._read(response, url)
                    if not data:
                        break
                    stream.write(data)
                    digest.update(data)
                    size += len(data)
            if digest.hexdigest() != sha256:
                raise NodeError("hash_mismatch", "%s has sha256 %s, the lock says %s" % (shown(url), digest.hexdigest(), sha256),
                                "the file on the index is not the locked one: find out who changed it, then plan anew")
            os.replace(partial, target)
            return size
        finally:
            remove(partial)

    def open(self, url, deadline, headers=None):
        """A response with status 200, whose body is to be read whole."""
        url = urllib.parse.urljoin(self._index["url"], url)
        for _ in range(REDIRECTS):
            response = self._ask(url, deadline, headers or {})
            if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
                response.read()
                url = urllib.parse.urljoin(url, response.getheader("Location"))
                continue
            if response.status == 200:
                return response
            response.read()
            fix = {401: "the token that the server gave for this rollout was refused: look at its expiry and the node's clock",
                   403: "the token may not read this project", 404: "the file was removed from the index"}.get(response.status)
            raise NodeError("download_failed", "%s answered %d %s" % (shown(url), response.status, response.reason), fix, status=response.status)
        raise NodeError("download_failed", "%s: more than %d redirects" % (shown(url), REDIRECTS))

    def _ask(self, url, deadline, headers):
        parts = urllib.parse.urlsplit(url)
        path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        headers = dict(headers, **{"User-Agent": "wheelhouse-node"})
        if origin(url) == self._origin and self._index.get("password"):
            pair = "%s:%s" % (self._index.get("username") or "__token__", self._index["password"])
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        for attempt in range(1, TRIES + 1):
            self._request.check_cancelled()
            try:
                connection = self._connect(parts, deadline)
                connection.request("GET", path, headers=headers)
                return connection.getresponse()
            except (OSError, http.client.HTTPException) as error:
                self._drop(parts)
                certificate = isinstance(error, ssl.SSLCertVerificationError)
                if attempt == TRIES or certificate or deadline.passed:
                    fix = ("hand the index's CA to the nodes (the server's setting for its certificate)" if certificate
                           else "look at the network between this node and the index; `public_url` must lead from nodes to the server")
                    raise NodeError("download_failed", "%s: %s" % (shown(url), error), fix)
                self._request.sleep(0.2 * attempt)

    def _connect(self, parts, deadline):
        key = (parts.scheme, parts.netloc)
        if key not in self._connections:
            timeout = max(0.1, min(TIMEOUT_S, deadline.left))
            if parts.scheme == "https":
                self._connections[key] = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=self._tls(parts))
            else:
                self._connections[key] = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        return self._connections[key]

    def _tls(self, parts):
        ca = self._index.get("ca_pem") if origin(urllib.parse.urlunsplit(parts)) == self._origin else None
        return ssl.create_default_context(cadata=ca)

    def _drop(self, parts):
        connection = self._connections.pop((parts.scheme, parts.netloc), None)
        if connection:
            connection.close()

    @staticmethod
    def _read(response, url):
        try:
            return response.read(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise NodeError("download_failed", "%s broke off: %s" % (shown(url), error))


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def shown(url):
    """A URL as messages may say it: no user, no password, no query (a signed link is a secret)."""
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    return urllib.parse.urlunsplit((parts.scheme, host + (":%d" % parts.port if parts.port else ""), parts.path, "", ""))
