"""Makes a release the current one for one process."""
import os
import time

import wheelhouse_node_control as control
import wheelhouse_node_preload as preload
import wheelhouse_node_processes as processes
import wheelhouse_node_service as service
from wheelhouse_node_files import remove, sync_folder
from wheelhouse_node_records import prepare_flip, read_flip, record_flip
from wheelhouse_node_request import Deadline, NodeError

# What a master loads once for its whole life: a reload forks workers from the old code of these.
MASTER_PACKAGES = {"gunicorn", "gevent", "eventlet", "greenlet", "meinheld", "uvicorn", "uvloop", "hypercorn", "setproctitle", "setuptools"}


def activate(node, request, args):
    ident, version, process = args["release"], args["version"], args["process"]
    deadline = Deadline(args.get("timeout_s", 60))
    manifest = node.root.manifest(ident)
    if manifest is None:
        raise NodeError("release_missing", "%s is not on this node" % node.root.release(ident), "stage it first")
    master = service.find(node, process)
    flip = current_flip(node, ident)
    if flip and master and runs_already(node, process, master, ident, flip["flipped_ticks"]):
        return answer("none", False, None, master, flip["flipped_ticks"])

    request.check_cancelled()  # from here on it runs to its end
    before = previous_manifest(node, ident)
    step = Activation(node, request, process, ident, version, deadline, flip)
    try:
        if master is None and service.can_be_found(process):
            return step.start()
        if master is None:
            return step.blind(args["mode"])
        reason = why_restart(node, process, master, args["mode"], before, manifest)
        return step.restart(master, reason) if reason is not None else step.reload(master, args.get("back"))
    except NodeError as error:
        error.more["flipped"] = step.flipped
        raise


class Activation:
    """The ways from one release to another. `flip` is the flip's record when `current` names the release already."""

    def __init__(self, node, request, process, ident, version, deadline, flip):
        self.node, self.request, self.process = node, request, process
        self.ident, self.version, self.deadline = ident, version, deadline
        self.ticks = flip["flipped_ticks"] if flip else None
        self.flipped = False

    def flip(self):
        if self.ticks is None:
            self.ticks = flip_current(self.node, self.ident)
            self.flipped = True

    def start(self, reason=None, action="started"):
        self.flip()
        master = control.start(self.node, self.request, self.process, self.ident, self.version, self.deadline)
        return self.done(action, reason, master)

    def restart(self, master, reason):
        if not self.process.get("restart"):
            if not self.process.get("start"):
                raise NodeError("start_failed", "%s must be restarted (%s), and it has neither `restart` nor `start`"
                                % (self.process["name"], reason or "as asked for"), "give the process a `start` or a `restart`")
            control.stop(self.node, self.request, self.process, master, self.ident, self.version, self.deadline)
            return self.start(reason, "restarted")
        self.flip()
        self._perform("restart")
        return self.done("restarted", reason, service.find(self.node, self.process))

    def reload(self, master, back=False):
        workers = processes.children(master.pid)
        self.flip()
        action = self.process["reload"]
        if action.get("signal"):
            if not control.send(self.node, master, control.signal_number(action)):
                raise NodeError("reload_failed", "%s (pid %d) ended before it could be signalled" % (self.process["name"], master.pid))
        else:
            self._perform("reload")
        if back and workers and not self._takes_it(master):
            return self._anew(master)
        return self.done("reloaded", None, master)

    def _takes_it(self, master):
        """Whether the master forks a worker anew. One whose new workers cannot start is about to end, and deaf until it has."""
        limit = self.deadline.within(self.deadline.seconds / 2)
        while processes.alive(master.pid, master.start_ticks) and not limit.passed:
            if any(worker.start_ticks > self.ticks for worker in processes.children(master.pid)):
                return True
            time.sleep(control.POLL_S)
        return False

    def _anew(self, master):
        reason = "the master (pid %d) did not take the reload" % master.pid
        left = service.find(self.node, self.process)
        return self.restart(left, reason) if left else self.start(reason)

    def blind(self, mode):
        """Nothing says whether the process runs: does what was asked for, if there is something to do."""
        self.flip()
        for name in ("reload", "restart") if mode == "reload" else ("restart", "reload"):
            action = self.process.get(name)
            if action and not action.get("signal"):
                self._perform(name)
                return self.done(name + "ed", None, None)
        return self.done("none", "nothing is configured that would tell the process", None)

    def _perform(self, name):
        control.perform(self.node, self.request, self.process, self.process[name], name, self.ident, self.version, self.deadline)

    def done(self, action, reason, master):
        service.record(self.node, self.process, master, self.ident)
        if self.flipped:
            sync_folder(self.node.root.path)
        return answer(action, self.flipped, reason, master, self.ticks)


