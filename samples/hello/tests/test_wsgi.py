"""What builds run before they publish."""
from hello.wsgi import VERSION, app


def answer(path):
    said = []
    body = b"".join(app({"PATH_INFO": path}, lambda status, headers: said.append(status)))
    return said[0], body


def test_health():
    status, body = answer("/health")
    assert status == "200 OK" and VERSION.encode() in body


def test_unknown_path():
    assert answer("/nowhere")[0] == "404 Not Found"
