"""Makes a virtualenv and installs wheels into it, after the binary distribution format (PEP 427 and its successors).

It runs as `python -I -c` under the service's own Python, in one process for everything, and imports nothing of the payload.
Standard input: one line of JSON, {"folder", "python": the shebang's interpreter, "package", "wheels": [{"path", "filename", "name", "version", "installed"}]};
`installed` is the folder of an earlier release that the same Python made from the same bytes, or null: its files are taken over as hard links.
Standard output: one line of JSON, {"imports": [top-level modules of the package]} or {"error": {"code", "message"}}.
The end of standard input means that the payload died: so does this process then.
"""
import base64
import configparser
import csv
import errno
import hashlib
import io
import json
import os
import posixpath
import py_compile
import re
import sys
import sysconfig
import threading
import venv
import warnings
import zipfile

STRONG_HASHES = {"sha256", "sha384", "sha512"}
UNSIGNED = {"RECORD", "RECORD.jws", "RECORD.p7s"}
SHEBANG_LIMIT = 127
SCRIPT = """\
import re
import sys
from {module} import {top}

if __name__ == "__main__":
    sys.argv[0] = re.sub(r"(-script\\.pyw|\\.exe)$", "", sys.argv[0])
    sys.exit({function}())
"""


class BadWheel(Exception):
    pass


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def digest_of(data, algorithm="sha256"):
    return base64.urlsafe_b64encode(hashlib.new(algorithm, data).digest()).rstrip(b"=").decode()


class Target:
    """Where the kinds of files of a wheel go in one virtualenv."""

    def __init__(self, folder, python):
        scheme = "venv" if "venv" in sysconfig.get_scheme_names() else "posix_prefix"
        paths = sysconfig.get_paths(scheme, {"base": folder, "platbase": folder})
        self.folder = folder
        self.site = paths["purelib"]
        self.scripts = paths["scripts"]
        self.headers = os.path.join(folder, "include", "site", "python%d.%d" % sys.version_info[:2])
        self.kinds = {"purelib": self.site, "platlib": paths["platlib"], "scripts": self.scripts, "data": folder}
        self.shebang = shebang(python)


def shebang(python):
    if len(python) + 2 <= SHEBANG_LIMIT and " " not in python:
        return ("#!%s\n" % python).encode()
    # Too long for some kernels: both a shell script that runs Python and a Python string that does nothing.
    return ("#!/bin/sh\n'''exec' \"%s\" \"$0\" \"$@\"\n' '''\n" % python).encode()


