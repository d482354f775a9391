"""Lets programs that know nothing of Unix sockets reach the index: a sandbox has a loopback interface of its own, and nothing else."""
import socket
import threading

from wheelhouse_build_places import INDEX

BUFFER = 1 << 18


def start():
    """Listens and returns the index's address."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    threading.Thread(target=accept, args=(listener,), daemon=True).start()
    return "http://127.0.0.1:%d/simple/" % listener.getsockname()[1]


def accept(listener):
    while True:
        client, _ = listener.accept()
        index = socket.socket(socket.AF_UNIX)
        try:
            index.connect(INDEX)
        except OSError:
            client.close()
            index.close()
            continue
        for pair in ((client, index), (index, client)):
            try:
                threading.Thread(target=pump, args=pair, daemon=True).start()
            except RuntimeError:  # no thread more is allowed
                client.close()
                index.close()


def pump(source, sink):
    try:
        while True:
            data = source.recv(BUFFER)
            if not data:
                break
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()
        sink.close()
