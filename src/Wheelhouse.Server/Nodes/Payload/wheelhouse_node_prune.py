"""Removes old releases, and what no kept release needs from the cache."""
import os

import wheelhouse_node_processes as processes
from wheelhouse_node_files import remove, remove_tree
from wheelhouse_node_records import read_run_record


def prune(node, request, args):
    root = node.root
    complete = root.complete_releases()
    keep = set(args["keep"]) | {root.current_release()} | {m["release"] for m in complete[max(0, len(complete) - args["count"]):]}
    # The lock is held, so nobody is staging: what is incomplete was left by a crash.
    left = [name for name in sorted(os.listdir(root.releases)) if name.startswith(".") or not root.manifest(name)]
    old = [m["release"] for m in complete if m["release"] not in keep]
    # Looking through the memory of every process costs far more than the rest: only when there is something to spare.
    old = sorted(set(old) - in_use(root)) if old else []
    for name in left + old:
        request.check_cancelled()
        remove_tree(os.path.join(root.releases, name))
    removed = [name for name in left + old if not name.startswith(".")]
    needed = {p["sha256"] for m in root.complete_releases() for p in m["packages"]}
    for name in os.listdir(root.cache):
        if name not in needed:
            remove(os.path.join(root.cache, name))
    return {"removed": removed}


def in_use(root):
    """Releases that a process was started for, runs from, or has files of in memory, as far as this user may see."""
    prefix = os.path.realpath(root.releases) + "/"
    used = set()
    for name in os.listdir(root.in_state("run")):
        record = read_run_record(root.in_state("run", name)) or {}
        if record.get("pid") and processes.alive(record["pid"], record["start_ticks"]):
            used.add(record["release"])
    for process in processes.all_processes():
        words = list(process.argv) + [link(process.pid, "exe"), link(process.pid, "cwd")] + maps(process.pid)
        for word in words:
            if prefix in word:
                used.add(word.split(prefix, 1)[1].split("/")[0])
    return used


def link(pid, name):
    try:
        return os.readlink("/proc/%d/%s" % (pid, name)) + "/"
    except OSError:  # another user's, or gone
        return ""


def maps(pid):
    try:
        with open("/proc/%d/maps" % pid, encoding="utf-8", errors="surrogateescape") as stream:
            return stream.read().splitlines()
    except OSError:  # another user's, or gone
        return []