class Wheel:
    def __init__(self, spec, target, requested):
        self.target = target
        self.filename = spec["filename"]
        self.installed = spec["installed"]
        self.requested = requested
        self.archive = zipfile.ZipFile(spec["path"])
        self.name, self.version = spec["name"], spec["version"]
        self.info = self._find_info()
        self.written = []  # rows of the new RECORD
        self.sources = []

    def _find_info(self):
        folders = {n.split("/")[0] for n in self.archive.namelist() if n.split("/")[0].endswith(".dist-info")}
        mine = [f for f in folders if normalized(f[:-len(".dist-info")].rsplit("-", 1)[0]) == normalized(self.name)]
        if len(mine) != 1 or len(folders) != 1:
            raise BadWheel("has %s where one .dist-info of %s is due" % (", ".join(sorted(folders)) or "nothing", self.name))
        return mine[0]

    def install(self):
        wheel = self._headers("WHEEL")
        if wheel.get("wheel-version", "").split(".")[0] != "1":
            raise BadWheel("has Wheel-Version %r; 1.x is understood" % wheel.get("wheel-version"))
        root = self.target.kinds["purelib" if wheel.get("root-is-purelib", "").lower() == "true" else "platlib"]
        if not self._link(root):
            self._unpack(root)

    def _link(self, root):
        """Takes over what the earlier release has, if every file there is still what its RECORD says. Compiling anew costs far more."""
        if not self.installed:
            return False
        earlier = os.path.join(self.installed, os.path.relpath(root, self.target.folder))
        made = []
        try:
            with open(os.path.join(earlier, self.info, "RECORD"), encoding="utf-8") as stream:
                rows = [row for row in csv.reader(stream) if row]
            if self.requested != any(row[0] == self.info + "/REQUESTED" for row in rows):
                return False
            for name, digest, _ in rows:
                with open(os.path.join(earlier, name), "rb") as stream:
                    if name != self.info + "/RECORD" and digest != "sha256=" + digest_of(stream.read()):
                        return False
            for name, digest, size in rows:
                path = self._place(root, name)
                os.link(os.path.join(earlier, name), path)
                made.append((path, digest, size))
        except OSError:  # gone, or a file system that cannot link: unpacked like any other
            for path, _, _ in made:
                os.unlink(path)
            return False
        self.written = made
        return True

    def _unpack(self, root):
        record = self._record()
        data = self.info[:-len(".dist-info")] + ".data/"
        for entry in self.archive.infolist():
            if entry.is_dir():
                continue
            content = self._verified(entry, record)
            if entry.filename == self.info + "/RECORD":
                continue
            if entry.filename.startswith(data):
                kind, _, rest = entry.filename[len(data):].partition("/")
                folder = os.path.join(self.target.headers, self.name) if kind == "headers" else self.target.kinds.get(kind)
                if folder is None or not rest:
                    raise BadWheel("holds %s, and there is no such kind of data" % entry.filename)
                self._write(folder, rest, content, entry, script=kind == "scripts")
            else:
                self._write(root, entry.filename, content, entry)
        self._entry_points()
        self._finish(root)

    def _headers(self, name):
        text = self._text(name)
        if text is None:
            raise BadWheel("lacks %s/%s" % (self.info, name))
        pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
        return {key.strip().lower(): value.strip() for key, value in pairs}

    def _text(self, name):
        try:
            return self.archive.read("%s/%s" % (self.info, name)).decode("utf-8")
        except KeyError:
            return None

    def _record(self):
        text = self._text("RECORD")
        if text is None:
            raise BadWheel("lacks its RECORD")
        return {row[0]: row[1] for row in csv.reader(text.splitlines()) if row}

    def _verified(self, entry, record):
        name = entry.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            raise BadWheel("holds the path %r, which leads out of the virtualenv" % name)
        content = self.archive.read(entry)
        if posixpath.dirname(name) == self.info and posixpath.basename(name) in UNSIGNED:
            return content
        algorithm, _, expected = record.get(name, "").partition("=")
        if algorithm not in STRONG_HASHES:
            raise BadWheel("holds %s, for which its RECORD has no hash" % name)
        if digest_of(content, algorithm) != expected:
            raise BadWheel("holds %s with another content than its RECORD says" % name)
        return content

    def _write(self, folder, name, content, entry=None, script=False):
        if script and re.match(rb"#!pythonw?\b", content):
            content = self.target.shebang + content.partition(b"\n")[2]
        path = self._place(folder, name)
        with open(path, "wb") as stream:
            stream.write(content)
        if script or (entry and entry.external_attr >> 16 & 0o111):
            os.chmod(path, 0o755)
        self.written.append((path, "sha256=" + digest_of(content), len(content)))
        if path.endswith(".py") and folder != self.target.scripts:
            self.sources.append(path)

    @staticmethod
    def _place(folder, name):
        """The path of a file about to be made, with its folder there and nothing in its place."""
        path = os.path.normpath(os.path.join(folder, name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            os.unlink(path)
        return path

    def _entry_points(self):
        text = self._text("entry_points.txt")
        if not text:
            return
        parser = configparser.ConfigParser(delimiters=("=",), strict=False, interpolation=None)
        parser.optionxform = str
        parser.read_string(text)
        for section in ("console_scripts", "gui_scripts"):
            for name, value in parser.items(section) if parser.has_section(section) else []:
                match = re.match(r"^([\w.]+)\s*:\s*([\w.]+)\s*(\[.*\])?$", value.strip())
                if not match or "/" in name:
                    raise BadWheel("has the entry point %s = %s, which names no function" % (name, value))
                module, function = match.group(1), match.group(2)
                body = SCRIPT.format(module=module, function=function, top=function.split(".")[0])
                self._write(self.target.scripts, name, self.target.shebang + body.encode(), script=True)

    def _finish(self, root):
        info = os.path.join(root, self.info)
        self._write(info, "INSTALLER", b"wheelhouse\n")
        if self.requested:
            self._write(info, "REQUESTED", b"")
        rows = [(os.path.relpath(path, root), digest, size) for path, digest, size in self.written]
        for source in self.sources:
            compiled = self._compile(source)
            if compiled:
                with open(compiled, "rb") as stream:
                    content = stream.read()
                rows.append((os.path.relpath(compiled, root), "sha256=" + digest_of(content), len(content)))
        rows.append((self.info + "/RECORD", "", ""))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(sorted(rows))
        with open(os.path.join(info, "RECORD"), "w", encoding="utf-8") as stream:
            stream.write(out.getvalue())

    @staticmethod
    def _compile(source):
        try:
            return py_compile.compile(source, doraise=True)
        except (py_compile.PyCompileError, UnicodeError):
            return None  # a template or a test file of another Python; pip leaves it so too

    def imports(self):
        """The top-level modules that the wheel brings, by its files."""
        names = set()
        for path, _, _ in self.written:
            parts = os.path.relpath(path, self.target.site).split("/")
            if parts[0] == ".." or parts[0].endswith((".dist-info", ".data")):
                continue
            name = parts[0].split(".")[0]
            module = len(parts) > 1 or parts[0].endswith((".py", ".so"))
            if module and name.isidentifier() and any(p.endswith((".py", ".so")) for p in parts):
                names.add(name)
        return sorted(names)


def make(spec):
    venv.EnvBuilder(symlinks=True, with_pip=False).create(spec["folder"])
    target = Target(spec["folder"], spec["python"])
    imports = []
    for item in spec["wheels"]:
        requested = normalized(item["name"]) == normalized(spec["package"])
        try:
            wheel = Wheel(item, target, requested)
            wheel.install()
        except (BadWheel, zipfile.BadZipFile, configparser.Error, csv.Error) as error:
            raise BadWheel("%s %s" % (item["filename"], error))
        if requested:
            imports = wheel.imports()
    sync(spec["folder"])
    return imports


def sync(folder):
    """Everything of the release to the disk, before release.json says that it is complete."""
    try:
        import ctypes
        handle = os.open(folder, os.O_RDONLY)
        try:
            ctypes.CDLL(None).syncfs(handle)
        finally:
            os.close(handle)
    except (ImportError, AttributeError, OSError):
        os.sync()


def die_with_the_payload():
    os.read(0, 1)
    os._exit(1)


def main():
    warnings.simplefilter("ignore")
    spec = json.loads(sys.stdin.readline())
    threading.Thread(target=die_with_the_payload, daemon=True).start()
    try:
        answer = {"imports": make(spec)}
    except BadWheel as error:
        answer = {"error": {"code": "install_failed", "message": str(error)}}
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        answer = {"error": {"code": "disk_full" if full else "install_failed", "message": str(error)}}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
