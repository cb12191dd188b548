#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long squall takes: from the shell's fork to the exit; and, as root, to the armed fault.
# Usage: bench/start.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-31}
TIMEFORMAT='%R %U %S'

experiment=$(mktemp --suffix .yaml)
cat >"$experiment" <<'YAML'
targets: [{ netns: web }]
faults: [{ loss: 5% }]
duration: 30s
YAML

times=$(mktemp)
trap 'rm -f "$experiment" "$times"' EXIT

# column NUMBER ROW: that row of the sorted column, in ms
column() { cut -d ' ' -f "$1" "$times" | sort -n | sed -n "$2p" | awk '{ printf "%d", $1 * 1000 }'; }

measure() {
  local run
  for ((run = 0; run < runs; run++)); do
    { time ./squall "$@" >/dev/null 2>&1 || true; } 2>&1
  done | awk '{ print $1, $2 + $3 }' >"$times"
  printf '%-44s %5s ms %5s ms %5s ms\n' "squall ${*//$experiment/FILE}" "$(column 1 1)" \
    "$(column 1 $(((runs + 1) / 2)))" "$(column 2 $(((runs + 1) / 2)))"
}

./squall --version >/dev/null
printf '%-44s %8s %8s %8s\n' "" smallest median CPU
measure --version
measure --help
measure inject --help
measure validate "$experiment"
measure status
measure doctor
measure inject --netns no-such-namespace --loss 5%

[[ $EUID -eq 0 ]] || exit 0
unshare --net sh -c 'ip link add eth0 type veth peer name peer && exec sleep infinity' &
inhabitant=$!
trap 'kill "$inhabitant"; rm -f "$experiment" "$times"' EXIT

inject_until_armed() {
  local begin=$EPOCHREALTIME event
  coproc ./squall inject --pid "$inhabitant" --interface eth0 "$@" --for 10s -o json
  read -r event <&"${COPROC[0]}"
  [[ $event == *'"event":"armed"'* ]] || exit 1
  awk -v begin="$begin" -v end="$EPOCHREALTIME" '
    /VmHWM/ { printf "%.6f %.6f\n", end - begin, $2 / 1e6 }' "/proc/$COPROC_PID/status"
  kill "$COPROC_PID"
  wait "$COPROC_PID" || true
}

measure_armed() {
  local run
  for ((run = 0; run < runs; run++)); do inject_until_armed "$@"; done >"$times"
  printf '%-44s %5s ms %5s ms %5s MB\n' "armed: squall inject $*" "$(column 1 1)" \
    "$(column 1 $(((runs + 1) / 2)))" "$(column 2 $(((runs + 1) / 2)))"
}

printf '\n%-44s %8s %8s %8s\n' "" smallest median resident
measure_armed --loss 5%
measure_armed --reset 100%
