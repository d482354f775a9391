#!/usr/bin/env bash
# Runs a machine of its own, as far as a deploy can tell, in the foreground: an sshd on 127.0.0.1:PORT with a host key of
# its own, its own processes, and FOLDER seen at PLACE, so that many nodes have the same paths. Needs no root.
# Kill it (SIGKILL) and everything on the machine is gone.
#
#     eng/node.sh FOLDER PLACE PORT AUTHORIZED_KEYS
#
# An executable FOLDER/boot runs before the sshd does, e.g. to mount a small disk.
set -euo pipefail
folder=$1 place=$2 port=$3 keys=$4

mkdir -p "$folder/etc" "$folder/run" "$folder/srv" "$place"
[ -f "$folder/etc/host_key" ] || ssh-keygen -q -t ed25519 -N '' -C "$(basename "$folder")" -f "$folder/etc/host_key"
cat >"$folder/etc/sshd_config" <<END
ListenAddress 127.0.0.1:$port
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
END

namespaces=(--mount --pid --fork --kill-child --mount-proc)
[ "$(id -u)" -eq 0 ] || namespaces+=(--map-current-user --keep-caps)
# shellcheck disable=SC2016
exec unshare "${namespaces[@]}" sh -c '
    mount --bind "$1" "$2"
    [ ! -x "$1/boot" ] || "$1/boot" "$2"
    exec /usr/sbin/sshd -D -e -f "$1/etc/sshd_config"' node "$folder" "$place"
