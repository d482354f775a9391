"""Fencing: one service, one server at a time. The lock is held across check and act."""
import contextlib
import fcntl
import hashlib
import os
import time

import wheelhouse_node_processes as processes
from wheelhouse_node_files import read_json, remove, write_json
from wheelhouse_node_records import read_run_record, write_run_record
from wheelhouse_node_request import Deadline, NodeError

STEP_DAYS = 7
LOCK_WAIT_S = 60
POLL_S = 0.02
# Errors that the same step may not meet again: it is done anew when it is asked for again.
PASSING = {"cancelled", "download_failed", "disk_full", "permission_denied", "fenced", "foreign_root", "locked", "busy", "internal", "bad_request"}
STAGING_PASSING = {"timeout", "python_missing"}


def fenced(node, request, message, operation, activating):
    """Runs a fenced operation, or answers from disk when this step was done before."""
    epoch, step, args = int(message["epoch"]), message["step"], message.get("args") or {}
    node.root.make()
    claiming = request.op == "claim"
    with _lock(node, request, epoch, claiming) as predecessor:
        _admit(node, epoch)
        kept = node.root.in_state("steps", hashlib.sha256(step.encode()).hexdigest() + ".json")
        known = read_json(kept)
        if known:
            if "error" in known:
                error = known["error"]
                raise NodeError(error.pop("code"), error.pop("message"), error.pop("fix"), **error)
            return known["result"]
        with _holding(node, request, epoch, step, args.get("timeout_s", 600)):
            if claiming:
                return {"epoch": epoch, "predecessor": predecessor}
            try:
                result = operation(node, request, args)
            except NodeError as error:
                if error.code not in PASSING and (activating or error.code not in STAGING_PASSING):
                    _keep(request, kept, {"step": step, "error": error.as_json()})
                raise
            _keep(request, kept, {"step": step, "result": result})
            _prune_steps(node)
            return result


def claim(node, request, args):
    """A claim is done by what every fenced request does first: the lock, and the new epoch on record."""
    raise AssertionError("claim is answered by fenced()")


def recorded_epoch(root):
    fence = read_json(root.in_state("fence.json"))
    return fence["epoch"] if fence else None


def _admit(node, epoch):
    path = node.root.in_state("fence.json")
    fence = read_json(path)
    if fence is None and os.path.exists(path):
        raise NodeError("internal", "%s is unreadable" % path, "look at it; `fence reset` writes it anew")
    if fence and (fence["service"], fence["environment"]) != (node.service, node.environment):
        raise NodeError("foreign_root", "%s belongs to %s in %s, not to %s in %s"
                        % (node.root.path, fence["service"], fence["environment"], node.service, node.environment),
                        "give each service and environment a root of its own")
    if fence and fence["epoch"] > epoch:
        raise NodeError("fenced", "epoch %d is behind epoch %d, which this node has seen" % (epoch, fence["epoch"]),
                        "another server has taken over; after a restored database run `wheelhouse-server fence reset`")
    if not fence or fence["epoch"] < epoch:
        write_json(path, {"service": node.service, "environment": node.environment, "epoch": epoch})


@contextlib.contextmanager
def _lock(node, request, epoch, claiming):
    """Takes the lock; yields what became of a predecessor: "none", "finished" or "ended"."""
    handle = os.open(node.root.in_state("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        predecessor, patience = "none", Deadline(LOCK_WAIT_S)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                holder = read_run_record(node.root.in_state("holder.json"))
            if claiming and holder and holder["epoch"] < epoch:
                predecessor = _end_predecessor(request, holder)
            elif patience.passed and not (holder and time.clock_gettime(time.CLOCK_BOOTTIME) < holder["deadline"]):
                raise NodeError("locked", "%s is locked by %s" % (node.root.path, _describe(holder)),
                                "wait for it, or end that process on the node")
            request.sleep(POLL_S)
        yield predecessor
    finally:
        os.close(handle)


def _end_predecessor(request, holder):
    """Ends a staging predecessor with its processes; waits for an activating one until its deadline."""
    if not processes.alive(holder["pid"], holder["start_ticks"]):
        return "finished"
    if holder["activating"] and time.clock_gettime(time.CLOCK_BOOTTIME) < holder["deadline"]:
        return "finished"
    request.progress("ending the predecessor: %s" % _describe(holder))
    processes.end_tree(holder["pid"], holder["start_ticks"], spare_sessions=holder["activating"])
    return "ended"


@contextlib.contextmanager
def _holding(node, request, epoch, step, timeout_s):
    from wheelhouse_node_session import ACTIVATING
    path = node.root.in_state("holder.json")
    me = processes.read(os.getpid())
    write_run_record(path, {"pid": me.pid, "start_ticks": me.start_ticks, "epoch": epoch, "step": step, "op": request.op,
                            "activating": request.op in ACTIVATING, "deadline": time.clock_gettime(time.CLOCK_BOOTTIME) + timeout_s + 5})
    try:
        yield
    finally:
        remove(path)


def _describe(holder):
    if not holder:
        return "a process that left no name"
    return "%s (epoch %d, pid %d)" % (holder["step"], holder["epoch"], holder["pid"])


def _keep(request, path, outcome):
    try:
        # For a payload that lost its server. What a crash of the node takes back is done anew.
        write_json(path, outcome, durable=False)
    except OSError as error:
        request.progress("the result could not be kept on disk: %s" % error)


def _prune_steps(node):
    oldest = time.time() - STEP_DAYS * 86400
    with os.scandir(node.root.in_state("steps")) as entries:
        for entry in entries:
            if entry.stat().st_mtime < oldest:
                remove(entry.path)
