"""Finds a project's tests and runs them against the wheel that was built."""
import collections
import glob
import os
import re
import shutil
import zipfile

import wheelhouse_build_source as source
import wheelhouse_node_install as install
from wheelhouse_build_channel import Failure
from wheelhouse_build_places import BUILD, ENVIRONMENT, FILES, TEMPORARY

Plan = collections.namedtuple("Plan", "kind requirements reason")

VENV = BUILD + "/venv"
REPORT = TEMPORARY + "/junit.xml"
LARGEST_REPORT = 16 << 20
MOST_FILES = 2000
EXTRAS = ("test", "tests", "testing", "dev")
UNITTEST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wheelhouse_build_unittest.py")
SKIPPED_FOLDERS = {".git", "node_modules", "build", "dist", ".tox", ".nox", ".venv", "venv"}
NO_TESTS_COLLECTED = 5


def plan(job, folder):
    """What there is to run, and what it needs."""
    command = job["test"]
    if command is not None:
        if not command.strip():
            return Plan("none", [], "The project's settings have no tests run.")
        return Plan("command", ["pytest"] if "pytest" in command else [], "Running the tests by the project's own command.")
    settings = source.table_of(source.pyproject(folder), "tool")
    texts = test_files(folder)
    if "pytest" in settings or os.path.exists(folder + "/pytest.ini") or "[tool:pytest]" in (source.text_of(folder + "/setup.cfg") or ""):
        return Plan("pytest", ["pytest"], "Running the tests with pytest, which is configured.")
    if any(path.endswith("/conftest.py") or re.search(r"^\s*(import|from) pytest\b", text, re.M) for path, text in texts):
        return Plan("pytest", ["pytest"], "Running the tests with pytest, which they name.")
    if "tox" in settings or os.path.exists(folder + "/tox.ini"):
        return Plan("tox", ["tox"], "Running the tests with tox, which is configured.")
    if os.path.exists(folder + "/noxfile.py"):
        return Plan("nox", ["nox"], "Running the tests with nox: there is a noxfile.py.")
    if any(re.search(r"^(async )?def test_", text, re.M) or is_of_pytest(text) for _, text in texts):
        return Plan("pytest", ["pytest"], "Running the tests with pytest: there are functions named test_….")
    if any(re.search(r"\bTestCase\b", text) for _, text in texts):
        return Plan("unittest", [], "Running the tests with unittest.")
    return Plan("none", [], "No tests were found.")


def is_of_pytest(text):
    """Whether it has tests in classes that are pytest's and not unittest's."""
    return "TestCase" not in text and re.search(r"^class Test", text, re.M) and re.search(r"^\s+(async )?def test_", text, re.M)


def test_files(folder):
    """The project's files that look like tests, with their texts."""
    found, left = [], MOST_FILES
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        for name in names:
            if left and re.match(r"(test_.*|.*_test|tests|conftest)\.py$", name) and os.path.isfile(os.path.join(parent, name)):
                left -= 1
                with open(os.path.join(parent, name), "rb") as stream:
                    found.append((os.path.join(parent, name), stream.read(source.LONGEST).decode("utf-8", "replace")))
    return found


def extras(wheel):
    """The extra of the wheel that its tests need, as `[test]`; empty when it has none."""
    given = headers(wheel, "Provides-Extra")
    return next(("[%s]" % name for name in EXTRAS if name in given), "")


def headers(wheel, name):
    """The values of one field of the wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA"))
        return re.findall(r"^%s:[ \t]*(\S.*?)[ \t\r]*$" % name, archive.read(metadata).decode("utf-8", "replace"), re.M | re.I)


def group(pyproject):
    """The requirements of the dependency group for tests (PEP 735)."""
    groups = source.table_of(pyproject, "dependency-groups")

    def of(name, path):
        items = groups.get(name)
        if name in path or not isinstance(items, list):
            raise Failure("bad_pyproject", "[dependency-groups] %s includes itself, or is no list." % name)
        for item in items:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict) and isinstance(item.get("include-group"), str):
                yield from of(item["include-group"], path + [name])
            else:
                raise Failure("bad_pyproject", "[dependency-groups] %s has %r, which is neither a requirement nor the name of a group to include." % (name, item))

    return next((list(of(name, [])) for name in EXTRAS if name in groups), [])


def test(job, channel):
    folder = source.checkout(job, channel)
    chosen = plan(job, folder)
    make_venv(job)
    code = channel.run(command(chosen.kind, job, folder), folder, {
        "PATH": VENV + "/bin:" + os.environ["PATH"], "VIRTUAL_ENV": VENV, "WHEELHOUSE_JUNIT": REPORT, "PYTHONDONTWRITEBYTECODE": "1"})
    is_reported = os.path.isfile(REPORT) and not os.path.islink(REPORT)
    if is_reported:
        channel.file("report", REPORT, LARGEST_REPORT)
    reports = chosen.kind in ("pytest", "unittest")
    if code == NO_TESTS_COLLECTED and reports:
        channel.log("There were no tests in it.")
    elif code != 0:
        raise Failure("tests_failed", "The tests failed: exit code %d." % code, "The log has what they printed.")
    elif reports and not is_reported:
        raise Failure("tests_failed", "The tests ended before they were done, with exit code 0.", "See in the log what ended the whole program, as os._exit() does.")


def make_venv(job):
    """A virtualenv that has the wheel itself, and sees what the environment has. The environment's commands get a Python that sees both."""
    path = glob.glob(FILES + "/*.whl")[0]
    wheel = {"path": path, "filename": os.path.basename(path), "name": job["project"], "version": "", "installed": None}
    try:
        install.make({"folder": VENV, "python": VENV + "/bin/python", "package": job["project"], "wheels": [wheel]})
    except install.BadWheel as error:
        raise Failure("bad_artefact", str(error))
    packages = glob.glob(ENVIRONMENT + "/lib/python3*/site-packages")[0]
    site = glob.glob(VENV + "/lib/python3*/site-packages")[0]
    with open(site + "/wheelhouse_environment.pth", "w") as stream:
        stream.write("import site; site.addsitedir(%r)\n" % packages)
    old, new = (folder.encode() + b"/bin/python" for folder in (ENVIRONMENT, VENV))
    for name in os.listdir(ENVIRONMENT + "/bin"):
        script, copy = os.path.join(ENVIRONMENT, "bin", name), os.path.join(VENV, "bin", name)
        if os.path.lexists(copy) or os.path.islink(script):
            continue
        with open(script, "rb") as stream:
            content = stream.read()
        with open(copy, "wb") as stream:
            stream.write(content.replace(b"#!" + old, b"#!" + new, 1))
        shutil.copymode(script, copy)


def command(kind, job, folder):
    if kind == "command":
        return ["/bin/sh", "-c", job["test"]]
    if kind == "pytest":
        texts = [source.text_of(os.path.join(folder, name)) or "" for name in ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini")]
        # The wheel is what is tested, also where the package lies beside the tests.
        mode = [] if any("import-mode" in text for text in texts) else ["--import-mode=append"]
        return [VENV + "/bin/pytest", "--junitxml=" + REPORT] + mode
    if kind == "unittest":
        return [VENV + "/bin/python", UNITTEST, REPORT]
    return [VENV + "/bin/" + kind]
