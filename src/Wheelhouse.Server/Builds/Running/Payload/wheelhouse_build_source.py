"""The project's sources: taken out of the repository, and what they say of themselves."""
import os
import re

from wheelhouse_build_channel import Failure
from wheelhouse_build_places import REPOSITORY, SOURCE

LEGACY = {"requires": ["setuptools>=40.8", "wheel"], "build-backend": "setuptools.build_meta:__legacy__", "backend-path": []}
LONGEST = 1 << 20


def checkout(job, channel, tell=False):
    """Takes the commit out of the repository and returns the folder of the project in it."""
    quiet = ["git", "-c", "core.hooksPath=/dev/null", "-c", "filter.lfs.smudge=", "-c", "filter.lfs.required=false"]
    code = channel.run(quiet + ["clone", "--quiet", "--shared", "--no-checkout", "--template=", "--", REPOSITORY, SOURCE])
    if code == 0:
        code = channel.run(quiet + ["-C", SOURCE, "checkout", "--quiet", "--detach", job["commit"], "--"])
    if code != 0:
        raise Failure("checkout_failed", "The commit %s cannot be taken out of the repository." % job["commit"], "Was it force-pushed away? Build the branch again.")
    folder = os.path.normpath(os.path.join(SOURCE, job["folder"]))
    if not (folder + "/").startswith(SOURCE + "/") or not (os.path.realpath(folder) + "/").startswith(SOURCE + "/") or not os.path.isdir(folder):
        raise Failure("no_folder", "The repository has no folder %r." % job["folder"], "Correct the project's setting.")
    if tell and os.path.lexists(SOURCE + "/.gitmodules"):
        channel.log("The repository has submodules (.gitmodules). They are not fetched.")
    return folder


def text_of(path):
    """A file of the project's; None when there is none."""
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise Failure("bad_pyproject", "%s is larger than %d bytes." % (os.path.relpath(path, SOURCE), LONGEST))
    return data.decode("utf-8", "replace")


def pyproject(folder):
    """What pyproject.toml says; {} when there is none."""
    text = text_of(os.path.join(folder, "pyproject.toml"))
    if text is None:
        return {}
    try:
        return toml().loads(text)
    except ValueError as error:
        raise Failure("bad_pyproject", "pyproject.toml is not valid TOML: %s" % error, "Correct it: the line and column are said.")


def toml():
    try:
        import tomllib
        return tomllib
    except ImportError:  # Python before 3.11; pip brings its own
        from wheelhouse_build_pip import vendored
        return vendored("tomli")


def system(folder):
    """The build system (PEP 518, 517): requires, build-backend, backend-path."""
    if not any(os.path.isfile(os.path.join(folder, name)) for name in ("pyproject.toml", "setup.py", "setup.cfg")):
        raise Failure("no_build_system", "The project has neither pyproject.toml nor setup.py, so that nothing says how to build it.",
                      "Add a pyproject.toml with [build-system] and [project], or name the folder that has it in the project's settings.")
    found = pyproject(folder)
    if "build-system" not in found:
        return dict(LEGACY)
    table = table_of(found, "build-system")
    if not is_list_of_text(table.get("requires")):
        raise Failure("bad_pyproject", "[build-system] requires in pyproject.toml must be a list of requirements.")
    table = dict({"build-backend": LEGACY["build-backend"], "backend-path": []}, **table)
    if not isinstance(table["build-backend"], str) or not is_list_of_text(table["backend-path"]):
        raise Failure("bad_pyproject", "[build-system] in pyproject.toml: build-backend must be a text, and backend-path a list of folders.")
    return table


def table_of(settings, name):
    """A table of pyproject.toml's; {} when there is none."""
    table = settings.get(name, {})
    if not isinstance(table, dict):
        raise Failure("bad_pyproject", "[%s] in pyproject.toml must be a table." % name)
    return table


def is_list_of_text(value):
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def requirements(folder):
    """What to install before the backend is asked for more. Older setuptools ask for wheel in every case, so it is there at once."""
    table = system(folder)
    wants_wheel = table["build-backend"].startswith("setuptools.")
    return table["requires"] + (["wheel"] if wants_wheel and not any(re.match(r"wheel\b", item) for item in table["requires"]) else [])
