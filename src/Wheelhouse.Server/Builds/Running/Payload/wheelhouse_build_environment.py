"""Environments: virtualenvs with what a build or its tests need, made by no code of the project and kept for later builds under a key that
says all that is in them."""
import glob
import hashlib
import json
import os
import re
import sys
import urllib.parse
import urllib.request

import wheelhouse_build_pip as pip
import wheelhouse_build_source as source
import wheelhouse_build_tests as tests
import wheelhouse_node_install as install
from wheelhouse_build_channel import Failure
from wheelhouse_build_places import ENVIRONMENT, FILES, TEMPORARY, WHEELS

FORMAT = 1
BY_NAME = re.compile(r"\s*[A-Za-z0-9][\w.-]*\s*(\[[\w\s.,-]*\])?\s*(@\s*(git\+)?(https?|ssh)://|[<>=!~(;]|$)")


def requirements(job, channel):
    channel.step("checkout")
    folder = source.checkout(job, channel, tell=True)
    wanted = by_name(source.requirements(folder))
    channel.step("requirements")
    fill(channel, wanted, None)


def dependencies(job, channel):
    channel.step("test")
    folder = source.checkout(job, channel)
    plan = tests.plan(job, folder)
    channel.log(plan.reason)
    if plan.kind == "none":
        return {"tests": False}
    wheel = glob.glob(FILES + "/*.whl")[0]
    extras = tests.extras(wheel)
    wanted = by_name(plan.requirements + tests.group(source.pyproject(folder)))
    by_name(tests.headers(wheel, "Requires-Dist"))
    fill(channel, ["%s%s" % (wheel, extras)] + wanted, wheel)
    return {"tests": True}


def by_name(wanted):
    """Refuses what pip would take from the sources: it would run their code, and that code could write what later builds are given."""
    for item in wanted:
        if not BY_NAME.match(item):
            raise Failure("bad_requirement", "%r is no requirement that names a package of the index." % item, "Write it as NAME, NAME==VERSION or the like; a path cannot be one.")
    return wanted


def fill(channel, wanted, own):
    """Resolves requirements, and installs what they mean unless an environment of just that is kept."""
    packages = [package for package in resolve(channel, wanted) if package["url"] != own and not package["url"].startswith("file:")]
    key = [FORMAT, sys.version, os.uname().machine, sorted([package["filename"], package["sha256"]] for package in packages)]
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    names = ", ".join("%s %s" % (package["name"], package["version"]) for package in packages) or "nothing"
    if channel.ask("environment", key=digest)["ready"]:
        channel.log("Needed, and kept from an earlier build: " + names)
        return
    channel.log("Installing " + names)
    os.makedirs(WHEELS, exist_ok=True)
    for package in packages:
        fetch(channel, package)
    try:
        install.make({"folder": ENVIRONMENT, "python": ENVIRONMENT + "/bin/python", "package": "", "wheels": packages})
    except install.BadWheel as error:
        raise Failure("requirements_failed", str(error))


def resolve(channel, wanted):
    """What pip would install."""
    if not wanted:
        return []
    report = TEMPORARY + "/report.json"
    words = pip.command() + ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", report, "--"] + wanted
    if channel.run(words, cwd=TEMPORARY) != 0:
        raise Failure("requirements_failed", "pip found no set for %s. %s" % (", ".join(os.path.basename(item) for item in wanted), channel.last),
                      "Is all of it on the index, or may the index look for it upstream?")
    with open(report, encoding="utf-8") as stream:
        return [package_of(item) for item in json.load(stream)["install"]]


def package_of(item):
    download = item["download_info"]
    archive = download.get("archive_info") or {}
    sha256 = (archive.get("hashes") or {}).get("sha256") or (archive.get("hash") or "").replace("sha256=", "")
    name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
    filename = urllib.parse.unquote(urllib.parse.urlsplit(download["url"]).path.rsplit("/", 1)[1])
    return {"name": name, "version": item["metadata"]["version"], "url": download["url"], "sha256": sha256, "filename": filename, "installed": None}


def fetch(channel, package):
    """Brings a package as a wheel, and says where it lies."""
    if not package["filename"].endswith(".whl"):
        words = pip.command() + ["wheel", "--quiet", "--no-deps", "--wheel-dir", WHEELS, "--", "%s==%s" % (package["name"], package["version"])]
        if channel.run(words, cwd=TEMPORARY) != 0:
            raise Failure("requirements_failed", "%s is on the index as sources only, and cannot be built." % package["filename"], "Publish a wheel of it.")
        stem = package["name"].replace("-", "_")
        package["path"] = next(path for path in glob.glob(WHEELS + "/*.whl") if re.sub(r"[-_.]+", "_", os.path.basename(path).split("-")[0]).lower() == stem)
        return
    package["path"] = os.path.join(WHEELS, package["filename"])
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(package["url"]) as answer, open(package["path"], "wb") as out:
            for data in iter(lambda: answer.read(1 << 20), b""):
                digest.update(data)
                out.write(data)
    except OSError as error:
        raise Failure("requirements_failed", "%s cannot be fetched: %s" % (package["filename"], error))
    if digest.hexdigest() != package["sha256"]:
        raise Failure("requirements_failed", "%s has not the sha256 that the index says." % package["filename"])
