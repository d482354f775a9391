#!/bin/sh
# On a node: waits until its service says version $1, half a minute at most. One good answer is enough.
socket=$(dirname "$0")/../run/hello.sock
tries=0
until curl -fsS --max-time 5 --unix-socket "$socket" http://hello/health 2>/dev/null | grep -qF "\"version\": \"$1\""; do
    tries=$((tries + 1))
    [ $tries -lt 1000 ] || exit 1
    sleep 0.03
done
