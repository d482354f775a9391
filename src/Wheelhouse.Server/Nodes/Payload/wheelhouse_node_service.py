"""Finds the running master of a PROCESS, and makes sure that it is this service's before anyone signals it."""
import os
import subprocess

import wheelhouse_node_processes as processes
from wheelhouse_node_records import read_flip, read_run_record, write_run_record
from wheelhouse_node_request import NodeError

CLOCK_SLACK_S = 5


def find(node, process):
    """The running master, or None. Error `stale_pidfile` when the pidfile names a process that is not this service's."""
    pidfile = process.get("pidfile")
    if pidfile:
        pid = read_pidfile(pidfile)
        master = processes.read(pid) if pid else None
        if master:
            why = stranger(node, process, master)
            if why:
                raise NodeError("stale_pidfile", "%s names process %d, which is not %s of this service: %s"
                                % (pidfile, pid, process["name"], why),
                                "if %s does not run, remove %s; otherwise correct `pidfile` or start it through %s/bin once"
                                % (process["name"], pidfile, node.root.current))
            return master
    unit = systemd_unit(process)
    if unit:
        return processes.read(main_pid(*unit)) if main_pid(*unit) else None
    return recorded(node, process)


def can_be_found(process):
    """Whether there is a way to know if the process runs."""
    return bool(process.get("pidfile") or systemd_unit(process) or (process.get("start") or {}).get("command"))


def recorded(node, process):
    record = run_record(node, process)
    master = processes.read(record["pid"]) if record and record.get("pid") else None
    return master if master and master.start_ticks == record["start_ticks"] else None


def run_record(node, process):
    return read_run_record(node.root.in_state("run", process["name"] + ".json"))


def record(node, process, master, release, words=None):
    """Remembers which process runs, of which start time, started or reloaded for which release, and by which words (`words`, if it hides them)."""
    write_run_record(node.root.in_state("run", process["name"] + ".json"),
                     {"pid": master.pid if master else None, "start_ticks": master.start_ticks if master else None, "release": release,
                      "argv": (command_line(node, process, master) or words) if master else None,
                      "flipped_ticks": (read_flip(node.root) or {}).get("flipped_ticks")})


def read_pidfile(path):
    """The pid, or None when the file is missing, empty or holds no number."""
    try:
        with open(path) as stream:
            return int(stream.read().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def record_of(node, process, master):
    """The run record when it is of this very process."""
    known = run_record(node, process)
    return known if known and (known["pid"], known["start_ticks"]) == (master.pid, master.start_ticks) else None


def hides(master):
    """Whether it wrote a title over its command line (setproctitle)."""
    return len(master.argv) == 1 and " " in master.argv[0]


def command_line(node, process, master):
    """The words that it was started with; for one that hides them those recorded at its start, or systemd's. None when nobody knows."""
    if not hides(master):
        return master.argv
    known = record_of(node, process, master)
    if known and known.get("argv"):
        return known["argv"]
    unit = systemd_unit(process)
    text = show(*unit, name="ExecStart") if unit else ""
    return text.split("argv[]=")[1].split(" ;")[0].split() if "argv[]=" in text else None


def stranger(node, process, master, since=None):
    """Why this process is not the service's own; None when it is.

    `since` is the tick at which the payload began to start it: one that hides its command line and is not older is believed.
    """
    if record_of(node, process, master):
        return None
    if master.uid not in (node.uid, os.geteuid(), 0):
        return "its user has the id %d, not %d" % (master.uid, node.uid)
    if hides(master) and since is not None and master.start_ticks >= since:
        return None
    if not any(leads_below(node, word) for word in master.argv) and not processes.maps_below(master.pid, os.path.realpath(node.root.releases)):
        return "its command line is %r, which does not lead through %s" % (" ".join(master.argv)[:200], node.root.path)
    written = os.stat(process["pidfile"]).st_mtime
    if processes.started_at(master) > written + CLOCK_SLACK_S:
        return "it started after the pidfile was written"
    return None


def leads_below(node, word):
    roots = {node.root.path, os.path.realpath(node.root.path)}
    return any(word.startswith((root + "/current/", root + "/releases/")) for root in roots)


def through_current(node, process, master):
    """Whether the master was started through `<root>/current`, so that a reload makes it load what `current` names then."""
    words = command_line(node, process, master) or []
    roots = {node.root.path, os.path.realpath(node.root.path)}
    if any(word.startswith(root + "/releases/") for word in words for root in roots):
        return False
    return any(word.startswith(root + "/current/") for word in words[:2] for root in roots)


def systemd_action(process):
    """The first action that is systemd's; None when systemd does not keep the process."""
    return next((process[name] for name in ("start", "restart", "reload") if (process.get(name) or {}).get("systemd")), None)


def systemd_unit(process):
    """Unit and scope when systemd keeps the process."""
    action = systemd_action(process)
    return (action["systemd"], action.get("scope") or "system") if action else None


def systemctl(scope, *words):
    return ["systemctl"] + (["--user"] if scope == "user" else []) + list(words)


def main_pid(unit, scope):
    text = show(unit, scope, "MainPID")
    return int(text) if text.isdigit() else 0


def show(unit, scope, name):
    """A property of a unit, empty when systemd does not say it."""
    done = subprocess.run(systemctl(scope, "show", "--property", name, "--value", unit), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=10)
    return done.stdout.decode("utf-8", "replace").strip()
