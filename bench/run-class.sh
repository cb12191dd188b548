#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds what a benchmark needs and runs its Java class as root, in a JVM of its own, on one CPU
# and before others that want it.
# Usage: bench/run-class.sh CLASS [ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."
source config/setup.sh

[[ $EUID -eq 0 ]] || fail "the benchmarks load BPF programs and make network namespaces: run as root"
install_missing "${build_tools[@]}"
need_java javac
./mvnw -q --no-transfer-progress -Dquick -DskipTests -pl bpf-faults -am package >&2
classes=bpf-faults/target/test-classes:bpf-faults/target/classes:experiments/target/classes
exec nice -n -10 taskset -c "$(($(nproc) - 1))" "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$classes" "$@"
