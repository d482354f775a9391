"""Tells whether a gunicorn master loaded the application itself: then a reload forks the old code again."""
import ast
import os
import shlex

import wheelhouse_node_commands as commands
import wheelhouse_node_service as service

DEFAULT_CONFIG = "gunicorn.conf.py"


def preloads(node, process, master):
    """Why the master counts as preloading, or None."""
    argv = service.command_line(node, process, master) or master.argv
    if not any("gunicorn" in word for word in argv):
        return None
    settings = gunicorn_settings(node, process, master)
    for name, words in (("its command line", argv), ("GUNICORN_CMD_ARGS", settings)):
        # argparse takes any unambiguous beginning of an option.
        if any(len(word) > 4 and "--preload".startswith(word) for word in words):
            return "--preload in " + name
    path = config_file(node, master.pid, argv, settings)
    value = preload_app(read_text(node, path)) if path else None
    return "preload_app = %s in %s" % (value, path) if value else None


def gunicorn_settings(node, process, master):
    value = environment_of(node, master.pid).get("GUNICORN_CMD_ARGS") or (process.get("environment") or {}).get("GUNICORN_CMD_ARGS", "")
    try:
        return shlex.split(value)
    except ValueError:
        return value.split()


def environment_of(node, pid):
    """The environment that the process was started with."""
    return dict(pair.split("=", 1) for pair in read_text(node, "/proc/%d/environ" % pid).split("\0") if "=" in pair)


def read_text(node, path):
    """A file that the login user or the service user may read; empty when neither may."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except PermissionError:
        data = commands.output_as_service(node, ["cat", "--", path])
    except OSError:
        return ""
    return data.decode("utf-8", "replace")


def config_file(node, pid, argv, settings):
    folder = directory_of(pid) or node.root.path  # where the payload starts everything
    name = option(argv[1:], "-c", "--config") or option(settings, "-c", "--config")
    if name and name.startswith("file:"):
        name = name[len("file:"):]
    path = os.path.join(folder, name or DEFAULT_CONFIG)
    return path if name or os.path.isfile(path) else None


def option(words, short, long):
    found = None
    for index, word in enumerate(words):
        if word in (short, long) and index + 1 < len(words):
            found = words[index + 1]
        elif word.startswith(long + "="):
            found = word[len(long) + 1:]
        elif word.startswith(short) and len(word) > 2 and not word.startswith("--"):
            found = word[2:]
    return found


def directory_of(pid):
    try:
        return os.readlink("/proc/%d/cwd" % pid)
    except OSError:
        return None


def preload_app(text):
    """What the configuration sets preload_app to: "True", the text of an expression that cannot be judged, or None for no."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    value = None
    for statement in ast.walk(tree):
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if any(isinstance(target, ast.Name) and target.id == "preload_app" for target in targets):
                value = statement.value
    if value is None or (isinstance(value, ast.Constant) and not value.value):
        return None
    return "True" if isinstance(value, ast.Constant) else "an expression"