def answer(action, flipped, reason, master, ticks):
    return {"action": action, "flipped": flipped, "reason": reason or None, "pid": master.pid if master else None, "flipped_ticks": ticks}


def current_flip(node, ident):
    """The record of the flip when `current` names the release; None when it must be flipped (again, if the record is missing)."""
    flip = read_flip(node.root)
    return flip if node.root.current_release() == ident and flip and flip["release"] == ident else None


def previous_manifest(node, ident):
    """The release that the masters were started from or reloaded to before this activation, as far as is known."""
    flip = read_flip(node.root)
    current = node.root.current_release()
    before = flip.get("previous") if flip and current == ident else current
    return node.root.manifest(before) if before else None


def runs_already(node, process, master, ident, flipped_ticks):
    if not service.through_current(node, process, master):
        return False
    if master.start_ticks > flipped_ticks:
        return True
    known = service.run_record(node, process)
    same = known and (known["pid"], known["start_ticks"]) == (master.pid, master.start_ticks)
    return bool(same and known["release"] == ident and known["flipped_ticks"] == flipped_ticks)


def why_restart(node, process, master, mode, before, manifest):
    """None for a reload; else why it must be a restart, empty when that was asked for."""
    if mode == "restart":
        return ""
    if not process.get("reload"):
        return "no reload is configured"
    if not service.command_line(node, process, master):
        return "the master hides its command line (%s) and was not started by Wheelhouse, so nothing says which release a reload would serve" % master.argv[0]
    if not service.through_current(node, process, master):
        return "the master was not started through %s, so a reload would serve its old release" % node.root.current
    why = preload.preloads(node, process, master)
    if why:
        return "the master preloads the application (%s), so a reload would serve the old code" % why
    changed = changed_master_packages(master, before, manifest)
    if changed:
        return "a reload keeps the master's own code, and that changes: %s" % ", ".join(changed)
    name = process["reload"].get("signal")
    if name and processes.catches(master.pid, control.signal_number(process["reload"])) is False:
        return "the process has no handler for SIG%s and would die of it" % name.upper().replace("SIG", "")
    return None


def changed_master_packages(master, before, manifest):
    if before is None:
        return []
    old, new = ({p["name"].lower().replace("_", "-"): p["version"] for p in m["packages"]} for m in (before, manifest))
    changed = ["%s %s → %s" % (name, old[name], new.get(name, "removed"))
               for name in sorted(MASTER_PACKAGES & set(old)) if new.get(name) != old[name]]
    if before["python"] != manifest["python"]:
        changed.append("Python %s → %s" % (before["python"], manifest["python"]))
    return changed


def flip_current(node, ident):
    """Flips `current` by rename(2); returns the tick after which every process that starts has the new release before it.

    Start times have ticks of 10 ms. The flip is laid at the end of a tick, and the rest of it waited out, so that
    "started in a later tick" and "started after the flip" are the same, and flip and signal stay a millisecond or two apart.
    """
    root = node.root
    link = root.current + ".%d.tmp" % os.getpid()
    previous = root.current_release()
    remove(link)
    os.symlink(os.path.join("releases", ident), link)
    try:
        prepare_flip(root, ident, previous)
        _sleep_to_end_of_tick()
        os.rename(link, root.current)
    finally:
        remove(link)
    ticks = processes.ticks_now()
    while processes.ticks_now() == ticks:
        time.sleep(0.0002)
    record_flip(root, ident, previous, ticks)
    return ticks


def _sleep_to_end_of_tick():
    tick = 1 / processes.TICKS
    left = tick - time.clock_gettime(time.CLOCK_BOOTTIME) % tick
    if left > 0.001:
        time.sleep(left - 0.001)
