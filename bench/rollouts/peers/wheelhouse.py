"""Wheelhouse: twine fills the index, then the shipped command pushes the buttons."""
import json
import os
import subprocess
import sys

from processes import memory
from server import COMMAND

PEER = "Wheelhouse"


def run(report, fleet, server, files):
    def step(text, kind, command, verify):
        return report.step(PEER, text, kind, fleet, server, command, verify, server.environment)

    def push(text, kind, version, *arguments):
        return step(text, kind, [COMMAND, *arguments], lambda: fleet.wrong(version))

    step("upload of %d files by twine" % len(files), "",
         ["twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url", server.url + "/legacy/", *files],
         lambda: _not_listed(server, files))
    _describe(fleet, server)
    idle = memory([server.pid], "Rss")

    push("first deploy, of 1.0.0", "", "1.0.0", "deploy", "hello", "bench", "1.0.0")
    deploy = push("deploy to 1.1.0", "deploy", "1.1.0", "deploy", "hello", "bench", "1.1.0")
    sessions = server.sessions()
    _note_memory(report, server, sessions, idle, len(fleet.names))
    revert = push("revert to 1.0.0, %d sessions open" % len(sessions), "revert", "1.0.0", "revert", "hello", "bench")
    push("deploy to 1.1.0, which lies on the nodes", "deploy", "1.1.0", "deploy", "hello", "bench", "1.1.0")
    server.restart()
    push("revert to 1.0.0, %d sessions open (server restarted)" % len(server.sessions()), "revert", "1.0.0", "revert", "hello", "bench")

    report.note("in the first revert Wheelhouse waited until the old workers had ended, which no peer does: %.0f ms a node, beside the next nodes' turns"
                % (1000 * _proving(server) / len(fleet.names)))
    report.note("server CPU, its ssh clients included: %.0f ms a node to deploy, %.0f ms a node to revert" % (
        1000 * deploy.server / len(fleet.names), 1000 * revert.server / len(fleet.names)))


def _proving(server):
    """How many seconds the first revert waited for old workers, all nodes together."""
    reverts = [r for r in json.loads(server.ask("/api/services/hello/environments/bench/rollouts")) if r["kind"] == "revert"]
    events, after = [], 0
    while page := json.loads(server.ask("/api/events?rollout=%s&after=%d" % (reverts[-1]["id"], after))):
        events, after = events + page, page[-1]["id"]
    return sum(e["data"]["seconds"] for e in events if e["type"] == "step.ended" and e["data"]["step"].startswith("prove/"))


def _describe(fleet, server):
    """Applies the service and trusts its nodes: not measured, the other peers get their inventories for nothing too."""
    document = os.path.join(fleet.folder, "hello.yaml")
    with open(document, "w") as stream:
        stream.write(_document(fleet))
    for arguments in (["apply", "-f", document], ["nodes", "trust", "hello", "bench", "--yes"]):
        done = subprocess.run([COMMAND, *arguments], env={**os.environ, **server.environment}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise SystemExit("bench: wheelhouse %s: %s" % (arguments[0], done.stdout))


def _document(fleet):
    nodes = "".join("        - { name: %s, address: 127.0.0.1, port: %d }\n" % (name, fleet.ssh_ports[name]) for name in fleet.names)
    return """service: hello
package: acme-hello
python: "%d.%d"
root: %s
processes:
  - name: web
    start: { command: "%s" }
    reload: { signal: HUP, pidfile: %s/run/hello.pid }
    check: { http: "http://hello/health", socket: %s/run/hello.sock, expect: { json: version }, successes: 1 }
environments:
  - name: bench
    nodes:
      static:
%s""" % (*sys.version_info[:2], fleet.root, fleet.start_command("current").replace(fleet.root + "/current", "{current}"),
         fleet.place, fleet.place, nodes)


def _not_listed(server, files):
    page = "".join(server.ask("/simple/%s/" % project) for project in ("acme-hello", "gunicorn", "setuptools"))
    missing = [os.path.basename(file) for file in files if os.path.basename(file) not in page]
    return "not on the index: " + ", ".join(missing) if missing else ""


def _note_memory(report, server, sessions, idle, nodes):
    resident = memory([server.pid], "Rss")
    report.note("server memory: %.0f MiB before the first deploy, %.0f MiB after two with %d sessions open (%.2f MiB a node), "
                "ssh clients %.2f MiB each besides" % (idle, resident, len(sessions), (resident - idle) / nodes,
                                                       memory(sessions, "Pss") / max(1, len(sessions))))
