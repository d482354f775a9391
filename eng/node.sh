#!/usr/bin/env bash
# Runs a machine of its own, as far as a deploy can tell, in the foreground: an sshd on ADDRESS:PORT with a host key of
# its own, its own processes, and FOLDER seen at PLACE, so that many nodes have the same paths. Needs no root.
# Kill it (SIGKILL) and everything on the machine is gone.
#
#     eng/node.sh FOLDER PLACE PORT AUTHORIZED_KEYS
#
# An executable FOLDER/boot runs before the sshd does, e.g. to mount a small disk. NODE_ADDRESS is 127.0.0.1 unless given; one
# outside of 127.0.0.0/8 gives the machine a network of its own (as root only): whoever starts it brings the cable, an interface eth0.
set -euo pipefail
folder=$1 place=$2 port=$3 keys=$4 address=${NODE_ADDRESS:-127.0.0.1}

mkdir -p "$folder/etc" "$folder/run" "$folder/srv" "$place"
[ -f "$folder/etc/host_key" ] || ssh-keygen -q -t ed25519 -N '' -C "$(basename "$folder")" -f "$folder/etc/host_key"
cat >"$folder/etc/sshd_config" <<END
ListenAddress $address:$port
HostKey $folder/etc/host_key
AuthorizedKeysFile $keys
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 200
UseDNS no
PrintMotd no
# A login shell one level down leaves the start-up files alone: they are those of whoever runs this, not the node's.
SetEnv SHLVL=2
END

namespaces=(--mount --pid --fork --kill-child --mount-proc)
[[ $address == 127.* ]] || { namespaces+=(--net); export NODE_NETWORK=1; }
[ "$(id -u)" -eq 0 ] || namespaces+=(--map-current-user --keep-caps)
# shellcheck disable=SC2016
exec unshare "${namespaces[@]}" sh -c '
    mount --bind "$1" "$2"
    if [ -n "${NODE_NETWORK:-}" ]; then
        until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
        ip link set lo up
        ip address add "$NODE_ADDRESS/30" dev eth0
        ip link set eth0 up
    fi
    [ ! -x "$1/boot" ] || "$1/boot" "$2"
    exec /usr/sbin/sshd -D -e -f "$1/etc/sshd_config"' node "$folder" "$place"
