#!/usr/bin/env bash
# Runs the benchmark of builds: a push to Wheelhouse beside a plain script, and one table. See bench/README.md.
#
#     ROUNDS=5 bench/builds.sh
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'bench: %s\n' "$@" >&2; exit 1; }

eng/setup.sh
mkdir -p artifacts/bench
dotnet build src/Wheelhouse.Server -c Release -v q -nologo >artifacts/bench/build.log || { cat artifacts/bench/build.log >&2; fail "the build failed"; }
exec /usr/bin/python3 bench/builds
