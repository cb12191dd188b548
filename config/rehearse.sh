#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the archives of loaded classes with which squall starts fast (class data sharing): runs
# typical commands, notes the classes that they load, and keeps them as the JVM wants them. One is
# for this host, and one for clusters, which would cost the other 30 MiB of memory.
# Usage: config/rehearse.sh LIB JAVA
set -euo pipefail
lib=$1 java=$2
jvm=("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

runs=0
# Nobody waits for the answer that the server below does not give to apply.
rehearse() {
  runs=$((runs + 1))
  timeout 4 "${jvm[@]}" -XX:DumpLoadedClassList="$scratch/$runs.list" -jar "$lib/squall.jar" "$@" \
    >/dev/null 2>&1 </dev/null || true
}

# keep NAME: all classes noted so far; numbers that only mean something within one run are cut off.
keep() {
  cat "$scratch"/*.list | sed 's/ id: [0-9]*$//' | awk '!seen[$0]++' >"$scratch/classes"
  "${jvm[@]}" -Xshare:dump -Xlog:disable -XX:SharedClassListFile="$scratch/classes" \
    -XX:SharedArchiveFile="$lib/$1.jsa.$$" -jar "$lib/squall.jar" >/dev/null
  mv "$lib/$1.jsa.$$" "$lib/$1.jsa"
}

echo "squall: preparing a fast start ..." >&2
cat >"$scratch/experiment.yaml" <<'YAML'
name: rehearsal
targets: [{ netns: nowhere, interface: eth0 }]
faults: [{ loss: 5% }, { delay: 50ms, jitter: 10ms }]
traffic: { direction: egress, protocol: tcp, peers: [10.0.0.0/8], peerPorts: [443, 8000-8100] }
duration: 30s
YAML
rehearse --version
rehearse --help
rehearse validate "$scratch/experiment.yaml"
rehearse validate "$lib/no-such-file"
rehearse completion bash
rehearse doctor
rehearse status
rehearse verify-clean
rehearse inject --netns no-such-namespace --loss 5% --for 1s
if [[ $EUID -eq 0 ]]; then
  # In a network namespace of its own, which nobody else's packets can reach; root of a container
  # may not make one.
  unshare --net sleep 20 2>/dev/null &
  rehearse inject --pid $! --interface lo --loss 5% --for 200ms -o json
  kill $! 2>/dev/null || true
fi
keep squall

rehearse install --dry-run
printf '%s\n' '{ apiVersion: squall.dev/v1alpha1, kind: Experiment, metadata: { name: web }, spec: {' \
  'targets: [{ selector: { labels: { app: web } } }], faults: [{ loss: 5% }] } }' >"$scratch/web.yaml"
# Where there is openssl, a server answers that it has nothing; elsewhere nobody listens.
port=1
if command -v openssl >/dev/null; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=squall \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$scratch/key" -out "$scratch/crt" 2>/dev/null
  (cd "$scratch" && exec openssl s_server -accept 127.0.0.1:0 -key key -cert crt -WWW) \
    >"$scratch/server" 2>&1 </dev/null &
  server=$!
  trap 'kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
  for _ in {1..20}; do
    port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$scratch/server")
    [[ -z $port ]] || break
    sleep 0.1
  done
fi
cat >"$scratch/kubeconfig" <<YAML
clusters: [{ name: c, cluster: { server: "https://127.0.0.1:${port:-1}", certificate-authority: $scratch/crt } }]
users: [{ name: u, user: { client-certificate: $scratch/crt, client-key: $scratch/key } }]
contexts: [{ name: c, context: { cluster: c, user: u } }]
current-context: c
YAML
rehearse apply -f "$scratch/web.yaml" --kubeconfig "$scratch/kubeconfig"
rehearse get --kubeconfig "$scratch/kubeconfig"
keep cluster

echo "$java" >"$lib/java"
