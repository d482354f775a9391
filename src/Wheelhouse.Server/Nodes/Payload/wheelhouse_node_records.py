"""Notes about processes and moments of this run of the kernel. After a restart of the node their pids and ticks say nothing."""
import json
import os

import wheelhouse_node_processes as processes
from wheelhouse_node_files import read_json, write_json


def write_run_record(path, value):
    """Writes a note about a process. It has no meaning after a restart of the node, so it does not wait for the disk."""
    write_json(path, dict(value, boot=processes.boot_id()), durable=False)


def read_run_record(path):
    """The note; None when there is none, or when it is from before the node's last restart."""
    record = read_json(path)
    return record if record and record.get("boot") == processes.boot_id() else None


def prepare_flip(root, release, previous):
    """Takes the space for the record of a flip: a full disk must fail before anything has changed."""
    write_json(_next(root), {"release": release, "previous": previous, "flipped_ticks": 1 << 62, "boot": processes.boot_id()})


def record_flip(root, release, previous, ticks):
    """Records when `current` began to name the release, in place of what `prepare_flip` wrote."""
    with open(_next(root), "r+", encoding="utf-8") as stream:
        json.dump({"release": release, "previous": previous, "flipped_ticks": ticks, "boot": processes.boot_id()}, stream)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(_next(root), _path(root))


def read_flip(root):
    """The last flip: `release`, `previous`, and `flipped_ticks`, after which every process was started that has the release before it.

    All that runs was started after a flip from before the node's last restart: its ticks are 0 then.
    """
    flip = read_json(_path(root))
    if flip and flip.get("boot") != processes.boot_id():
        flip["flipped_ticks"] = 0
    return flip


def _path(root):
    return root.in_state("current.json")


def _next(root):
    return root.in_state("current.json.next")
