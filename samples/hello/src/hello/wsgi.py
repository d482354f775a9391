"""Answers every path with the version that this process runs, e.g. for `gunicorn hello.wsgi:app`."""
import json
import os
from importlib.metadata import version

# Read once at import: a process says the version that it loaded, whatever was installed since.
VERSION = version("acme-hello")


def app(environ, start_response):
    answers = {"/": {"hello": "world", "version": VERSION, "pid": os.getpid()},
               "/health": {"status": "ok", "version": VERSION}}
    answer = answers.get(environ["PATH_INFO"])
    body = json.dumps(answer or {"error": "not found"}).encode() + b"\n"
    start_response("200 OK" if answer else "404 Not Found",
                   [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
