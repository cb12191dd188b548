#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compiles every NAME.bpf.c of a folder into NAME.bpf.o, when the folder has changed since.
# Usage: compile-bpf.sh SOURCES OBJECTS [INCLUDE...]
set -euo pipefail

sources=$1 objects=$2
shift 2

fail() {
  echo "$1" >&2
  exit 5
}

[[ -d $sources ]] || exit 0
clang=$(command -v "${CLANG:-clang}") ||
  fail "The BPF programs need clang: apt-get install clang llvm libbpf-dev linux-libc-dev"
strip=$(command -v "${LLVM_STRIP:-llvm-strip}") ||
  fail "The BPF programs need llvm-strip: apt-get install llvm"

flags=(-O2 -g -target bpf -mcpu=v3 -std=gnu11 -Wall -Wextra -Werror
  -Wno-unused-parameter -Wno-missing-field-initializers -I "$sources"
  -isystem "/usr/include/$(uname -m)-linux-gnu")
for include in "$@"; do flags+=(-I "$include"); done

mkdir -p "$objects"
for source in "$sources"/*.bpf.c; do
  [[ -e $source ]] || break
  object=$objects/$(basename "$source" .c).o
  if [[ -e $object && -z $(find "$0" "$sources" "$@" -type f -newer "$object" -print -quit) ]]; then
    continue
  fi
  # An interrupted build must not leave an object that looks finished.
  "$clang" "${flags[@]}" -c "$source" -o "$object.part"
  "$strip" -g "$object.part"
  mv "$object.part" "$object"
done
