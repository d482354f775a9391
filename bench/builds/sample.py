"""The sample service in a git repository of its own, a version a commit."""
import os
import re
import shutil
import subprocess

SOURCE = "samples/hello"


class Sample:
    NAME = "acme-hello"

    def __init__(self, folder):
        self.bare, self._tree = os.path.join(folder, "hello.git"), os.path.join(folder, "hello")
        self._versions = 0
        git("init", "--quiet", "--bare", "--initial-branch=main", self.bare)
        git("init", "--quiet", "--initial-branch=main", self._tree)
        shutil.copytree(SOURCE, self._tree, dirs_exist_ok=True)

    def push(self):
        """Pushes another version and returns its commit."""
        self._versions += 1
        path = os.path.join(self._tree, "pyproject.toml")
        with open(path) as stream:
            text = stream.read()
        with open(path, "w") as stream:
            stream.write(re.sub(r'(?m)^version = .*$', 'version = "1.%d.0"' % self._versions, text))
        git("-C", self._tree, "add", "--all")
        git("-C", self._tree, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", "Version 1.%d.0" % self._versions)
        git("-C", self._tree, "push", "--quiet", self.bare, "HEAD:main")
        return git("-C", self._tree, "rev-parse", "HEAD").strip()


def git(*arguments):
    variables = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *arguments], check=True, stdout=subprocess.PIPE, text=True, env=variables).stdout
