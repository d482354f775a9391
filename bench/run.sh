#!/usr/bin/env bash
# Runs the benchmark of rollouts: Wheelhouse, Ansible and plain ssh in one run, and one table. See bench/README.md.
#
#     NODES=100 bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'bench: %s\n' "$@" >&2; exit 1; }

eng/setup.sh
command -v ansible-playbook >/dev/null || fail "ansible-core is missing" "apt-get install --no-install-recommends ansible-core"
mkdir -p artifacts/bench
for project in Server Cli; do
    dotnet build "src/Wheelhouse.$project" -c Release -v q -nologo >artifacts/bench/build.log || { cat artifacts/bench/build.log >&2; fail "the build failed"; }
done

# A node is a few processes and connections, and there are many.
ulimit -n "$(ulimit -Hn)"
# A build server's id would make every deploy here follow the first one.
unset GITHUB_RUN_ID CI_JOB_ID BUILD_TAG BUILDKITE_BUILD_ID
exec /usr/bin/python3 bench/rollouts
