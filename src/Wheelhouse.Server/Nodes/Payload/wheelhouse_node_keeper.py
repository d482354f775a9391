"""The keeper: a small shell beside the payload that ends the commands which a killed payload would leave behind.

It reads from a pipe whose other end only the payload holds, and commands that are about to begin. When that end is closed the payload is
gone, whatever ended it, and the process groups that were held and not freed are killed, as the service user too.
"""
import os
import subprocess
import threading

# In words of its own line: `hold PID` of a group's leader, `free PID` when the payload saw its end.
KEEPER = r"""
trap '' HUP INT TERM
held=' '
while read -r word pid; do
  case $word:$held in
    hold:*) held="$held$pid " ;;
    free:*" $pid "*) held="${held%% $pid *} ${held#* $pid }" ;;
  esac
done
for pid in $held; do
  kill -s KILL -- "-$pid"
  [ -z "$1" ] || sudo -n -u "$1" -- kill -s KILL -- "-$pid"
done
"""
# Says its pid before it becomes the command, so that no moment is left in which nobody would end it. The pipe is its standard error
# until then, and closed by the same step: a command never keeps it open.
HELD = ["/bin/sh", "-c", 'echo "hold $$" >&2; exec "$@" 2>&1', "sh"]

_lock = threading.Lock()
_keeper = None


def hold(node, argv):
    """The words that run a command which is ended with the payload, and what must be their standard error."""
    return HELD + argv, _running(node).stdin


def free(node, pid):
    """The command ended, and what it left behind in its group may stay."""
    try:
        os.write(_running(node).stdin.fileno(), b"free %d\n" % pid)
    except BrokenPipeError:
        pass  # somebody killed the keeper; the next command gets another one


def _running(node):
    global _keeper
    with _lock:
        if _keeper is None or _keeper.poll() is not None:
            words = ["/bin/sh", "-c", KEEPER, "wheelhouse-keeper", node.user if node.needs_sudo else ""]
            _keeper = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       cwd="/", start_new_session=True)
        return _keeper
