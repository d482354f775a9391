"""Wheels of any size, made fast enough that their maker is not what an upload benchmark measures."""
import base64
import hashlib
import io
import os
import zipfile

WHEEL = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
METADATA = "Metadata-Version: 2.1\nName: %s\nVersion: %s\nSummary: One of many.\nRequires-Python: >=3.8\nRequires-Dist: requests>=2\n\nNothing.\n"


def digest(text):
    """As a RECORD has it."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text).digest()).decode().rstrip("=")


class Wheel:
    """A wheel of one module, filled with random bytes up to about `size` bytes."""

    def __init__(self, project, version, size=0):
        module = project.replace("-", "_")
        self.project, self.version = project, version
        self.name = "%s-%s-py3-none-any.whl" % (module, version)
        info = "%s-%s.dist-info" % (module, version)
        data = io.BytesIO()
        files = {module + "/__init__.py": b"__version__ = '%s'\n" % version.encode(), info + "/METADATA": (METADATA % (project, version)).encode(),
                 info + "/WHEEL": WHEEL.encode()}
        if size:
            files[module + "/data.bin"] = os.urandom(size)
        files[info + "/RECORD"] = "".join("%s,%s,%d\n" % (name, digest(text), len(text)) for name, text in files.items()).encode() + info.encode() + b"/RECORD,,\n"
        with zipfile.ZipFile(data, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        self.content = data.getvalue()
        self.sha256 = hashlib.sha256(self.content).hexdigest()

    def form(self, boundary):
        """The upload form, as twine sends it."""
        fields = {":action": "file_upload", "protocol_version": "1", "filetype": "bdist_wheel", "pyversion": "py3", "metadata_version": "2.1",
                  "name": self.project, "version": self.version, "sha256_digest": self.sha256}
        parts = ['--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, *field) for field in fields.items()]
        parts.append('--%s\r\nContent-Disposition: form-data; name="content"; filename="%s"\r\n'
                     'Content-Type: application/octet-stream\r\n\r\n' % (boundary, self.name))
        return "".join(parts).encode() + self.content + b"\r\n--%s--\r\n" % boundary.encode()
