#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The rules for BPF C: licence line, 100 columns, size budgets, and .clang-format where it is there.
# Usage: config/bpf-style.sh [--fix]     --fix formats the files first
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t files < <(find bpf-faults/src/*/bpf -name '*.[ch]' 2>/dev/null | sort)
[[ ${#files[@]} -gt 0 ]] || exit 0
formatter=$(command -v clang-format || true)
[[ ${1-} != --fix ]] || "${formatter:?--fix needs clang-format}" -i "${files[@]}"

# A function's body stands between braces in the first column; its head follows a blank line.
# Counted are the body's lines, without the braces.
# shellcheck disable=SC2016
budgets='
function complain(line, what) { printf "%s:%d: %s\n", FILENAME, line, what; bad = 1 }
FNR == 1 { main = FILENAME ~ /src\/main/; head = ""; body = 0
           if (!/SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause/)
             complain(1, "the first line is not the SPDX line of BPF C") }
{ tabs = $0; wide = length($0) + 7 * gsub(/\t/, "", tabs) }
wide > 100 { complain(FNR, "longer than 100 columns") }
# The contract with user space is one file, however long.
FNR == (main ? 201 : 401) && FILENAME !~ /fault_abi.h$/ { complain(FNR, "longer than " FNR - 1 " lines") }
/^{/ { body = FNR; entry = main && head ~ /SEC\(/ }
/^}/ && body { size = FNR - body - 1; limit = entry ? 12 : 40
               if (size > limit) complain(body, size " lines of body, where " limit " are allowed")
               body = 0; head = "" }
/^$/ { head = "" }
!body { head = head $0 }
END { exit bad }'

status=0
awk "$budgets" "${files[@]}" || status=1
if [[ -n $formatter ]]; then
  "$formatter" --dry-run --Werror "${files[@]}" || status=1
else
  echo "BPF C is not checked for its format: apt-get install clang-format" >&2
fi
[[ $status -eq 0 ]] || echo "config/bpf-style.sh --fix formats; the budgets are yours to keep" >&2
exit "$status"
