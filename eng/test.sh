#!/usr/bin/env bash
# Runs every test project that is built and sums them up. Last line: "N passed, N failed"; exit code 0 only when some
# test ran and none failed. Arguments go to each of them, e.g. eng/test.sh --filter-class '*VersionTests'.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts/test

passed=0 failed=0
for project in Wheelhouse.Tests Wheelhouse.EndToEnd; do
    log=artifacts/test/$project.log
    echo "── $project"
    dotnet run --project "test/$project" --no-build --no-restore -- --progress off --ansi off --output "${TEST_OUTPUT:-Normal}" "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    ok=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -1)
    bad=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$log" | tail -1)
    passed=$((passed + ${ok:-0}))
    failed=$((failed + ${bad:-0}))
    # 8 means "no test ran", which a filter may cause in one of the two.
    [ "$status" -eq 0 ] || [ "$status" -eq 8 ] || [ "${bad:-0}" -gt 0 ] || failed=$((failed + 1))
done

# Again at the end, where it is found: what failed and why.
[ "$failed" -eq 0 ] || sed -n '/^failed /,/^\(passed\|skipped\|Test run summary\)/{/^\(passed\|skipped\|Test run summary\)/d;p}' artifacts/test/*.log | grep -v ' \(warn\|info\): ' | cut -c1-400 | head -200
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
