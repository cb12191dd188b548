#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long it takes from a request to the API server until packets of a pod are hit, and until none
# is any more, as the pod itself notices it: pings 5 ms apart, and the times of those that were not
# answered. On a rig of two nodes of its own with Squall installed, or on the cluster that
# SQUALL_TEST_KUBECONFIG names. Prints a Markdown table; exit 1 when a time is beyond a second.
# Usage: bench/cluster-latency.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
source config/setup.sh

runs=${1:-50}
test='ShopClusterIT#packetsAreHitWithinASecondOfApplyAndSparedWithinASecondOfDelete'

[[ $EUID -eq 0 ]] || fail "the rig makes network namespaces and cgroups: run as root"
install_missing "${build_tools[@]}"
need_java javac
rm -f operator/cluster-tests/target/latency.md
status=0
nice -n -10 ./mvnw -q --no-transfer-progress -Dquick -pl operator/cluster-tests -am verify -Dtest=None \
  -Dit.test="$test" -Dsquall.rounds="$runs" \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false >&2 || status=1
cat operator/cluster-tests/target/latency.md
exit "$status"
