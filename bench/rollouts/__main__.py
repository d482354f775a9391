"""The benchmark of rollouts: the same nodes, service and releases for Wheelhouse and its peers, one after another."""
import os
import signal
import subprocess
import sys
import tempfile

import machine
import wheels
from fleet import Fleet
from peers import ansible, plain_ssh, wheelhouse
from processes import adopt_orphans, end_descendants
from report import Report
from server import Server

LOGS = "artifacts/bench"
PEERS = {"wheelhouse": wheelhouse.run, "ansible-fresh": ansible.run_fresh, "ansible-in-place": ansible.run_in_place, "plain-ssh": plain_ssh.run}


def main():
    nodes = int(os.environ.get("NODES", "100"))
    peers = os.environ.get("PEERS", " ".join(PEERS)).split()
    if unknown := set(peers) - set(PEERS):
        raise SystemExit("bench: PEERS names %s; there are: %s" % (", ".join(unknown), ", ".join(PEERS)))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    adopt_orphans()
    os.makedirs(LOGS, exist_ok=True)
    print(machine.describe(nodes), flush=True)

    report = Report(LOGS)
    with tempfile.TemporaryDirectory(prefix="wheelhouse-bench.") as folder:
        key = os.path.join(folder, "key")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "wheelhouse-bench", "-f", key], check=True)
        with Server(os.path.join(folder, "server"), key, LOGS) as server:
            files = wheels.make(os.path.join(folder, "wheels"))
            for peer in peers:
                with Fleet(os.path.join(folder, peer), nodes, key, server, LOGS) as fleet:
                    PEERS[peer](report, fleet, server, files)
    report.print()
    return 1 if report.failed else 0


if __name__ == "__main__":
    try:
        code = main()
    finally:
        end_descendants()
    sys.exit(code)
