"""Small files that are whole whatever happens: written to the side, fsynced where they must survive a crash of the node, renamed."""
import json
import os
import shutil


def read_json(path):
    """The file's JSON, or None when there is no such file or a crash left it unreadable."""
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def write_json(path, value, durable=True):
    """Replaces a file as a whole. Unless it is `durable`, a crash of the node (not of this process) may bring back what was there before."""
    temporary = "%s.%d.tmp" % (path, os.getpid())
    try:
        with open(temporary, "w", encoding="utf-8") as stream:
            json.dump(value, stream, sort_keys=True)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError:
        remove(temporary)
        raise
    if durable:
        sync_folder(os.path.dirname(path))


def sync_folder(path):
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path):
    """Removes a file or a link; says whether there was one."""
    try:
        os.unlink(path)
        return True
    except FileNotFoundError:
        return False


def remove_tree(path):
    """Removes a folder. It is renamed out of the way first, so that nobody sees half of it."""
    if not os.path.lexists(path):
        return
    doomed = os.path.join(os.path.dirname(path), ".removing-%d-%s" % (os.getpid(), os.path.basename(path)))
    os.rename(path, doomed)
    shutil.rmtree(doomed)
