"""Where things are in a sandbox. The server binds them: see SandboxCommand."""
import os

INDEX = "/wheelhouse/index.sock"
REPOSITORY = "/wheelhouse/repository"
ENVIRONMENT = "/wheelhouse/environment"
FILES = "/wheelhouse/files"

BUILD = "/build"
SOURCE = BUILD + "/source"
HOME = BUILD + "/home"
TEMPORARY = BUILD + "/tmp"
WHEELS = BUILD + "/wheels"
OUTPUT = BUILD + "/output"


def free_bytes(path):
    found = os.statvfs(path)
    return found.f_bavail * found.f_frsize
