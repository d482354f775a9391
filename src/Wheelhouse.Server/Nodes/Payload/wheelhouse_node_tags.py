"""The marker environment (PEP 508) and the supported tags (PEP 425, 600, 656) of the Python that runs this text.

It runs as `python -I -c` under the Python asked for and prints JSON; it imports nothing of the payload.
"""
import hashlib
import json
import os
import platform
import re
import struct
import subprocess
import sys
import sysconfig

LEGACY_MANYLINUX = {(2, 17): "manylinux2014", (2, 12): "manylinux2010", (2, 5): "manylinux1"}
PT_INTERP = 3


def marker_environment():
    version = sys.implementation.version
    implementation = "%d.%d.%d" % version[:3]
    if version.releaselevel != "final":
        implementation += version.releaselevel[0] + str(version.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": implementation,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": platform.python_version(),
        "python_version": "%d.%d" % sys.version_info[:2],
        "sys_platform": sys.platform,
    }


def supported_tags():
    """Most specific first, in the order of the packaging library, which pip follows."""
    major, minor = sys.version_info[:2]
    cpython = "cp%d%d" % (major, minor)
    platforms = platform_tags()
    threads = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    debug = "d" if sysconfig.get_config_var("Py_DEBUG") else ""
    abis = [cpython + threads + debug] + ([cpython + threads] if debug else [])
    tags = [(cpython, abi, p) for abi in abis for p in platforms]
    if not threads:
        tags += [(cpython, "abi3", p) for p in platforms]
    tags += [(cpython, "none", p) for p in platforms]
    if not threads:
        tags += [("cp%d%d" % (major, older), "abi3", p) for older in range(minor - 1, 1, -1) for p in platforms]
    generic = ["py%d%d" % (major, minor), "py%d" % major] + ["py%d%d" % (major, older) for older in range(minor - 1, -1, -1)]
    tags += [(python, "none", p) for python in generic for p in platforms]
    tags += [(cpython, "none", "any")] + [(python, "none", "any") for python in generic]
    return ["-".join(tag) for tag in tags]


def platform_tags():
    linux = re.sub(r"[.-]", "_", sysconfig.get_platform())
    if struct.calcsize("P") == 4:
        linux = {"linux_x86_64": "linux_i686", "linux_aarch64": "linux_armv8l"}.get(linux, linux)
    arch = linux.split("_", 1)[1]
    archs = ["armv8l", "armv7l"] if arch == "armv8l" else [arch]
    return manylinux_tags(archs) + musllinux_tags(archs) + ["linux_" + a for a in archs]


def manylinux_tags(archs):
    found = re.match(r"glibc (\d+)\.(\d+)", libc_version())
    if not found:
        return []
    oldest = 5 if archs[0] in ("x86_64", "i686") else 17
    tags = []
    for arch in archs:
        for minor in range(int(found.group(2)), oldest - 1, -1):
            for name in ["manylinux_2_%d" % minor, LEGACY_MANYLINUX.get((2, minor))]:
                if name and distributor_allows(minor, arch):
                    tags.append("%s_%s" % (name, arch))
    return tags


def libc_version():
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (ValueError, OSError):
        return ""


def distributor_allows(minor, arch):
    """A distribution may veto tags by a `_manylinux` module (PEP 600)."""
    try:
        import _manylinux
    except ImportError:
        return True
    if hasattr(_manylinux, "manylinux_compatible"):
        return _manylinux.manylinux_compatible(2, minor, arch) is not False
    legacy = LEGACY_MANYLINUX.get((2, minor))
    return getattr(_manylinux, "%s_compatible" % legacy, True) if legacy else True


def musllinux_tags(archs):
    """musl says its version when its loader, the program's ELF interpreter, is run without arguments."""
    interpreter = elf_interpreter(sys.executable)
    if "musl" not in interpreter:
        return []
    text = subprocess.run([interpreter], stderr=subprocess.PIPE).stderr.decode("utf-8", "replace")
    found = re.search(r"^Version (\d+)\.(\d+)", text, re.MULTILINE)
    if not found:
        return []
    major, minor = map(int, found.groups())
    return ["musllinux_%d_%d_%s" % (major, m, arch) for arch in archs for m in range(minor, -1, -1)]


def elf_interpreter(path):
    """The program's loader by its PT_INTERP header; empty when it has none."""
    with open(path, "rb") as stream:
        head = stream.read(64)
        if head[:4] != b"\x7fELF":
            return ""
        wide, order = head[4] == 2, "<" if head[5] == 1 else ">"
        start, = struct.unpack_from(order + ("Q" if wide else "I"), head, 32 if wide else 28)
        size, count = struct.unpack_from(order + "HH", head, 54 if wide else 42)
        stream.seek(start)
        table = stream.read(size * count)
        for entry in range(0, len(table), size):
            if struct.unpack_from(order + "I", table, entry)[0] == PT_INTERP:
                offset, = struct.unpack_from(order + ("Q" if wide else "I"), table, entry + (8 if wide else 4))
                length, = struct.unpack_from(order + ("Q" if wide else "I"), table, entry + (32 if wide else 16))
                stream.seek(offset)
                return stream.read(length).rstrip(b"\0").decode()
    return ""


def fingerprint():
    both = {"environment": marker_environment(), "tags": supported_tags()}
    canonical = json.dumps(both, sort_keys=True, separators=(",", ":"))
    return dict(both, id=hashlib.sha256(canonical.encode()).hexdigest()[:16])


if __name__ == "__main__":
    json.dump({"fingerprint": fingerprint(), "version": platform.python_version()}, sys.stdout)
