"""Resolves a requirement into the exact set of wheels, by pip's own resolver, without installing anything."""
import glob
import json
import os
import re
import shutil
import tempfile
import time
import urllib.parse

import wheelhouse_node_commands as commands
import wheelhouse_node_python as python
from wheelhouse_node_facts import pip_of
from wheelhouse_node_fetch import Fetcher, shown
from wheelhouse_node_request import Deadline, NodeError
from wheelhouse_node_stage import be_nice

OLDEST_PIP = (22, 3)
PREFIX = "wheelhouse-resolve-"
LEFT_OVER_S = 3600
UNREACHABLE = ("Failed to establish a new connection", "Max retries exceeded", "SSLError", "Connection refused", "timed out",
               "Name or service not known", "Temporary failure in name resolution", "401 ", "403 ")
SDIST = (".tar.gz", ".zip", ".tar.bz2")


def resolve(node, request, args):
    be_nice()
    deadline = Deadline(args.get("timeout_s", 120))
    interpreter, version = python.need(args["python"])
    _remove_left_over()
    folder = tempfile.mkdtemp(prefix=PREFIX)
    try:
        pip, pip_version = _pip(request, args, interpreter, folder, deadline)
        report = _report(node, request, args, [interpreter] + pip, folder, deadline)
        return {"pip": pip_version, "packages": [_package(item) for item in report["install"]]}
    finally:
        shutil.rmtree(folder)


def _remove_left_over():
    """Removes our folders of resolutions whose payload was killed."""
    for path in glob.glob(os.path.join(tempfile.gettempdir(), PREFIX + "*")):
        try:
            seen = os.lstat(path)
            if seen.st_uid == os.getuid() and time.time() - seen.st_mtime > LEFT_OVER_S:
                shutil.rmtree(path)
        except OSError:
            pass  # somebody else was quicker


def _pip(request, args, interpreter, folder, deadline):
    """The words that run pip under the Python asked for, and pip's version. A wheel of pip runs itself."""
    given = args.get("pip")
    if given:
        fetcher = Fetcher(request, args["index"])
        try:
            fetcher.fetch_into(given["url"], folder, given["sha256"], deadline)
        finally:
            fetcher.close()
        wheel = os.path.join(folder, given["filename"])
        os.rename(os.path.join(folder, given["sha256"]), wheel)
        return [os.path.join(wheel, "pip")], given["filename"].split("-")[1]
    found = pip_of(interpreter)
    advice = "publish a wheel of pip to the index, or install python3-pip on the node"
    if found is None:
        raise NodeError("pip_missing", "%s has no pip" % interpreter, advice)
    if tuple(map(int, re.findall(r"\d+", found["version"])[:2])) < OLDEST_PIP:
        raise NodeError("pip_missing", "%s has pip %s; 22.3 or newer is needed" % (interpreter, found["version"]), advice)
    return ["-m", "pip"], found["version"]


def _report(node, request, args, pip, folder, deadline):
    path = os.path.join(folder, "report.json")
    constraints = os.path.join(folder, "constraints.txt")
    with open(constraints, "w") as stream:
        stream.writelines(line + "\n" for line in args.get("constraints") or [])
    words = pip + ["install", "--dry-run", "--ignore-installed", "--only-binary", ":all:", "--quiet", "--report", path,
                   "--constraint", constraints, "--", args["requirement"]]
    done = commands.run(node, request, words, deadline, _settings(args["index"], folder), service=False, log=False, cwd=folder)
    if done.exit_code == 0:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    text = "\n".join(done.tail)
    if any(sign in text for sign in UNREACHABLE):
        raise NodeError("index_unreachable", "pip could not read %s\n%s" % (shown(args["index"]["url"]), text),
                        "look at the network, the CA and the token: `doctor` checks the index from this node")
    raise NodeError("resolution_failed", "pip found no set for %s\n%s" % (args["requirement"], text), _advice(request, args, text, deadline))


def _settings(index, folder):
    """pip's settings by environment and private files: the password stands in no argv, and no setting of the node's own takes part."""
    parts = urllib.parse.urlsplit(index["url"])
    url = index["url"]
    if index.get("password"):
        user = "%s:%s@" % (urllib.parse.quote(index.get("username") or "__token__", ""), urllib.parse.quote(index["password"], ""))
        url = urllib.parse.urlunsplit(parts._replace(netloc=user + parts.netloc))
    settings = {"PIP_INDEX_URL": url, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "2", "PIP_TIMEOUT": "15", "TMPDIR": folder, "NETRC": os.devnull}
    if index.get("ca_pem"):
        settings["PIP_CERT"] = os.path.join(folder, "ca.pem")
        settings["REQUESTS_CA_BUNDLE"] = settings["PIP_CERT"]  # one of the node's own would win over PIP_CERT
        with open(settings["PIP_CERT"], "w") as stream:
            stream.write(index["ca_pem"])
    return settings


def _package(item):
    download = item["download_info"]
    archive = download.get("archive_info") or {}
    sha256 = (archive.get("hashes") or {}).get("sha256") or (archive.get("hash") or "").replace("sha256=", "")
    url = without_user(download["url"])
    name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
    if not sha256:
        raise NodeError("resolution_failed", "the index gives no sha256 for %s" % shown(url), "an index must say the sha256 of every file")
    return {"name": name, "version": item["metadata"]["version"], "sha256": sha256, "url": url,
            "filename": urllib.parse.unquote(urllib.parse.urlsplit(url).path.rsplit("/", 1)[1])}


def without_user(url):
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def _advice(request, args, text, deadline):
    """When the index has only an sdist of what is missing, says so."""
    missing = re.search(r"requirement ([A-Za-z0-9][\w.-]*)", text)
    if not missing:
        return None
    name = re.sub(r"[-_.]+", "-", missing.group(1)).lower()
    fetcher = Fetcher(request, args["index"])
    try:
        body = fetcher.open(urllib.parse.urljoin(args["index"]["url"], name + "/"), deadline).read().decode("utf-8", "replace")
    except NodeError as error:
        return "the index has no project %s" % name if error.more.get("status") == 404 else None
    finally:
        fetcher.close()
    files = re.findall(r">\s*([^<>\s]+)\s*</a>", body)
    if any(f.endswith(SDIST) for f in files):
        return "the index has a source distribution of %s, which is not built on nodes: publish a wheel (python3 -m build --wheel) of it" % name
    return None
