#!/usr/bin/env bash
# What a careful person scripts without a tool: a fresh virtualenv on all nodes at once over ssh, then one node after another is
# flipped, reloaded and checked. A release that lies on the nodes already is not installed again.
#
#     plain_ssh.sh SSH_CONFIG NODES PLACE VERSION
set -euo pipefail
config=$1 nodes=$2 place=$3 version=$4
root=$place/srv/hello release=releases/$version

xargs -a "$nodes" -P 50 -I '{}' ssh -F "$config" -n '{}' "
    set -e
    [ ! -e $root/$release ] || exit 0
    /usr/bin/python3 -m venv $root/$release
    PIP_CONFIG_FILE=$place/etc/pip.conf $root/$release/bin/pip install -q acme-hello==$version"

while read -r node; do
    ssh -F "$config" -n "$node" "
        set -e
        ln -s $release $root/current.new
        mv -T $root/current.new $root/current
        kill -HUP \$(cat $place/run/hello.pid)
        $place/etc/check $version"
done <"$nodes"
