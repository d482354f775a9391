"""Checks the node for one service and says what to do about each finding."""
import os
import shutil
import subprocess
import tempfile
import time
from email.utils import parsedate_to_datetime

import wheelhouse_node_commands as commands
import wheelhouse_node_python as python
import wheelhouse_node_service as service
from wheelhouse_node_facts import nearest_folder, pip_of
from wheelhouse_node_fetch import Fetcher, shown
from wheelhouse_node_request import Deadline, NodeError
from wheelhouse_node_resolve import OLDEST_PIP
from wheelhouse_node_root import login_name

CLOCK_SKEW_S = 30
FEW_INODES = 20000
LIMIT_S = 15


def doctor(node, request, args):
    """Each look is one finding, or more for processes; a look that fails unexpectedly is a finding too."""
    looks = [("python", look_python), ("root", look_root), ("exec", look_exec), ("disk", look_disk), ("inodes", look_inodes),
             ("index", look_index), ("clock", look_clock), ("pip", look_pip), ("sudo", look_sudo)]
    state = {"args": args, "request": request}
    findings = []
    for name, look in looks:
        request.check_cancelled()
        try:
            status, message, fix = look(node, state)
        except (NodeError, OSError, subprocess.TimeoutExpired) as error:
            status, message, fix = "failed", str(error), getattr(error, "fix", None)
        findings.append({"check": name, "status": status, "message": message, "fix": fix})
    for process in args["processes"]:
        findings += look_process(node, process)
    return {"findings": findings}


def look_python(node, state):
    path, version = python.need(state["args"]["python"])
    if python.ask(path, "import venv, ssl, ctypes") is None:
        return "failed", "%s lacks one of the modules venv, ssl, ctypes" % path, "install the full python%s" % state["args"]["python"]
    state["python"] = path
    return "ok", "%s is Python %s" % (path, version), None


def look_root(node, state):
    node.root.make()
    with tempfile.NamedTemporaryFile(dir=node.root.releases):
        pass
    if os.stat(node.root.state).st_uid == node.uid and node.needs_sudo:
        return "failed", "%s belongs to the service user %s" % (node.root.state, node.user), "chown -R %s %s" % (login_name(), node.root.path)
    return "ok", "%s is writable for %s" % (node.root.path, login_name()), None


def look_exec(node, state):
    """Executes a file from the root as the service user: noexec and security labels let writes pass and scripts fail."""
    folder = tempfile.mkdtemp(prefix=".doctor-", dir=node.root.releases)
    try:
        os.chmod(folder, 0o755)
        script = os.path.join(folder, "probe")
        with open(script, "w") as stream:
            stream.write("#!/bin/sh\necho executed\n")
        os.chmod(script, 0o755)
        done = commands.run(node, state["request"], [script], Deadline(LIMIT_S), log=False)
    finally:
        shutil.rmtree(folder)
    if commands.is_sudo_refusal(node, done):
        raise commands.sudo_refused(node, done.tail[-1])
    if "executed" in done.tail:
        return "ok", "%s can execute files below %s" % (node.user, node.root.path), None
    return ("failed", "%s cannot execute a file below %s: %s" % (node.user, node.root.path, " ".join(done.tail)),
            "mount it without noexec, make every folder above it searchable for %s, and look at its security labels" % node.user)


def look_disk(node, state):
    space = os.statvfs(nearest_folder(node.root.path))
    free, need = space.f_bavail * space.f_frsize, state["args"].get("min_free_bytes") or 0
    message = "%d MiB free, %d MiB asked for" % (free >> 20, need >> 20)
    return ("ok", message, None) if free >= need else ("failed", message, "free space below %s, or keep fewer releases" % node.root.path)


def look_inodes(node, state):
    space = os.statvfs(nearest_folder(node.root.path))
    if space.f_files and space.f_favail < FEW_INODES:
        return "warning", "%d inodes free" % space.f_favail, "remove small files, or keep fewer releases: one has thousands of files"
    return "ok", "%d inodes free" % space.f_favail, None


def look_index(node, state):
    index = state["args"].get("index")
    if not index:
        return "skipped", "no index was named", None
    fetcher = Fetcher(state["request"], index)
    try:
        response = fetcher.open(index["url"], Deadline(LIMIT_S))
        state["date"], state["asked"] = response.getheader("Date"), time.time()
    finally:
        fetcher.close()
    return "ok", "%s answers" % shown(index["url"]), None


def look_clock(node, state):
    if not state.get("date"):
        return "skipped", "the index gave no time to compare with", None
    skew = abs(parsedate_to_datetime(state["date"]).timestamp() - state["asked"])
    if skew > CLOCK_SKEW_S:
        return "warning", "the clock differs from the server's by %d s" % skew, "let the node's clock be set by NTP: tokens and certificates expire by it"
    return "ok", "the clock agrees with the server's", None


def look_pip(node, state):
    found = pip_of(state["python"]) if state.get("python") else None
    if found is None or tuple(map(int, found["version"].split(".")[:2])) < OLDEST_PIP:
        return ("warning", "pip %s" % found["version"] if found else "the Python has no pip",
                "nothing, as long as the index has a wheel of pip; otherwise install pip 22.3 or newer")
    return "ok", "pip %s" % found["version"], None


def look_sudo(node, state):
    if not node.needs_sudo:
        return "skipped", "the login user is the service user", None
    done = commands.run(node, state["request"], ["true"], Deadline(LIMIT_S), {"WHEELHOUSE_DOCTOR": "1"}, log=False)
    if done.exit_code:
        raise commands.sudo_refused(node, " ".join(done.tail))
    return "ok", "%s may act as %s" % (login_name(), node.user), None


def look_process(node, process):
    name, current = process["name"], node.root.current
    try:
        master = service.find(node, process)
    except (NodeError, OSError) as error:
        fix = getattr(error, "fix", None) or "let %s read it" % login_name()
        return [finding("pidfile:" + name, "failed", str(error), fix), finding("current:" + name, "skipped", "the process is not known")]
    if master is None:
        expected = node.root.current_release() and service.can_be_found(process)
        found = finding("pidfile:" + name, "warning" if expected else "skipped", "%s does not run" % name,
                        "the next rollout starts it" if expected else None)
        return [found, finding("current:" + name, "skipped", "%s does not run" % name)]
    first = finding("pidfile:" + name, "ok", "%s is process %d" % (name, master.pid))
    if service.through_current(node, process, master):
        return [first, finding("current:" + name, "ok", "process %d was started through %s" % (master.pid, current))]
    return [first, finding("current:" + name, "warning", "process %d was not started through %s: %s" % (master.pid, current, " ".join(master.argv)[:200]),
                           "the next rollout restarts it instead of reloading it; name %s/bin in its start" % current)]


def finding(check, status, message, fix=None):
    return {"check": check, "status": status, "message": message, "fix": fix}
