"""Makes the sdist, and the wheel from it, with the project's build backend (PEP 517)."""
import gzip
import json
import os
import shutil
import stat
import struct
import tarfile
import zlib

import wheelhouse_build_pip as pip
import wheelhouse_build_source as source
import wheelhouse_build_version as version
from wheelhouse_build_channel import Failure
from wheelhouse_build_places import BUILD, ENVIRONMENT, OUTPUT, TEMPORARY

BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error)
EXTRA = BUILD + "/extra"
HOOK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wheelhouse_build_hook.py")


def build(job, channel):
    channel.step("build")
    folder = source.checkout(job, channel)
    os.makedirs(OUTPUT)
    variables = version.set_in(folder, job, channel)
    sdist = artefact(Backend(folder, channel, variables).make("sdist"), ".tar.gz")
    unpacked = unpack(sdist)
    wheel = artefact(Backend(unpacked, channel, variables).make("wheel"), ".whl")
    try:
        settle(sdist, job["time"])
    except BROKEN as error:
        raise Failure("bad_artefact", "%s cannot be packed anew: %s" % (os.path.basename(sdist), error))
    for path in (sdist, wheel):
        channel.file("artefact", path, job["limits"]["disk"])


class Backend:
    def __init__(self, folder, channel, variables):
        self.folder, self.channel, self.variables = folder, channel, variables
        self.system = source.system(folder)

    def make(self, kind):
        """Makes the sdist or the wheel and returns the name that the backend says."""
        missing = [item for item in self.call("get_requires_for_build_" + kind, optional=True) or [] if not self.has(item)]
        if missing:
            self.channel.log("The backend asks for %s" % ", ".join(missing))
            if self.channel.run(pip.command() + ["install", "--quiet", "--target", EXTRA, "--"] + missing, cwd=TEMPORARY) != 0:
                raise Failure("requirements_failed", "What the backend asks for cannot be installed: %s." % ", ".join(missing))
        self.channel.log("Building the %s with %s" % (kind, self.system["build-backend"]))
        return self.call("build_" + kind, OUTPUT)

    def has(self, requirement):
        """Whether a requirement is there already; a name alone is enough, as pip's resolver chose its version."""
        return self.call("has_requirement", requirement)

    def call(self, hook, *arguments, optional=False):
        result = TEMPORARY + "/hook.json"
        if os.path.lexists(result):
            os.unlink(result)
        request = {"backend": self.system["build-backend"], "path": [os.path.join(self.folder, item) for item in self.system["backend-path"]],
                   "hook": hook, "arguments": arguments, "optional": optional, "result": result}
        words = [ENVIRONMENT + "/bin/python", "-u", HOOK, json.dumps(request)]
        if self.channel.run(words, self.folder, dict(self.variables, PYTHONPATH=EXTRA, PATH=ENVIRONMENT + "/bin:" + os.environ["PATH"])) != 0:
            raise Failure("build_failed", "The build backend %s failed in %s: %s" % (self.system["build-backend"], hook, self.channel.last), "The log says more.")
        with open(result) as stream:
            return json.load(stream)


def artefact(name, suffix):
    """The path of what the backend says that it made: a plain file in the folder for it."""
    path = os.path.join(OUTPUT, str(name))
    if os.path.basename(path) != name or not name.endswith(suffix) or not os.path.lexists(path):
        raise Failure("bad_artefact", "The build backend says that it made %r, and there is no such file." % name)
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise Failure("bad_artefact", "%s is no plain file." % name, "The build must make the file itself, and no link to one.")
    return path


def unpack(sdist):
    into = BUILD + "/sdist"
    shutil.rmtree(into, ignore_errors=True)
    os.makedirs(into)
    try:
        with tarfile.open(sdist) as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(into, filter="data")
            else:
                archive.extractall(into)
    except BROKEN as error:
        raise Failure("bad_artefact", "%s cannot be unpacked: %s" % (os.path.basename(sdist), error))
    folders = os.listdir(into)
    if len(folders) != 1:
        raise Failure("bad_artefact", "%s has not the one folder that an sdist holds everything in (PEP 625)." % os.path.basename(sdist))
    return os.path.join(into, folders[0])


def settle(sdist, time):
    """Packs an sdist anew that says when it was packed: the same commit gives the same bytes. Wheels heed SOURCE_DATE_EPOCH, sdists of setuptools do not."""
    with open(sdist, "rb") as stream, tarfile.open(sdist) as archive:
        packed, = struct.unpack("<4xI", stream.read(8))  # RFC 1952
        if max([packed] + [member.mtime for member in archive]) <= time:
            return
        anew = TEMPORARY + "/sdist.tar.gz"
        with open(anew, "wb") as raw, gzip.GzipFile("", "wb", mtime=time, fileobj=raw) as packing, \
                tarfile.open(mode="w", fileobj=packing, format=tarfile.PAX_FORMAT) as settled:
            for member in archive:
                member.mtime = min(int(member.mtime), time)
                member.uid, member.gid, member.uname, member.gname = 0, 0, "", ""
                for name in ("mtime", "atime", "ctime", "uid", "gid", "uname", "gname"):
                    member.pax_headers.pop(name, None)
                settled.addfile(member, archive.extractfile(member) if member.isreg() else None)
    os.replace(anew, sdist)
