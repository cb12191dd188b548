#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# squall demo --cluster: a Kubernetes on this machine with Squall in it, a web shop whose prices
# come late, and what its customers and the kernel make of that. All of it is gone at the end, also
# after Ctrl-C. The commands that it shows are those that it runs.
# Usage: operator/demo/demo.sh [--keep]      --keep leaves the cluster standing, with Squall and shop
#   SQUALL  a squall to call; agent and controller are built then as well. Without it all is built.
#   RIG_NAME, RIG_PORT, RIG_HOME, RIG_PATIENCE  as in operator/rig/README.md
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
# shellcheck source=config/setup.sh
source config/setup.sh
rig=operator/rig/rig
keep=${1-}
work=$(mktemp -d)

headline() { printf '\n%s\n' "$*"; }
row() { printf '   %-9s %s\n' "$1" "$2"; }
kubectl() { "$rig" kubectl "$@"; }

# Shows a command of the user's, runs it, and shows what it says; of many objects only their number.
asked() {
  row asked "$*"
  shift
  "$squall" "$@" | awk -v indent="             " '
    function flush() { if (count) print indent (count > 3 ? count " objects " word : lines); count = 0 }
    / (created|removed)$/ { word = $NF; lines = count++ ? lines "\n" indent $0 : $0; next }
    { flush(); print indent $0 }
    END { flush() }'
}

build() {
  squall=${SQUALL-./squall}
  [[ -z ${SQUALL-} ]] || return 0
  ./squall --version >/dev/null
  need_java javac
  say "building controller and agent ..."
  ./mvnw --batch-mode -q -Dquick -Dmaven.test.skip=true package \
    -pl operator/agent,operator/controller -am >"$work/build.log" 2>&1 || {
    tail -n 20 "$work/build.log" >&2
    fail "controller and agent could not be built"
  }
}

make_images() {
  local program
  for program in agent controller; do
    operator/images/image.sh $program squall.local/$program:demo "$work/$program.tar" >/dev/null
  done
}

# Without --keep the rig goes with this process, however that ends.
start_rig() {
  local word
  if [[ $keep == --keep ]]; then
    "$rig" up 2
    is_up=yes
  else
    coproc "$rig" hold 2
    holder=$COPROC_PID held=${COPROC[1]}
    read -r word <&"${COPROC[0]}" || true
    [[ $word == ready ]] || fail "there is no cluster to show it in"
  fi
  KUBECONFIG=$("$rig" kubeconfig)
  export KUBECONFIG
  "$rig" load "$work"/{agent,controller}.tar >/dev/null
}

leave() {
  local status=$?
  trap '' HUP INT TERM
  if [[ -n ${holder-} ]]; then
    exec {held}>&-
    wait "$holder" || true
  elif [[ $keep == --keep && -n ${is_up-} && $status -ne 0 ]]; then
    "$rig" down
  fi
  rm -rf "$work"
  exit "$status"
}

open_shop() {
  row asked "kubectl apply -f operator/demo/shop.yaml"
  kubectl apply -f operator/demo/shop.yaml >/dev/null
  row asked "kubectl label namespace shop squall.dev/inject=enabled"
  kubectl label namespace shop squall.dev/inject=enabled >/dev/null
  kubectl -n shop wait --for=condition=Available deployment --all --timeout=60s >/dev/null
  # A Service's rules may come a moment after its pods.
  for _ in {1..50}; do
    visits 1 >"$work/first"
    ! grep -q ok "$work/first" || return 0
  done
  fail "the shop does not answer"
}

visits() { kubectl -n shop exec deployment/customers -- /shop/visit "$1"; }

# measure WHEN SECONDS: notes what customers notice meanwhile
measure() {
  row customers "read pages for $2 seconds"
  visits "$2" >"$work/$1"
}

# table_row WHEN SECONDS KERNEL
table_row() {
  sort -n "$work/$1" | awk -v when="$1" -v seconds="$2" -v kernel="$3" '
    $2 == "ok" { time[served++] = $1 / 1000 }
    END {
      printf "   %-11s %7.1f %7d %9.0f ms %14.0f ms   %s\n", when, served / seconds, NR - served,
        time[int(0.5 * (served - 1))], time[int(0.99 * (served - 1))], kernel
    }'
}

# Prints what the faults of the experiment have hit: "412 packets late, 31 connections reset".
hits() {
  kubectl -n shop get experiment slow-prices \
    -o 'jsonpath={range .status.counts[*]}{.fault} {.hit.packets}{"\n"}{end}' |
    awk '/^delay/ { late += $NF } /^reset/ { reset += $NF }
      END { printf "%d packets late, %d connections reset\n", late, reset }'
}

trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

[[ $keep =~ ^(--keep)?$ ]] || fail "usage: operator/demo/demo.sh [--keep]"
"$rig" doctor
"$rig" build
build
make_images

cat <<TEXT
A Kubernetes of two nodes on this machine, and a web shop of three services in it; nothing else is
touched. Squall disturbs the packets of the shop's pod inside the Linux kernel and counts them there;
customers in a pod of their own tell what they noticed.
TEXT

headline "1. A cluster, and Squall in it"
start_rig
asked squall install --set images.agent=squall.local/agent:demo \
  --set images.controller=squall.local/controller:demo --set images.pullPolicy=Never

headline "2. The shop opens"
open_shop
measure before 5

headline "3. What the shop asks of prices comes 50 ms late, and every fifth connection is reset"
asked squall apply -f operator/demo/slow-prices.yaml
kubectl -n shop wait --for=condition=Injected experiment/slow-prices --timeout=30s >/dev/null
measure meanwhile 8
sleep 6 # a node tells its counts every five seconds
asked squall status slow-prices -n shop
kernel=$(hits)

headline "4. It ends"
asked squall stop slow-prices -n shop
measure afterwards 5

headline "What the customers noticed, beside what the kernel did"
printf '   %11s %7s %7s %12s %17s   %s\n' '' pages/s failed 'half within' '99 of 100 within' 'in the kernel'
table_row before 5 -
table_row meanwhile 8 "$kernel"
table_row afterwards 5 -

if [[ $keep == --keep ]]; then
  headline "It is all still there, for you to try"
  row reach "export KUBECONFIG=$KUBECONFIG"
  row "" "./squall get -A; operator/rig/rig kubectl get pods -A"
  row remove "${RIG_NAME:+RIG_NAME=$RIG_NAME }operator/rig/rig down"
  exit
fi

headline "5. Nothing is left behind"
asked squall uninstall
asked squall verify-clean
