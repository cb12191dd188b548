#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the two hosts of the examples: network namespaces on a cable.
#   web     192.0.2.1 and 2001:db8::1, with a web server on port 80
#   client  192.0.2.2 and 2001:db8::2, with a name server on port 53
# Needs root, iproute2, python3 and curl.
# Usage: bash docs/examples/hosts.sh [remove]
set -euo pipefail

remove() {
  { ip netns pids web && ip netns pids client; } | xargs --no-run-if-empty kill
  ip netns delete web
  ip netns delete client
}

connect() {
  local name=$1 number=$2
  ip -n "$name" address add "192.0.2.$number/24" dev eth0
  ip -n "$name" address add "2001:db8::$number/64" dev eth0 nodad
  ip -n "$name" link set lo up
  ip -n "$name" link set eth0 up
}

if [[ ${1-} == remove ]]; then
  remove
  exit
fi

examples=$(dirname "$0")
ip netns add web
ip netns add client
ip link add eth0 netns web type veth peer name eth0 netns client
connect web 1
connect client 2
ip netns exec web python3 -m http.server 80 --bind :: --directory "$examples/site" >/dev/null 2>&1 &
ip netns exec client python3 "$examples/names.py" serve 192.0.2.2 >/dev/null 2>&1 &
until ip netns exec client curl -s -o /dev/null http://192.0.2.1/ \
  && ip netns exec web python3 "$examples/names.py" ask 192.0.2.2 a | grep -q NOERROR; do
  sleep 0.1
done
