"""Ansible as its documentation says to tune it: many forks, pipelining, connections that persist."""
import os

PLAYBOOKS = "bench/rollouts/peers/playbooks"
FRESH, IN_PLACE = "Ansible, fresh virtualenvs", "Ansible, in place"


def run_fresh(report, fleet, server, _files):
    fleet.run_release("releases/1.0.0", "1.0.0")
    _steps(FRESH, "fresh.yml", report, fleet, server)


def run_in_place(report, fleet, server, _files):
    fleet.run_release("venv", "1.0.0")
    _steps(IN_PLACE, "in_place.yml", report, fleet, server)


def _steps(peer, playbook, report, fleet, server):
    inventory, config = os.path.join(fleet.folder, "inventory"), os.path.join(fleet.folder, "ansible.cfg")
    with open(inventory, "w") as stream:
        stream.write("".join(name + "\n" for name in fleet.names))
    with open(config, "w") as stream:
        stream.write(_config(fleet))
    for kind, version in (("deploy", "1.1.0"), ("revert", "1.0.0")):
        report.step(peer, "%s to %s" % (kind, version), kind, fleet, server,
                    ["ansible-playbook", "-i", inventory, os.path.join(PLAYBOOKS, playbook), "-e", "version=" + version,
                     "-e", "place=" + fleet.place, "-e", "root=" + fleet.root],
                    lambda: fleet.wrong(version), {"ANSIBLE_CONFIG": config, "LC_ALL": "C.UTF-8"})


def _config(fleet):
    return """[defaults]
forks = 50
interpreter_python = /usr/bin/python3
local_tmp = %(folder)s/ansible
remote_tmp = %(place)s/run/ansible
retry_files_enabled = false
[ssh_connection]
pipelining = true
ssh_args = -F %(ssh_config)s -o ControlMaster=auto -o ControlPersist=1h
control_path = %(folder)s/masters/%%%%n
""" % {"folder": fleet.folder, "place": fleet.place, "ssh_config": fleet.ssh_config}
