"""Tells whether a gunicorn master loaded the application itself: then a reload forks the old code again."""
import ast
import os
import shlex

import wheelhouse_node_service as service

DEFAULT_CONFIG = "gunicorn.conf.py"


def preloads(node, process, master):
    """Why the master counts as preloading, or None."""
    argv = service.command_line(node, process, master) or master.argv
    if not any("gunicorn" in word for word in argv):
        return None
    settings = gunicorn_settings(process, master)
    for name, words in (("its command line", argv), ("GUNICORN_CMD_ARGS", settings)):
        # argparse takes any unambiguous beginning of an option.
        if any(len(word) > 4 and "--preload".startswith(word) for word in words):
            return "--preload in " + name
    path = config_file(master.pid, argv, settings)
    value = preload_app(path) if path else None
    return "preload_app = %s in %s" % (value, path) if value else None


def gunicorn_settings(process, master):
    value = environment_of(master.pid).get("GUNICORN_CMD_ARGS") or (process.get("environment") or {}).get("GUNICORN_CMD_ARGS", "")
    try:
        return shlex.split(value)
    except ValueError:
        return value.split()


def environment_of(pid):
    """The environment that the process was started with; empty when this user may not see it."""
    try:
        with open("/proc/%d/environ" % pid, "rb") as stream:
            pairs = stream.read().decode("utf-8", "replace").split("\0")
    except (PermissionError, FileNotFoundError, ProcessLookupError):
        return {}
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def config_file(pid, argv, settings):
    folder = directory_of(pid)
    name = option(argv[1:], "-c", "--config") or option(settings, "-c", "--config")
    if name and name.startswith("file:"):
        name = name[len("file:"):]
    path = os.path.join(folder, name or DEFAULT_CONFIG)
    return path if os.path.isfile(path) else None


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
    except (PermissionError, FileNotFoundError):
        return "/"


def preload_app(path):
    """What the configuration sets preload_app to: "True", the text of an expression that cannot be judged, or None for no."""
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError):
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
