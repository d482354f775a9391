"""The releases that all peers deploy: the sample service with gunicorn, from the same fixtures as the tests."""
import subprocess

VERSIONS = ("1.0.0", "1.1.0")


def make(folder):
    """Writes the wheels and returns their paths."""
    files = [_fixture("debian_wheel.py", package, folder) for package in ("setuptools", "gunicorn")]
    files += [_fixture("make_wheel.py", "acme-hello", version, folder, "--source", "samples/hello/src", "--requires", "gunicorn>=20")
              for version in VERSIONS]
    return files


def _fixture(script, *arguments):
    return subprocess.run(["/usr/bin/python3", "test/fixtures/" + script, *arguments], check=True, stdout=subprocess.PIPE,
                          text=True).stdout.strip()
