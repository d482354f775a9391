"""The service's directory on the node: where everything lies, and who may do what in it."""
import os
import pwd

from wheelhouse_node_files import read_json
from wheelhouse_node_request import NodeError


class Root:
    """Paths below `<root>`; see "On disk" in docs/reference/node-protocol.md."""

    def __init__(self, path):
        if not os.path.isabs(path):
            raise NodeError("bad_request", "root %r is not an absolute path" % path)
        self.path = os.path.normpath(path)
        self.releases = os.path.join(self.path, "releases")
        self.current = os.path.join(self.path, "current")
        self.state = os.path.join(self.path, ".wheelhouse")
        self.cache = os.path.join(self.state, "cache")

    def in_state(self, *names):
        return os.path.join(self.state, *names)

    def release(self, ident):
        if not ident or ident != os.path.basename(ident) or ident.startswith("."):
            raise NodeError("bad_request", "release %r is not a plain name" % ident)
        return os.path.join(self.releases, ident)

    def manifest(self, ident):
        """release.json of a complete release, else None."""
        return read_json(os.path.join(self.release(ident), "release.json"))

    def complete_releases(self):
        """The manifests of all complete releases, oldest first."""
        try:
            names = [name for name in os.listdir(self.releases) if not name.startswith(".")]
        except FileNotFoundError:
            return []
        found = [manifest for manifest in map(self.manifest, names) if manifest]
        return sorted(found, key=lambda manifest: manifest["created"])

    def current_release(self):
        """The id of the release that `current` names, None without one."""
        try:
            return os.path.basename(os.readlink(self.current))
        except FileNotFoundError:
            return None

    def make(self):
        """Creates what is missing, readable for all and writable for the login user only."""
        try:
            for folder in (self.path, self.releases, self.state, self.cache,
                           self.in_state("steps"), self.in_state("run"), self.in_state("log")):
                os.makedirs(folder, 0o755, exist_ok=True)
        except PermissionError as error:
            raise NodeError("permission_denied", "cannot create %s: %s" % (error.filename, error.strerror),
                            "sudo install -d -o %s %s" % (login_name(), self.path))


class Node:
    """Whom the session serves: one service in one environment, in one root, as one service user."""

    def __init__(self, args):
        self.service = args["service"]
        self.environment = args["environment"]
        self.root = Root(args["root"])
        self.user = args.get("user") or login_name()
        try:
            account = pwd.getpwnam(self.user)
        except KeyError:
            raise NodeError("user_missing", "there is no user %s on this node" % self.user,
                            "create the user, or correct `user` of the service")
        self.uid = account.pw_uid
        self.needs_sudo = self.uid != os.geteuid()


def login_name():
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
