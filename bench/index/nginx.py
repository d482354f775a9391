"""Debian's nginx, which serves the same answers as files: the measure of what this machine can send."""
import os
import subprocess

from ports import free_ports, listens, until

CONFIGURATION = """
daemon off;
worker_processes auto;
pid %(folder)s/nginx.pid;
error_log %(folder)s/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    gzip_static on;
    types { text/html html; application/vnd.pypi.simple.v1+json json; }
    default_type application/octet-stream;
    client_body_temp_path %(folder)s/body; proxy_temp_path %(folder)s/proxy; fastcgi_temp_path %(folder)s/fastcgi;
    uwsgi_temp_path %(folder)s/uwsgi; scgi_temp_path %(folder)s/scgi;
    server { listen 127.0.0.1:%(port)d; root %(folder)s/root; }
}
"""


class Nginx:
    def __init__(self, folder):
        self._folder = folder
        self.port, = free_ports(1)
        self.url = "http://127.0.0.1:%d" % self.port
        os.makedirs(os.path.join(folder, "root"))
        os.chmod(folder, 0o755)

    def put(self, path, content):
        """Makes an answer a file."""
        file = os.path.join(self._folder, "root", path.lstrip("/"))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as output:
            output.write(content)

    def __enter__(self):
        configuration = os.path.join(self._folder, "nginx.conf")
        with open(configuration, "w") as output:
            output.write(CONFIGURATION % {"folder": self._folder, "port": self.port})
        command = ["/usr/sbin/nginx", "-p", self._folder, "-c", configuration]
        if os.getuid() == 0:
            command += ["-g", "user root;"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        until("nginx", lambda: listens(self.port), 10)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
