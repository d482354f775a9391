"""Plain ssh: parallel sessions that install, then one node after another."""
import os

PEER = "Parallel ssh + pip"


def run(report, fleet, server, _files):
    fleet.run_release("releases/1.0.0", "1.0.0")
    nodes = os.path.join(fleet.folder, "nodes")
    with open(nodes, "w") as stream:
        stream.write("".join(name + "\n" for name in fleet.names))

    for kind, version in (("deploy", "1.1.0"), ("revert", "1.0.0")):
        report.step(PEER, "%s to %s" % (kind, version), kind, fleet, server,
                    ["bench/rollouts/peers/plain_ssh.sh", fleet.ssh_config, nodes, fleet.place, version],
                    lambda: fleet.wrong(version))
