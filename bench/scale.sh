#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Squall on a large cluster: 6,000 of 10,000 pods on 300 nodes that are only objects, then 100 real
# pods on one node. Prints Markdown tables. Needs root, the test cluster of operator/rig, 6 GiB of
# memory and 15 minutes; exit 1 when an aim is missed.
# Usage: bench/scale.sh [controller|agent]
set -euo pipefail
cd "$(dirname "$0")/.."
source config/setup.sh

case ${1:-all} in
  controller) tests=ScaleClusterIT ;;
  agent) tests=AgentScaleClusterIT ;;
  all) tests=ScaleClusterIT,AgentScaleClusterIT ;;
  *) fail "usage: bench/scale.sh [controller|agent]" ;;
esac
[[ $EUID -eq 0 ]] || fail "the test cluster makes network namespaces and cgroups: run as root"
install_missing "${build_tools[@]}"
need_java javac
tables=operator/cluster-tests/target/scale
rm -rf "$tables"
status=0
./mvnw --no-transfer-progress -Dquick -pl operator/cluster-tests -am verify -Dtest=None \
  -Dit.test="$tests" -Dsquall.scale.full=true -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false >&2 || status=1
for table in "$tables"/*.md; do
  echo
  cat "$table"
done
exit "$status"
