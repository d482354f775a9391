"""Collects the evidence for the running version of one process. No evidence is never taken for good evidence."""
import wheelhouse_node_checks as checks
import wheelhouse_node_preload as preload
import wheelhouse_node_processes as processes
import wheelhouse_node_service as service
from wheelhouse_node_records import read_flip
from wheelhouse_node_request import Deadline, NodeError

# Old workers are often gone within a tenth of a second: the first looks follow each other faster than POLL_S.
FIRST_PAUSE_S, LONGER, POLL_S = 0.004, 1.15, 0.05


class Evidence:
    """`good` and `bad` speak for and against the release; `open` may still turn good while time is left.

    `ending` is what is left when new workers serve already: old ones that finish their last requests.
    """

    def __init__(self):
        self.good, self.bad, self.open, self.ending, self.notes, self.workers = [], [], [], [], [], 0


def prove(node, request, args):
    process, ident, wait = args["process"], args["release"], args.get("wait", True)
    # The checks first: they wait until the new workers answer, and looking at processes then costs a moment.
    answered = _ask(node, request, args.get("checks") or [], args["version"])
    deadline = Deadline(args.get("within_s", 30))
    pause = FIRST_PAUSE_S
    while True:
        found = look(node, process, ident)
        if deadline.passed or not (found.open or wait and found.ending):
            break
        request.sleep(min(pause, deadline.left))
        pause = min(POLL_S, pause * LONGER)
    bad = found.bad + found.open + (found.ending if wait else [])
    good = found.good + answered.good
    outcome = "disproven" if bad else "settling" if found.ending else "proven" if good else "unproven"
    return {"outcome": outcome, "evidence": bad + good + found.notes + answered.notes, "workers": found.workers}


def look(node, process, ident):
    """What /proc shows about the process at this moment."""
    seen = Evidence()
    flip = read_flip(node.root)
    if node.root.current_release() != ident:
        seen.bad.append("current is %s, not %s" % (node.root.current_release(), ident))
        return seen
    if not flip or flip["release"] != ident:
        seen.notes.append("no record of when current became %s" % ident)
        return seen
    try:
        master = service.find(node, process)
    except NodeError as error:
        seen.bad.append(error.message)
        return seen
    if master is None:
        if service.can_be_found(process) and not _daemonised(node, process):
            seen.open.append("%s does not run" % process["name"])
        else:
            seen.notes.append("the pid of %s is not known" % process["name"])
        return seen
    _judge_master(node, process, master, flip["flipped_ticks"], seen)
    return seen


def _judge_master(node, process, master, flipped, seen):
    if service.through_current(node, process, master):
        seen.good.append("the master (pid %d) runs through %s" % (master.pid, node.root.current))
    elif not service.command_line(node, process, master):
        seen.notes.append("the master (pid %d) hides its command line: %s" % (master.pid, master.argv[0]))
    else:
        seen.bad.append("the master (pid %d) was not started through current: %s" % (master.pid, " ".join(master.argv)[:200]))
    why = preload.preloads(node, process, master)
    if why and master.start_ticks <= flipped:
        seen.bad.append("the master preloads the application (%s) and is older than the flip" % why)
    workers = processes.children(master.pid)
    if not workers and any("gunicorn" in word for word in master.argv):
        seen.open.append("the master (pid %d) has no worker" % master.pid)
        return
    family = workers or [master]
    seen.workers = len(family)
    old = [worker.pid for worker in family if worker.start_ticks <= flipped]
    if old:
        left = "%d of %d workers started before the flip: %s" % (len(old), len(family), ", ".join(map(str, old)))
        (seen.ending if len(old) < len(family) else seen.open).append(left)
    else:
        seen.good.append("all %d workers started after the flip" % len(family) if workers else "it started after the flip")


def _daemonised(node, process):
    """Whether its start command ended by itself and left no way to find what it started."""
    known = service.run_record(node, process)
    return not process.get("pidfile") and known is not None and known["pid"] is None


def _ask(node, request, wanted, version):
    """Does the checks in order; an answer that says the version speaks for the release. Errors: as `checks.run`."""
    seen = Evidence()
    for check in wanted:
        said = checks.run(node, request, check)["evidence"]
        expected = (check.get("expect") or {}).get("json")
        says_version = expected is not None and str(expected["equals"]) == version
        (seen.good if says_version else seen.notes).append(said)
    return seen
