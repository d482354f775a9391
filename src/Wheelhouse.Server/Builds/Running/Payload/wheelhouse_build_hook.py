"""Runs in the environment of the backend: calls one hook of it and writes the answer to a file."""
import importlib
import json
import os
import re
import sys


def has_requirement(text):
    from importlib import metadata
    match = re.match(r"\s*([A-Za-z0-9._-]+)\s*$", text)
    try:
        return bool(match and metadata.version(match.group(1)))
    except metadata.PackageNotFoundError:
        return False


def backend_of(request):
    module, _, attributes = request["backend"].partition(":")
    found = importlib.import_module(module)
    for name in filter(None, attributes.split(".")):
        found = getattr(found, name)
    return found


def main():
    request = json.loads(sys.argv[1])
    sys.path[0:1] = request["path"]  # instead of this file's folder
    sys.argv[1:] = []
    if request["hook"] == "has_requirement":
        answer = has_requirement(*request["arguments"])
    else:
        hook = getattr(backend_of(request), request["hook"], None)
        if hook is None and not request["optional"]:
            sys.exit("The backend %s has no hook %s." % (request["backend"], request["hook"]))
        answer = hook(*request["arguments"]) if hook else None
    with open(request["result"], "w") as stream:
        json.dump(answer, stream)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
