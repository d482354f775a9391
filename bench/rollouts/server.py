"""The shipped server, which is also the index that the other peers install from."""
import os
import secrets
import signal
import subprocess
import time
import urllib.error
import urllib.request

from ports import free_ports, until
from processes import Snapshot

PROGRAM = "src/Wheelhouse.Server/bin/Release/net10.0/wheelhouse-server"
COMMAND = "src/Wheelhouse.Cli/bin/Release/net10.0/wheelhouse"


class Server:
    def __init__(self, folder, key, logs):
        self.token = "whl_bench_" + secrets.token_hex(16)
        self.port, = free_ports(1)
        self.url = "http://127.0.0.1:%d" % self.port
        self.index = "http://__token__:%s@127.0.0.1:%d/simple/" % (self.token, self.port)
        self._data, self._home = os.path.join(folder, "data"), os.path.join(folder, "home")
        self._log = open(os.path.join(logs, "server.log"), "w")
        os.makedirs(os.path.join(self._data, "ssh"))
        os.makedirs(self._home)
        if key:
            with open(os.path.join(self._data, "ssh", "config"), "w") as config:
                config.write("IdentityFile %s\nIdentitiesOnly yes\n" % key)

    @property
    def pid(self):
        return self._process.pid

    @property
    def environment(self):
        """What twine and the `wheelhouse` command need."""
        return {"WHEELHOUSE_URL": self.url, "WHEELHOUSE_TOKEN": self.token, "HOME": self._home,
                "TWINE_USERNAME": "__token__", "TWINE_PASSWORD": self.token}

    def sessions(self):
        """The ids of the ssh clients that the server has open."""
        now = Snapshot()
        return [pid for pid in now.tree(self.pid) if now.names[pid] == "ssh"]

    def ask(self, path):
        return self.fetch(path).decode()

    def fetch(self, path, headers=None):
        """The bytes of an answer."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": "Bearer " + self.token, **(headers or {})})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def start(self):
        self._process = subprocess.Popen([PROGRAM, "run", "--data", self._data, "--urls", self.url], start_new_session=True,
                                         env={**os.environ, "WHEELHOUSE_ADMIN_TOKEN": self.token},
                                         stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT)
        until("the server", self._answers, 60)

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def restart(self):
        self.stop()
        self.start()

    def _answers(self):
        if self._process.poll() is not None:
            raise SystemExit("bench: the server ended with %d; see %s" % (self._process.returncode, self._log.name))
        try:
            return bool(self.ask("/api/whoami"))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        self._log.close()
