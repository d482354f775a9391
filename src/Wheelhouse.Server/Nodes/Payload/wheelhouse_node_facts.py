"""Looks at the node and changes nothing."""
import os
import platform

import wheelhouse_node_python as python
from wheelhouse_node_fence import recorded_epoch
from wheelhouse_node_root import Node, login_name


def hello(args, protocol):
    node = Node(args)
    return node, {"python": platform.python_version(), "pid": os.getpid(), "user": login_name(),
                  "epoch": recorded_epoch(node.root), "protocol": protocol}


def facts(node, request, args):
    found = python.find(args.get("python"))
    root = node.root
    current = root.current_release()
    manifest = root.manifest(current) if current else None
    space = os.statvfs(nearest_folder(root.path))
    return {
        "python": {"path": found[0], "version": found[1]} if found else None,
        "pythons": [version for _, version in python.all_pythons()],
        "fingerprint": python.fingerprint(found[0]) if found else None,
        "current": {"release": current, "version": manifest["version"] if manifest else None} if current else None,
        "releases": [{"release": m["release"], "version": m["version"]} for m in root.complete_releases()],
        "epoch": recorded_epoch(root),
        "disk_free": space.f_bavail * space.f_frsize,
        "inodes_free": space.f_favail,
    }


def nearest_folder(path):
    """The path itself, or the folder in which it would be created."""
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


def pip_of(path):
    # Its metadata, not `pip --version`: that takes half a second.
    version = python.ask(path, "from importlib.metadata import version; print(version('pip'))")
    return {"version": version.strip()} if version else None
