"""Puts a release on the node without effect on what runs."""
import json
import os
import threading
from datetime import datetime, timezone

import wheelhouse_node_commands as commands
import wheelhouse_node_python as python
from wheelhouse_node_fetch import Fetcher
from wheelhouse_node_files import remove_tree, sync_folder, write_json
from wheelhouse_node_request import Deadline, NodeError

NICENESS = 5
PREFLIGHT = """\
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def stage(node, request, args):
    folder = node.root.release(args["release"])
    if node.root.manifest(args["release"]):
        return {"already": True, "downloaded": 0, "bytes": 0}
    be_nice()
    deadline = Deadline(args.get("timeout_s", 600))
    interpreter, version = python.need(args["python"])
    # What a crashed predecessor left behind is removed before anything is asked of the disk.
    remove_tree(folder)
    downloaded, size = _download(node, request, args, deadline)
    try:
        imports = _install(node, request, args, interpreter, version, folder, deadline)
        _preflight(node, request, args, folder, imports, deadline)
        manifest = {key: args[key] for key in ("release", "version", "package", "packages")}
        write_json(os.path.join(folder, "release.json"),
                   dict(manifest, python=version, created=datetime.now(timezone.utc).isoformat()))
        sync_folder(node.root.releases)
    except BaseException:
        remove_tree(folder)
        raise
    return {"already": False, "downloaded": downloaded, "bytes": size}


def be_nice():
    """Lowers the priority of this thread and of what it starts (on Linux a thread has its own)."""
    ident = threading.get_native_id()
    if os.getpriority(os.PRIO_PROCESS, ident) < NICENESS:
        os.setpriority(os.PRIO_PROCESS, ident, NICENESS)


def _download(node, request, args, deadline):
    missing = [p for p in args["packages"] if not os.path.exists(os.path.join(node.root.cache, p["sha256"]))]
    if not missing:
        return 0, 0
    request.progress("downloading %d of %d files" % (len(missing), len(args["packages"])))
    fetcher = Fetcher(request, args["index"])
    try:
        return len(missing), sum(fetcher.fetch_into(p["url"], node.root.cache, p["sha256"], deadline) for p in missing)
    finally:
        fetcher.close()


def _installed(node, version):
    """For each wheel (by sha256) the newest complete release that has it, made by the same Python."""
    return {p["sha256"]: node.root.release(m["release"])
            for m in node.root.complete_releases() if m["python"] == version for p in m["packages"]}


def _install(node, request, args, interpreter, version, folder, deadline):
    for package in args["packages"]:
        if not package["filename"].endswith(".whl"):
            raise NodeError("install_failed", "%s is not a wheel" % package["filename"], "publish a wheel of %s" % package["name"])
    installed = _installed(node, version)
    spec = {"folder": folder, "python": os.path.join(node.root.current, "bin", "python"), "package": args["package"].split("[")[0],
            "wheels": [dict(p, path=os.path.join(node.root.cache, p["sha256"]), installed=installed.get(p["sha256"])) for p in args["packages"]]}
    request.progress("installing %d packages" % len(spec["wheels"]))
    done = commands.run(node, request, [interpreter, "-I", "-c", python.source("wheelhouse_node_install")], deadline,
                        service=False, log=False, stdin=(json.dumps(spec) + "\n").encode())
    try:
        answer = json.loads(done.tail[-1])
    except (IndexError, ValueError):
        text = "\n".join(done.tail[-10:])
        if "No space left on device" in text or "Disk quota exceeded" in text:
            raise NodeError("disk_full", "no space left for %s" % folder, "free space on its file system, or prune old releases")
        raise NodeError("install_failed", "the installation ended with exit code %d\n%s" % (done.exit_code, text))
    if "error" in answer:
        error = answer["error"]
        fix = "free space on its file system, or prune old releases" if error["code"] == "disk_full" else None
        raise NodeError(error["code"], error["message"], fix)
    return answer["imports"]


def _tries(node, args, preflight, interpreter, modules):
    """What the preflight runs: a name, the words, the environment. The top-level modules come along with the first application."""
    general = preflight.get("environment") or {}
    if preflight.get("imports") is None:
        applications = preflight.get("applications") or [{"imports": [], "environment": general}]
        imports = [(one["imports"], one["environment"]) for one in applications]
        imports[0] = (modules + [name for name in imports[0][0] if name not in modules], imports[0][1])
    else:
        imports = [(preflight["imports"], general)]
    for names, environment in imports:
        if names:
            yield "import of " + ", ".join(names), [interpreter, "-B", "-c", PREFLIGHT] + names, environment
    if preflight.get("command"):
        yield preflight["command"], commands.split(node, preflight["command"], args["release"], args["version"]), general


def _preflight(node, request, args, folder, imports, deadline):
    """Imports the release as the service user, whom the release must serve and who may not change it."""
    preflight = args.get("preflight") or {}
    limit = deadline.within(preflight.get("timeout_s", 60))
    for name, words, environment in _tries(node, args, preflight, os.path.join(folder, "bin", "python"), imports):
        request.progress("preflight: %s" % name)
        try:
            done = commands.run(node, request, words, limit, environment)
        except NodeError as error:
            if error.code != "timeout":
                raise
            raise NodeError("timeout", "preflight (%s) %s" % (name, error.message[error.message.index("did not end"):]),
                            "repair what waits there, such as a connection that is made at import; if it only takes long, raise `preflight.timeout`")
        if commands.is_sudo_refusal(node, done):
            raise commands.sudo_refused(node, done.tail[-1])
        if done.exit_code:
            raise NodeError("import_failed", "preflight (%s) ended with exit code %d\n%s" % (name, done.exit_code, "\n".join(done.tail[-12:])),
                            "the release cannot be loaded on this node: repair it and publish a new version;"
                            " if only the preflight is wrong, say what to import in `preflight.imports`")
