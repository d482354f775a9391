"""Commands: split like a shell would (no shell runs them), as the service user, in a process group that can be ended."""
import collections
import os
import queue
import shlex
import shutil
import signal
import subprocess
import threading

import wheelhouse_node_keeper as keeper
from wheelhouse_node_request import NodeError

DRAIN_S = 0.2
KILL_AFTER_S = 2
TAIL_LINES = 30
Finished = collections.namedtuple("Finished", "exit_code tail")


def split(node, command, release=None, version=None):
    """The words of a command with `{root}`, `{current}`, `{release}` (its folder) and `{version}` replaced."""
    names = {"{root}": node.root.path, "{current}": node.root.current,
             "{release}": node.root.release(release) if release else "", "{version}": version or ""}
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise NodeError("bad_request", "command %r: %s" % (command, error), "close the quotes")
    if not words:
        raise NodeError("bad_request", "an empty command")
    for name, value in names.items():
        words = [word.replace(name, value) for word in words]
    return words


def as_service(node, words, environment=None):
    """The words that run a command as the service user. Values never stand in argv: sudo takes them from the environment."""
    if not node.needs_sudo:
        return words
    keep = ["--preserve-env=" + ",".join(sorted(environment))] if environment else []
    return ["sudo", "-n", "-u", node.user] + keep + ["--"] + words


def child_environment(more=None):
    environment = dict(os.environ)
    environment.setdefault("LANG", "C.UTF-8")
    environment.update(more or {})
    return environment


def run(node, request, words, deadline, environment=None, service=True, cancellable=True, log=True, stdin=None, cwd=None):
    """Runs a command to its end. Its result comes from wait() and a short drain: a daemon may keep its output open.

    Errors: `timeout` and `cancelled` (its process group is ended first), `command_missing`. Its group ends with the payload.
    """
    argv = as_service(node, words, environment) if service else words
    events = queue.SimpleQueue()
    tail = collections.deque(maxlen=TAIL_LINES)
    process = spawn(argv, child_environment(environment), cwd or node.root.path, stdin, kept_by=node)
    threading.Thread(target=_pump, args=(process.stdout, events), daemon=True).start()
    threading.Thread(target=lambda: events.put(("exit", process.wait())), daemon=True).start()
    if stdin is not None:
        threading.Thread(target=_feed, args=(process, stdin), daemon=True).start()

    def failed(code, message):
        end_group(node, process)
        keeper.free(node, process.pid)
        return NodeError(code, message + "".join("\n" + line for line in tail))

    exit_code, open_output = None, True
    with request.on_cancel(lambda: events.put(("cancel", None))):
        while exit_code is None or open_output:
            try:
                kind, value = events.get(timeout=deadline.left if exit_code is None else DRAIN_S)
            except queue.Empty:
                if exit_code is not None:
                    break
                raise failed("timeout", "%s did not end within %g s" % (words[0], deadline.seconds))
            if kind == "line":
                tail.append(value)
                if log:
                    request.log("stdout", value)
            elif kind == "eof":
                open_output = False
            elif kind == "exit":
                exit_code = value
            elif cancellable and exit_code is None:
                raise failed("cancelled", "%s was cancelled" % request.op)
    keeper.free(node, process.pid)
    return Finished(exit_code, list(tail))


def spawn(argv, environment, cwd, stdin=None, stdout=subprocess.PIPE, kept_by=None):
    """Starts a command in a session of its own. With `kept_by`, a node, its process group ends when the payload does."""
    if shutil.which(argv[0], path=environment.get("PATH")) is None:
        raise NodeError("command_missing", "%s is not an executable on this node" % argv[0], "correct the command, or install it")
    argv, stderr = keeper.hold(kept_by, argv) if kept_by else (argv, subprocess.STDOUT)
    return subprocess.Popen(argv, stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE, stdout=stdout,
                            stderr=stderr, env=environment, cwd=cwd if os.path.isdir(cwd) else "/", start_new_session=True)


def end_group(node, process):
    """Ends the process group: TERM, and after two seconds KILL. What left the group by setsid stays."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        kill(node, -process.pid, number)
        try:
            process.wait(KILL_AFTER_S)
        except subprocess.TimeoutExpired:
            continue
        if number == signal.SIGTERM:
            kill(node, -process.pid, signal.SIGKILL)  # children that outlived their leader
        return


def kill(node, pid, number):
    """Sends a signal to a process (or group, if negative), through sudo where the login user may not. Says whether anyone was there."""
    try:
        os.kill(pid, number)
        return True
    except ProcessLookupError:
        return False
    except PermissionError:
        if not node.needs_sudo:
            raise
    words = ["sudo", "-n", "-u", node.user, "--", "kill", "-%d" % number, "--", str(pid)]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=10)
    text = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode and "sudo" in text:
        raise sudo_refused(node, text)
    return done.returncode == 0


def output_as_service(node, words):
    """What a command prints that the service user may run and the login user may not; empty when sudo or the command refuses."""
    done = subprocess.run(as_service(node, words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=10)
    return done.stdout if done.returncode == 0 else b""


def sudo_refused(node, text):
    from wheelhouse_node_root import login_name
    if "unable to execute" in text:
        return NodeError("permission_denied", "%s may not run a program of this service: %s" % (node.user, text),
                         "open the root's folders to %s; a Python in somebody's home is closed to others: install it for all" % node.user)
    return NodeError("permission_denied", "%s may not act as %s: %s" % (login_name(), node.user, text),
                     "add to sudoers: %s ALL=(%s) NOPASSWD:SETENV: ALL" % (login_name(), node.user))


def is_sudo_refusal(node, finished):
    return node.needs_sudo and finished.exit_code == 1 and any(line.startswith("sudo:") for line in finished.tail)


def _pump(stream, events):
    for line in iter(stream.readline, b""):
        events.put(("line", line.decode("utf-8", "replace").rstrip("\r\n")))
    events.put(("eof", None))


def _feed(process, data):
    try:
        process.stdin.write(data)
        process.stdin.flush()
    except BrokenPipeError:
        pass  # the exit code tells why it did not read
