"""The payload's main module: makes the bundle's modules importable and runs the session.

The loader executes this text with the bundle in the global `bundle`. The protocol is docs/reference/node-protocol.md.
"""
import importlib.abc
import importlib.util
import sys


class BundleLoader(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the payload's modules in the bundle; nothing is written to the node."""

    def __init__(self, sources):
        self._sources = sources

    def find_spec(self, name, path=None, target=None):
        if name not in self._sources:
            return None
        return importlib.util.spec_from_loader(name, self, origin=name + ".py")

    def get_source(self, name):
        return self._sources[name]

    def is_package(self, name):
        return False


def main(bundle):
    sys.meta_path.insert(0, BundleLoader(bundle["modules"]))
    from wheelhouse_node_session import Session
    Session(bundle).run()


if __name__ == "__main__":
    main(bundle)  # noqa: F821 - the loader puts it there
