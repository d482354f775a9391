"""Many nodes on this machine: an sshd each, its own files at the same place as on every other node (eng/node.sh)."""
import os
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import verify
from ports import free_ports, listens, until
from processes import Snapshot

PARALLEL = 50
START = 60  # seconds in which a service comes up


class Fleet:
    """Nodes app1 to appN that nobody deployed to. `place` is where a node sees its own folder; etc, run and srv are in it."""

    def __init__(self, folder, count, key, server, logs):
        self.folder, self.place = folder, os.path.join(folder, "node")
        self.ssh_config = os.path.join(folder, "ssh_config")
        self.names = ["app%d" % number for number in range(1, count + 1)]
        ports = free_ports(2 * count)
        self.ssh_ports, self.web_ports = dict(zip(self.names, ports[:count])), dict(zip(self.names, ports[count:]))
        self.root = self.place + "/srv/hello"
        self._key, self._index, self._machines = key, server.index, []
        self._log = os.path.join(logs, os.path.basename(folder) + "-nodes.log")

    @property
    def pids(self):
        return {machine.pid for machine in self._machines}

    def start_command(self, home):
        """Starts the service from a virtualenv below the root, e.g. `current`."""
        return "%s/%s/bin/python -m gunicorn --daemon -c %s/etc/gunicorn.py hello.wsgi:app" % (self.root, home, self.place)

    def wrong(self, version):
        """Which nodes do not serve a version, as a text; empty when all do."""
        return verify.wrong(self.web_ports, version)

    def ssh(self, node, command):
        """Runs a command on a node, and keeps the connection's master for the next one."""
        with open(self._log, "a") as log:
            subprocess.run(["ssh", "-F", self.ssh_config, "-n", node, command], check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def run_release(self, home, version):
        """Lets every node run a release from <root>/<home>, as a deploy of it would have left them, pip's cache included.
        Built once, then copied."""
        first, rest = self.names[0], self.names[1:]
        self.ssh(first, "set -e; /usr/bin/python3 -m venv {0}; PIP_CONFIG_FILE={1}/etc/pip.conf {0}/bin/pip install -q acme-hello=={2}"
                 .format("%s/%s" % (self.root, home), self.place, version))
        if home.startswith("releases/"):
            self.ssh(first, "ln -s %s %s/current" % (home, self.root))
            home = "current"
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: subprocess.run(["cp", "-a", self._files(first, "srv"), self._files(name)], check=True), rest))
        with ThreadPoolExecutor(PARALLEL) as pool:
            list(pool.map(lambda name: self.ssh(name, self.start_command(home)), self.names))
        wrong = verify.wrong(self.web_ports, version, within=START)
        if wrong:
            raise SystemExit("bench: the nodes cannot run %s: %s" % (version, wrong))

    def __enter__(self):
        os.makedirs(os.path.join(self.folder, "masters"))
        try:
            for name in self.names:
                self._boot(name)
            for name in self.names:
                until(name, lambda: listens(self.ssh_ports[name]), 120)
            self._write_ssh_config()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        processes = Snapshot()
        for machine in self._machines:
            # The first process of a machine takes all others along, and unshare ends when they have.
            for pid in processes.children(machine.pid) or [machine.pid]:
                os.kill(pid, signal.SIGKILL)
        for machine in self._machines:
            machine.wait()
        shutil.rmtree(self.folder, ignore_errors=True)  # Connection masters remove their sockets meanwhile.

    def _files(self, name, *path):
        return os.path.join(self.folder, name, *path)

    def _boot(self, name):
        os.makedirs(self._files(name, "etc"))
        os.makedirs(self._files(name, "srv"))
        self._write(name, "gunicorn.py", 'bind = ["127.0.0.1:%d", "unix:%s/run/hello.sock"]\npidfile = "%s/run/hello.pid"\nworkers = 1\n' % (
            self.web_ports[name], self.place, self.place))
        self._write(name, "pip.conf", "[global]\nindex-url = %s\ncache-dir = %s/srv/pip-cache\ndisable-pip-version-check = true\n" % (
            self._index, self.place))
        shutil.copy("bench/rollouts/peers/check.sh", self._files(name, "etc", "check"))
        with open(self._log, "a") as log:
            self._machines.append(subprocess.Popen(
                ["eng/node.sh", self._files(name), self.place, str(self.ssh_ports[name]), self._key + ".pub"],
                start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def _write(self, name, file, text):
        with open(self._files(name, "etc", file), "w") as stream:
            stream.write(text)

    def _write_ssh_config(self):
        known_hosts = os.path.join(self.folder, "known_hosts")
        with open(known_hosts, "w") as known, open(self.ssh_config, "w") as config:
            for name in self.names:
                with open(self._files(name, "etc", "host_key.pub")) as key:
                    known.write("%s %s" % (name, key.read()))
                config.write("Host %s\n  HostName 127.0.0.1\n  Port %d\n  HostKeyAlias %s\n" % (name, self.ssh_ports[name], name))
            config.write("Host *\n  IdentityFile %s\n  IdentitiesOnly yes\n  BatchMode yes\n  UserKnownHostsFile %s\n"
                         "  ControlMaster auto\n  ControlPath %s/masters/%%n\n  ControlPersist 1h\n" % (self._key, known_hosts, self.folder))
