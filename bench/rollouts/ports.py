"""Free ports of the loopback interface, and waiting."""
import socket
import time

_next = 20000  # Below the range that the kernel gives to outgoing connections.


def free_ports(count):
    """Ports that nobody listens on; none is given out twice."""
    global _next
    found = []
    while len(found) < count:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", _next))
                found.append(_next)
            except OSError:
                pass  # Somebody has it: try the next.
        _next += 1
    return found


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(what, condition, seconds):
    """Waits until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("bench: %s did not come up within %d s" % (what, seconds))
        time.sleep(0.05)
