"""Answers questions about Python's packaging standards, one JSON line each, with the `packaging` module."""
import json
import sys

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version


def version(text):
    v = Version(text)
    return {"text": str(v), "public": v.public, "base": v.base_version, "local": v.local,
            "pre": v.is_prerelease, "post": v.is_postrelease}


def compare(left, right):
    a, b = Version(left), Version(right)
    return (a > b) - (a < b)


def contains(specifiers, text, prereleases):
    return SpecifierSet(specifiers).contains(text, prereleases=prereleases)


def wheel(filename):
    name, ver, build, tags = parse_wheel_filename(filename)
    return {"name": name, "version": str(ver), "build": "".join(map(str, build)), "tags": sorted(map(str, tags))}


def sdist(filename):
    name, ver = parse_sdist_filename(filename)
    return {"name": name, "version": str(ver)}


def requirement(text):
    r = Requirement(text)
    return {"name": r.name, "extras": sorted({canonicalize_name(e) for e in r.extras}),
            "specifiers": sorted(map(str, r.specifier)), "url": r.url, "marker": r.marker is not None}


def marker(text, environment):
    # By way of a requirement, because Marker("a == 'b' nonsense") is not an error in packaging 23.0.
    return Requirement("x; " + text).marker.evaluate(environment)


QUESTIONS = {f.__name__: f for f in (version, compare, contains, canonicalize_name, wheel, sdist, requirement, marker)}

for line in sys.stdin:
    question, *arguments = json.loads(line)
    try:
        answer = {"answer": QUESTIONS[question](*arguments)}
    except Exception as e:
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
