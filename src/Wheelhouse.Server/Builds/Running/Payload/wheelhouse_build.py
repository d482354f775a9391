"""One run of a build, the first program in its sandbox. It speaks JSON lines with the server: see wheelhouse_build_channel.

The job says which run it is:

    requirements  finds what the build backend needs and puts it into the environment, which is kept for later builds
    build         makes the sdist, and the wheel from it
    dependencies  finds what the wheel and its tests need and puts it into the environment, which is kept too
    test          installs the wheel beside that environment and runs the tests

Only `build` and `test` run code of the project; what they see of the environment they cannot write.
"""
import os
import resource
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import wheelhouse_build_backend as backend  # noqa: E402
import wheelhouse_build_environment as environment  # noqa: E402
import wheelhouse_build_relay as relay  # noqa: E402
import wheelhouse_build_tests as tests  # noqa: E402
from wheelhouse_build_channel import Channel, Failure  # noqa: E402
from wheelhouse_build_places import BUILD, HOME, TEMPORARY, free_bytes  # noqa: E402

RUNS = {"requirements": environment.requirements, "build": backend.build, "dependencies": environment.dependencies, "test": tests.test}
FULL = 64 << 10


def main():
    channel = Channel()
    job = channel.read()
    try:
        limit(job["limits"])
        set_environment(job, relay.start())
        channel.end(RUNS[job["run"]](job, channel) or {})
    except Failure as failure:
        if free_bytes(BUILD) < FULL:
            failure = Failure("disk_limit", "The build filled its disk.", "Let it write less, or raise the limit of its disk.")
        channel.fail(failure)


def limit(limits):
    """Set here and not by the server, so that they count this build's processes alone, as user namespaces do."""
    for what, value in ((resource.RLIMIT_NPROC, limits["processes"]), (resource.RLIMIT_FSIZE, limits["disk"]), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (value, value))


def set_environment(job, index):
    for folder in (HOME, TEMPORARY):
        os.makedirs(folder, exist_ok=True)
    os.umask(0o022)
    os.environ.update({
        "HOME": HOME, "TMPDIR": TEMPORARY, "LC_ALL": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1", "CI": "true", "WHEELHOUSE": "true",
        "SOURCE_DATE_EPOCH": str(job["time"]), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": HOME + "/.gitconfig",
        "PIP_INDEX_URL": index, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_RETRIES": "2",
        "PIP_PROGRESS_BAR": "off", "UV_DEFAULT_INDEX": index,
    })
    with open(HOME + "/.gitconfig", "w") as stream:
        stream.write("[safe]\n\tdirectory = *\n[protocol]\n\tallow = never\n[protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n")


if __name__ == "__main__":
    main()
