"""Starts, stops and reloads a process, by command, systemd or signal."""
import collections
import os
import signal
import subprocess
import time

import wheelhouse_node_commands as commands
import wheelhouse_node_keeper as keeper
import wheelhouse_node_processes as processes
import wheelhouse_node_service as service
from wheelhouse_node_request import NodeError

LOG_LIMIT = 10 << 20
# A program that cannot load ends within moments of its start; the check watches it from then on.
SETTLE_S = 0.3
POLL_S = 0.02
# A start that runs: where its output goes and from which byte on, since which tick, and by which words (None: by systemd).
Start = collections.namedtuple("Start", "log offset release since words")


def perform(node, request, process, action, name, release, version, deadline):
    """Runs a reload or restart ACTION that is a command or systemd's; `name` says which, for the error."""
    if action.get("systemd"):
        scope = action.get("scope") or "system"
        words = service.systemctl(scope, name, action["systemd"])
        if scope == "system" and os.geteuid() != 0:
            words = ["sudo", "-n"] + words
        done = commands.run(node, request, words, deadline, service=False, cancellable=False)
        if done.exit_code and any(line.startswith("sudo:") for line in done.tail):
            raise NodeError("permission_denied", "\n".join(done.tail),
                            "add to sudoers: %s ALL=(root) NOPASSWD: %s" % (login(), " ".join(words[2:])))
    else:
        words = commands.split(node, action["command"], release, version)
        done = commands.run(node, request, words, deadline, process.get("environment"), cancellable=False)
        if commands.is_sudo_refusal(node, done):
            raise commands.sudo_refused(node, done.tail[-1])
    if done.exit_code:
        raise NodeError(name + "_failed", "%s of %s ended with exit code %d\n%s" % (name, process["name"], done.exit_code, "\n".join(done.tail)))


def login():
    from wheelhouse_node_root import login_name
    return login_name()


def signal_number(action):
    name = action["signal"].upper()
    try:
        return getattr(signal, name if name.startswith("SIG") else "SIG" + name)
    except AttributeError:
        raise NodeError("bad_request", "there is no signal %s" % action["signal"])


def send(node, master, number):
    """Signals exactly this process: through a handle to it where the kernel and Python have them (no pid can be reused meanwhile)."""
    if hasattr(os, "pidfd_open") and not (node.needs_sudo and os.geteuid() != 0):
        try:
            handle = os.pidfd_open(master.pid)
        except ProcessLookupError:
            return False
        try:
            if processes.alive(master.pid, master.start_ticks):
                signal.pidfd_send_signal(handle, number)
                return True
            return False
        except ProcessLookupError:
            return False
        finally:
            os.close(handle)
    return processes.alive(master.pid, master.start_ticks) and commands.kill(node, master.pid, number)


def start(node, request, process, release, version, deadline):
    """Starts the process; returns its master, None when its pid cannot be known. Error `start_failed`."""
    action = process.get("start")
    if not action:
        if process.get("restart"):
            perform(node, request, process, process["restart"], "restart", release, version, deadline)
            return service.find(node, process)
        raise NodeError("start_failed", "%s does not run, and it has no `start`" % process["name"], "give the process a `start`")
    limit = deadline.within(process.get("start_timeout_s", 30))
    if action.get("systemd"):
        perform(node, request, process, action, "start", release, version, limit)
        return _settled(node, request, process, None, limit, Start(None, 0, release, None, None))
    words = commands.split(node, action["command"], release, version)
    log = node.root.in_state("log", process["name"] + ".log")
    offset, since = _rotate(log), processes.ticks_now()
    with open(log, "ab") as output:
        argv = commands.as_service(node, words, process.get("environment"))
        child = commands.spawn(argv, commands.child_environment(process.get("environment")), node.root.path, stdout=output, kept_by=node)
    try:
        return _settled(node, request, process, child, limit, Start(log, offset, release, since, words))
    finally:
        keeper.free(node, child.pid)


def _settled(node, request, process, child, limit, context):
    """Waits until the master is known and has lived for a moment."""
    master, since = None, None
    while True:
        code = child.poll() if child else 0
        if code:
            raise NodeError("start_failed", "%s ended with exit code %d%s" % (process["name"], code, _tail(context)))
        found = _look(node, process, child, context.since)
        if found and (master is None or found.pid != master.pid):
            master, since = found, time.monotonic()
            service.record(node, process, master, context.release, context.words)
        if master and not processes.alive(master.pid, master.start_ticks):
            raise NodeError("start_failed", "%s (pid %d) ended at once%s" % (process["name"], master.pid, _tail(context)))
        if master and time.monotonic() - since >= SETTLE_S:
            return master
        if child and code == 0 and not process.get("pidfile"):
            return None  # it daemonised, and nothing says which process it became
        if limit.passed:
            raise NodeError("start_failed", "%s was not up within %g s%s" % (process["name"], limit.seconds, _tail(context)),
                            "if it starts slowly raise start_timeout_s; look whether it writes its pidfile")
        time.sleep(POLL_S)


def _look(node, process, child, since):
    if process.get("pidfile"):
        pid = service.read_pidfile(process["pidfile"])
        master = processes.read(pid) if pid else None
        if master and not service.stranger(node, process, master, since):
            return master
        return None
    if child is None:
        return service.find(node, process)
    master = processes.read(child.pid)
    # sudo stays as the parent of what it runs.
    while master and os.path.basename(master.argv[0]) == "sudo":
        master = next(iter(processes.children(master.pid)), None)
    return master if master and master.argv != [""] else None


def stop(node, request, process, master, release, version, deadline):
    """Stops the process and waits for its workers; kills what remains after stop_timeout_s. Error `stop_failed`."""
    # What systemd keeps it must stop, too: it may start again what ends.
    action = process.get("stop") or service.systemd_action(process) or {"signal": "TERM"}
    family = [master] + processes.descendants(master.pid)
    limit = deadline.within(process.get("stop_timeout_s", 30))
    if action.get("signal"):
        send(node, master, signal_number(action))
    else:
        perform(node, request, process, action, "stop", release, version, limit)
    left = processes.wait_gone(family, limit.left)
    if left:
        request.progress("%s did not stop within %g s: killing %d processes" % (process["name"], limit.seconds, len(left)))
        for one in left:
            send(node, one, signal.SIGKILL)
        left = processes.wait_gone(left, 5)
    if left:
        raise NodeError("stop_failed", "%s: process %d does not end" % (process["name"], left[0].pid), "look at that process on the node")


def _rotate(path):
    """Keeps one older log; returns the size of the present one."""
    try:
        size = os.path.getsize(path)
    except FileNotFoundError:
        return 0
    if size <= LOG_LIMIT:
        return size
    os.replace(path, path + ".1")
    return 0


def _tail(context):
    """What the process printed since its start."""
    if not context.log:
        return ""
    with open(context.log, "rb") as stream:
        stream.seek(max(context.offset, os.path.getsize(context.log) - 16384))
        lines = stream.read().decode("utf-8", "replace").splitlines()[-15:]
    return "".join("\n" + line for line in lines)
