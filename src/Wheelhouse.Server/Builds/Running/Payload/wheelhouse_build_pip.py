"""pip as the server's machine has it: as a module, or as the wheel that Python's venv brings."""
import glob
import importlib
import os
import subprocess
import sys

from wheelhouse_build_channel import Failure

WHEELS = ("/usr/share/python-wheels/pip-*.whl", os.path.join(os.path.dirname(os.__file__), "ensurepip/_bundled/pip-*.whl"))


def command():
    """The words that run pip under the sandbox's own Python."""
    if subprocess.run([sys.executable, "-I", "-c", "import pip"], stderr=subprocess.DEVNULL).returncode == 0:
        return [sys.executable, "-I", "-m", "pip"]
    return [sys.executable, "-I", os.path.join(wheel(), "pip")]


def wheel():
    for pattern in WHEELS:
        found = sorted(glob.glob(pattern))
        if found:
            return found[-1]
    raise Failure("no_pip", "The server's machine has no pip.", "Install it there; on Debian: apt install python3-pip python3-venv.")


def vendored(name):
    """A library that pip brings."""
    try:
        return importlib.import_module("pip._vendor." + name)
    except ImportError:
        sys.path.append(wheel())
        return importlib.import_module("pip._vendor." + name)
