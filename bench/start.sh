#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long squall takes from the shell's fork to the exit; as root also until a fault is armed, and
# how much memory it then has. Commands take turns. Prints a Markdown table.
# Usage: bench/start.sh [RUNS]      as root: exit 1 when a target is missed
set -euo pipefail
cd "$(dirname "$0")/.."
source config/setup.sh
runs=${1:-31}
target_ms=250
target_mib=80

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/FILE" <<'YAML'
targets: [{ netns: web }]
faults: [{ loss: 5% }]
duration: 30s
YAML

commands=("--version" "status" "inject --help" "validate $work/FILE" "--help" "doctor"
  "inject --netns no-such-namespace --loss 5%")
faults=("--loss 5%" "--reset 100%")

# column FILE NUMBER ROW: that row of the sorted column
column() { cut -d ' ' -f "$2" "$1" | sort -n | sed -n "$3p"; }

median() { column "$1" "$2" $(((runs + 1) / 2)); }

# since BEGIN: ms
since() { awk -v begin="$1" -v end="$EPOCHREALTIME" 'BEGIN { print (end - begin) * 1000 }'; }

until_exit() {
  local words TIMEFORMAT='%R %U %S'
  read -ra words <<<"$1"
  { time ./squall "${words[@]}" >/dev/null 2>&1 || true; } 2>&1 |
    awk '{ print $1 * 1000, ($2 + $3) * 1000 }'
}

until_armed() {
  local words event begin=$EPOCHREALTIME
  read -ra words <<<"$1"
  coproc ./squall inject --pid "$inhabitant" --interface eth0 "${words[@]}" --for 10s -o json
  read -r event <&"${COPROC[0]}"
  echo "$(since "$begin") $(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$COPROC_PID/status")"
  kill "$COPROC_PID"
  wait "$COPROC_PID" || true
  [[ $event == *'"event":"armed"'* ]]
}

# What a script would do instead that needs nothing but a queue.
until_tc_is_done() {
  local begin=$EPOCHREALTIME
  nsenter --net --target "$inhabitant" tc qdisc add dev eth0 root handle 1: htb
  since "$begin"
  nsenter --net --target "$inhabitant" tc qdisc del dev eth0 root
}

# verdict VALUE TARGET UNIT
verdict() {
  awk -v value="$1" -v target="$2" -v unit="$3" 'BEGIN {
    print "≤ " target " " unit (value <= target ? "" : ", **missed**"); exit value > target }'
}

./squall --version >/dev/null
[[ $EUID -ne 0 ]] || renice -n -10 $$ >/dev/null
for ((run = 0; run < runs; run++)); do
  for i in "${!commands[@]}"; do until_exit "${commands[i]}" >>"$work/$i"; done
done
printf '| until the exit, %s runs | smallest | median | CPU |\n|---|---|---|---|\n' "$runs"
for i in "${!commands[@]}"; do
  printf "| \`squall %s\` | %.0f ms | %.0f ms | %.0f ms |\n" "${commands[i]//$work\//}" \
    "$(column "$work/$i" 1 1)" "$(median "$work/$i" 1)" "$(median "$work/$i" 2)"
done

[[ $EUID -eq 0 ]] || exit 0
install_missing nsenter:util-linux ip:iproute2 tc:iproute2
unshare --net sh -c 'ip link add eth0 type veth peer name peer && exec sleep infinity' &
inhabitant=$!
trap 'kill "$inhabitant"; rm -rf "$work"' EXIT
until nsenter --net --target "$inhabitant" ip link show eth0 >/dev/null 2>&1; do sleep 0.1; done
for ((run = 0; run < runs; run++)); do
  for i in "${!faults[@]}"; do until_armed "${faults[i]}" >>"$work/armed$i"; done
  until_tc_is_done >>"$work/tc"
done
printf '\n| until armed, %s runs | smallest | median | | resident | |\n|---|---|---|---|---|---|\n' "$runs"
status=0
for i in "${!faults[@]}"; do
  ms=$(median "$work/armed$i" 1)
  mib=$(column "$work/armed$i" 2 "$runs")
  in_time=$(verdict "$ms" "$target_ms" ms) || status=1
  small=$(verdict "$mib" "$target_mib" MiB) || status=1
  printf "| \`squall inject %s\` | %.0f ms | %.0f ms | %s | %.0f MiB | %s |\n" "${faults[i]}" \
    "$(column "$work/armed$i" 1 1)" "$ms" "$in_time" "$mib" "$small"
done
printf "| beside them: \`tc qdisc add … htb\` | %.0f ms | %.0f ms | | | |\n" \
  "$(column "$work/tc" 1 1)" "$(median "$work/tc" 1)"
exit "$status"
