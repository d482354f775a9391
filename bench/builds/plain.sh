#!/bin/sh
# What a person's script does: clone, virtualenv, install, test, build. Nothing is published.
#
#     plain.sh REPOSITORY FOLDER        with PIP_INDEX_URL and PIP_CACHE_DIR set
set -eu
git clone --quiet "$1" "$2"
cd "$2"
/usr/bin/python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest .
venv/bin/pytest -q
/usr/bin/python3 -m build
