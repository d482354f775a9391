#!/usr/bin/env bash
# The demonstration: a server and three nodes on this machine, two good releases, a broken one, and the way back.
# Everything stays up until Ctrl-C, unless DEMO_ONCE=1 is set.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; else bold='' dim='' green='' red='' plain=''; fi
title() { printf '\n%s%s%s\n\n' "$bold" "$1" "$plain"; }
ok() { printf '  %s✓%s %s\n' "$green" "$plain" "$1"; }
fail() {
    printf '  %s✗ %s%s\n' "$red" "$1" "$plain" >&2
    [ ! -f "${demo:-}/server.log" ] || tail -n 20 "$demo/server.log" >&2
    exit 1
}

# ── What was started, and how it ends ────────────────────────────────────────────────────────────────────────────────────

demo=$(mktemp -d "${TMPDIR:-/tmp}/wheelhouse-demo.XXXXXX")
server_pid='' node_pids=()
stop() {
    trap - EXIT INT TERM
    [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
    [ ${#node_pids[@]} -eq 0 ] || kill -KILL "${node_pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$demo"
}
trap stop EXIT
trap 'printf "\n%sStopped. Nothing is left behind.%s\n" "$dim" "$plain"; exit 130' INT TERM

# Waits until a command succeeds.
until_ok() {
    local what=$1 tries=0
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "$what did not come up"
        sleep 0.1
    done
}

# The first port from $1 on that nobody listens on.
free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

# Shows a command as a person would type it, runs it, and expects its exit code.
run() {
    local expected=$1 code=0
    shift
    printf '  %s$ %s%s\n' "$dim" "$*" "$plain"
    "$@" || code=$?
    [ "$code" -eq "$expected" ] || fail "that ended with $code instead of $expected"
}

wheelhouse() { "$demo/bin/wheelhouse" "$@"; }

says() {
    local node version
    for node in 1 2 3; do
        version=$(curl -fsS "http://127.0.0.1:${web[node]}/" | sed 's/.*"version": "\([^"]*\)".*/\1/')
        [ "$version" = "$1" ] || fail "app$node says ${version:-nothing} instead of $1"
    done
    ok "app1, app2 and app3 say $1"
}

# ── A server and three nodes ─────────────────────────────────────────────────────────────────────────────────────────────

title "A server and three nodes"
for project in Server Cli; do
    dotnet build "src/Wheelhouse.$project" -v q -nologo >"$demo/build.log" || { cat "$demo/build.log" >&2; fail "the build failed"; }
done
ok "built"

port=$(free_port 8080)
url=http://127.0.0.1:$port
token=whl_demo_$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
mkdir -p "$demo/bin" "$demo/data/ssh" "$demo/home"
ln -s "$PWD/src/Wheelhouse.Cli/bin/Debug/net10.0/wheelhouse" "$demo/bin/wheelhouse"
cat >"$demo/env" <<END
export PATH=$demo/bin:\$PATH WHEELHOUSE_URL=$url WHEELHOUSE_TOKEN=$token
END
export WHEELHOUSE_URL=$url WHEELHOUSE_TOKEN=$token
# A build server's id would make every deploy here follow the first one.
unset GITHUB_RUN_ID CI_JOB_ID BUILD_TAG BUILDKITE_BUILD_ID

ssh-keygen -q -t ed25519 -N '' -C wheelhouse-demo -f "$demo/key"
printf 'IdentityFile %s\nIdentitiesOnly yes\n' "$demo/key" >"$demo/data/ssh/config"

# Every node sees its own files at the same place.
place=$demo/node
web=() ssh=()
for node in 1 2 3; do
    # Above the node's before: nothing listens there yet.
    web[node]=$(free_port $((${web[node - 1]:-8100} + 1)))
    ssh[node]=$(free_port $((${ssh[node - 1]:-8200} + 1)))
    mkdir -p "$demo/app$node/etc"
    cat >"$demo/app$node/etc/gunicorn.py" <<END
bind = ["127.0.0.1:${web[node]}", "unix:$place/run/hello.sock"]
pidfile = "$place/run/hello.pid"
workers = 2
END
    setsid eng/node.sh "$demo/app$node" "$place" "${ssh[node]}" "$demo/key.pub" >"$demo/app$node.log" 2>&1 &
    node_pids+=($!)
done

WHEELHOUSE_ADMIN_TOKEN=$token setsid src/Wheelhouse.Server/bin/Debug/net10.0/wheelhouse-server \
    run --data "$demo/data" --urls "$url" >"$demo/server.log" 2>&1 &
server_pid=$!
until_ok "the server" curl -fsS -H "Authorization: Bearer $token" "$url/api/whoami"
ok "the server answers at $url"
for node in 1 2 3; do until_ok "app$node" bash -c "exec 3<>/dev/tcp/127.0.0.1/${ssh[node]}"; done
ok "app1, app2 and app3 have an sshd each, and nothing else"

# ── A package and a service ──────────────────────────────────────────────────────────────────────────────────────────────

title "A package and a service"
python=/usr/bin/python3
wheel() { $python test/fixtures/make_wheel.py acme-hello "$1" "$demo/wheels" --source samples/hello/src --readme samples/hello/README.md --requires 'gunicorn>=20' "${@:2}" >/dev/null; }
for package in setuptools gunicorn; do $python test/fixtures/debian_wheel.py $package "$demo/wheels" >/dev/null; done
wheel 1.0.0
wheel 1.1.0
# Somebody renamed a setting, and forgot the health page.
wheel 1.2.0 --file "hello/wsgi.py=$(sed 's|start_response("200 OK" if answer|ill = environ["PATH_INFO"] == "/health"\n    start_response("503 Service Unavailable" if ill else "200 OK" if answer|' samples/hello/src/hello/wsgi.py)"

publish() {
    HOME=$demo/home TWINE_USERNAME=__token__ TWINE_PASSWORD=$token \
        twine upload --non-interactive --disable-progress-bar --repository-url "$url/legacy/" "$@" >"$demo/twine.log" 2>&1 || {
        cat "$demo/twine.log" >&2
        fail "twine could not upload"
    }
}
publish "$demo"/wheels/*.whl
ok "twine uploaded acme-hello 1.0.0, 1.1.0 and 1.2.0, and what they need"

cat >"$demo/hello.yaml" <<END
service: hello
package: acme-hello
python: "$($python -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
root: $place/srv/hello
processes:
  - name: web
    start: { command: "{current}/bin/python -m gunicorn -c $place/etc/gunicorn.py hello.wsgi:app" }
    reload: { signal: HUP, pidfile: $place/run/hello.pid }
    check: { http: "http://hello/health", socket: $place/run/hello.sock, expect: { json: version }, within: 3s }
environments:
  - name: production
    nodes:
      static:
        - { name: app1, address: 127.0.0.1, port: ${ssh[1]} }
        - { name: app2, address: 127.0.0.1, port: ${ssh[2]} }
        - { name: app3, address: 127.0.0.1, port: ${ssh[3]} }
END
run 0 wheelhouse apply -f "$demo/hello.yaml"
run 0 wheelhouse nodes trust hello production --yes

# ── The two buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────

title "The first deploy"
run 0 wheelhouse deploy hello production 1.0.0
says 1.0.0

title "The next release"
run 0 wheelhouse deploy hello production 1.1.0
says 1.1.0

title "A broken release: its health check fails on the first node, and everything goes back"
run 4 wheelhouse deploy hello production 1.2.0
says 1.1.0

title "The other button"
run 0 wheelhouse revert hello production
says 1.0.0

# ── Yours ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

password=$(openssl rand -base64 12)
wheelhouse users add demo --role admin --password-stdin <<<"$password" >/dev/null

title "Everything is up"
printf '  pages    %s%s%s\n  sign in  demo, with the password %s%s%s\n' "$bold" "$url" "$plain" "$bold" "$password" "$plain"
printf '  nodes    http://127.0.0.1:%s  http://127.0.0.1:%s  http://127.0.0.1:%s\n\n' "${web[1]}" "${web[2]}" "${web[3]}"
printf '  Push the buttons there, or in another terminal:\n\n'
printf '    . %s\n    wheelhouse deploy hello production 1.1.0\n    wheelhouse revert hello production\n\n' "$demo/env"
[ -z "${DEMO_ONCE:-}" ] || exit 0
printf '  %sCtrl-C stops the server and the nodes.%s\n' "$dim" "$plain"
wait "$server_pid"
fail "the server ended"
