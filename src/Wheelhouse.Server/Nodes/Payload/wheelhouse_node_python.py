"""Finds the Pythons of the node."""
import glob
import importlib.util
import json
import os
import re
import subprocess
import sys

import wheelhouse_node_tags as tags
from wheelhouse_node_request import NodeError

QUESTION_S = 20


def source(module):
    """The text of one of the payload's own modules, to be run by another Python."""
    return importlib.util.find_spec(module).loader.get_source(module)


def find(wanted):
    """The path of the Python asked for ("3.11", "3.11.4" or an absolute path) and its full version, or None."""
    if wanted and os.path.isabs(wanted):
        version = version_of(wanted)
        return (wanted, version) if version else None
    matching = [(path, version) for path, version in all_pythons() if matches(version, wanted)]
    return matching[0] if matching else None


def need(wanted):
    found = find(wanted)
    if found is None:
        have = ", ".join(version for _, version in all_pythons())
        raise NodeError("python_missing", "there is no Python %s on this node, only %s" % (wanted, have),
                        "install python%s (with its venv module), or name another version in `python` of the service" % wanted)
    return found


def matches(version, wanted):
    return not wanted or (version + ".").startswith(wanted + ".")


def all_pythons():
    """Path and full version of each Python on the path, newest first, each once."""
    found = {}
    paths = [sys.executable]
    for folder in os.environ["PATH"].split(":"):
        paths += [p for p in glob.glob(folder + "/python3*") if re.search(r"/python3(\.\d+)?$", p)]
    for path in paths:
        found.setdefault(os.path.realpath(path), path)
    versions = [(path, version_of(path)) for path in found.values()]
    return sorted([pair for pair in versions if pair[1]], key=lambda pair: [int(n) for n in re.findall(r"\d+", pair[1])], reverse=True)


def is_own(path):
    """Whether it is the Python that runs this payload: then a question needs no process."""
    return os.path.realpath(path) == os.path.realpath(sys.executable)


def version_of(path):
    if is_own(path):
        return "%d.%d.%d" % sys.version_info[:3]
    answer = ask(path, "import sys; print('%d.%d.%d' % sys.version_info[:3])")
    return answer.strip() if answer else None


def ask(python, text):
    """What a Python prints for a program, or None when it cannot be run."""
    try:
        done = subprocess.run([python, "-I", "-c", text], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=QUESTION_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode() if done.returncode == 0 else None


def fingerprint(python):
    if is_own(python):
        return tags.fingerprint()
    answer = ask(python, source("wheelhouse_node_tags"))
    return json.loads(answer)["fingerprint"] if answer else None
