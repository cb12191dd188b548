#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long squall takes to start, from the shell's fork to the exit, after the first use.
# Usage: bench/start.sh [RUNS]      prints per command: smallest and median time, median CPU time
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
