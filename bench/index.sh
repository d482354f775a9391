#!/usr/bin/env bash
# Runs the benchmark of the index: Wheelhouse beside nginx in one run, and one table. See bench/README.md.
#
#     FILES="4000 100000" bench/index.sh
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'bench: %s\n' "$@" >&2; exit 1; }

for program in wrk nginx; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || fail "$program is missing" "apt-get install --no-install-recommends wrk nginx-light"
done
mkdir -p artifacts/bench
dotnet build src/Wheelhouse.Server -c Release -v q -nologo >artifacts/bench/build.log || { cat artifacts/bench/build.log >&2; fail "the build failed"; }
ulimit -n "$(ulimit -Hn)"
exec /usr/bin/python3 bench/index
