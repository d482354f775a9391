#!/usr/bin/env bash
# Makes this machine able to build, test and demonstrate Wheelhouse. Safe to run again: it installs only what is missing.
# Quiet when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

# What the tests and the demo use as nodes and as clients; the product itself needs the OpenSSH client only.
packages=(
    openssh-server openssh-client   # the nodes and the way to them
    python3 python3-venv python3-pip
    python3-packaging               # the oracle of the property tests
    gunicorn twine                  # what runs on the nodes, and what uploads
    python3-pytest                  # what tests are run with
    python3-build python3-setuptools python3-wheel python3-poetry # what builds, and uploads too
    git bubblewrap                  # fetches what is built, and locks it up while it is
    python3-setproctitle            # for a gunicorn that retitles itself
    python3-aiosmtpd                # a mail server
    ansible-core                    # an inventory; the real ansible-inventory
    prometheus                      # scrapes the server and checks the alerts; it need not run
    dnsmasq-base                    # a DNS server that names nodes
    chromium                        # to look at the pages
    systemd                         # to activate units; it need not be what started the machine
    goiardi                         # a server with Chef's API, to search for nodes
    ruby ruby-mixlib-authentication # Chef's own signatures
    sudo curl openssl procps iproute2 # service users; requests; certificates; processes; networks
)

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

install_packages() {
    local missing=() package
    for package in "${packages[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && sudo -v || fail "these Debian packages are missing: ${missing[*]}" \
            "run this as root, or: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    echo "setup: installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# sshd refuses to start without it, and only Debian's service script makes it.
make_privilege_separation_folder() {
    [ -d /run/sshd ] && return 0
    if [ "$(id -u)" -eq 0 ]; then mkdir -p -m 0755 /run/sshd; else sudo mkdir -p -m 0755 /run/sshd; fi
}

check_dotnet() {
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
    dotnet --version >/dev/null 2>&1 || fail "no .NET SDK fits global.json; installed are:" "$(dotnet --list-sdks)" \
        "install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0"
}

command -v dpkg-query >/dev/null || fail "this needs Debian 12 or a relative (no dpkg-query found)" "install by hand: ${packages[*]}"
check_dotnet
install_packages
make_privilege_separation_folder
