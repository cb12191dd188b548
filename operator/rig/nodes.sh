# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A node is a process tree with network, mount, pid, uts, ipc and cgroup namespaces of its own:
# killing its first process ends it all. Its address is 10.99.0.1N, those of its pods 10.244.N.0/24.
# shellcheck disable=SC2154 # here, home, rig and run are the rig's

# start_node NUMBER COUNT
start_node() {
  local name=n$1 disk=$run/n$1
  mkdir -p "$disk"/{varlib/containerd,varlib/kubelet,varlib/cni,cni,log,manifests,sysctl}
  certificate "$name" "/O=system:nodes/CN=system:node:$name" extendedKeyUsage=clientAuth
  connect_node "$1" "$2"
  pod_network "$1" >"$disk/cni/10-rig.conflist"
  containerd_settings "$disk" >"$disk/containerd.toml"
  kubelet_settings "$disk" >"$disk/kubelet.yaml"
  proxy_settings "$name" >"$disk/proxy.yaml"
  boot_node "$1"
}

# boot_node NUMBER
boot_node() {
  local name=n$1 disk=$run/n$1
  mkdir -p "$disk"/run/{netns,containerd}
  make_group "$rig-$name"
  {
    join "$rig-$name" # the root of the cgroup namespace
    [[ -z ${lock-} ]] || exec {lock}<&-
    exec setsid nsenter --net="/run/netns/$rig-$name" unshare --cgroup \
      "$here/node" "$rig-$name" "$disk" "$name" "10.99.0.1$1" "$run/cp/$name.conf" "$home"
  } >"$disk/log/node.log" 2>&1 </dev/null &
  echo $! >"$disk/pid"
  disown
}

# connect_node NUMBER COUNT
connect_node() {
  local node=$rig-n$1 other
  ip netns add "$node"
  ip -n "$node" link set lo up
  ip -n "$rig-cp" link add "to-n$1" type veth peer name eth0 netns "$node"
  ip -n "$rig-cp" link set "to-n$1" master switch up
  ip -n "$node" addr add "10.99.0.1$1/24" dev eth0
  ip -n "$node" link set eth0 up
  ip -n "$node" route add default via 10.99.0.1
  ip -n "$rig-cp" route add "10.244.$1.0/24" via "10.99.0.1$1"
  for other in $(seq "$2"); do
    [[ $other == "$1" ]] || ip -n "$node" route add "10.244.$other.0/24" via "10.99.0.1$other"
  done
  # There is no cloud here; an answer at once saves the time-out of those who look for one.
  ip -n "$node" route add unreachable 169.254.169.254
}

# A pod reaches a Service's pod on its own node only where iptables sees bridged packets. Nodes have
# that on; for the machine's own bridges it is switched off when the module comes.
bridge_netfilter() {
  local file
  [[ -d /proc/sys/net/netfilter ]] || modprobe nf_conntrack ||
    fail "the kernel module nf_conntrack is missing"
  [[ ! -d /proc/sys/net/bridge ]] || return 0
  modprobe br_netfilter || fail "the kernel module br_netfilter is missing"
  for file in /proc/sys/net/bridge/bridge-nf-call-*; do echo 0 >"$file"; done
}

# pod_network NUMBER
pod_network() {
  cat <<END
{"cniVersion": "0.4.0", "name": "rig", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "/var/lib/cni",
            "ranges": [[{"subnet": "10.244.$1.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}]}
END
}

# containerd_settings DISK. Where CAP_SYS_RESOURCE is missing, no OOM score may be lowered.
containerd_settings() {
  cat <<END
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "rig.local/pause:1"
  restrict_oom_score_adj = true
  disable_hugetlb_controller = true
  tolerate_missing_hugetlb_controller = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$1/cni"
END
}

# kubelet_settings DISK
kubelet_settings() {
  cat <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
failCgroupV1: false
oomScoreAdj: 0
enforceNodeAllocatable: []
failSwapOn: false
protectKernelDefaults: true
resolvConf: ""
clusterDomain: cluster.local
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $run/cp/ca.crt}
authorization: {mode: Webhook}
staticPodPath: $1/manifests
nodeStatusUpdateFrequency: 1s
evictionHard: {memory.available: 100Mi}
registerWithTaints: []
END
}

# proxy_settings NAME
proxy_settings() {
  cat <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $run/cp/admin.conf}
hostnameOverride: $1
clusterCIDR: 10.244.0.0/16
conntrack:
  maxPerCore: 0
  min: 0
  tcpEstablishedTimeout: 0s
  tcpCloseWaitTimeout: 0s
  udpTimeout: 0s
  udpStreamTimeout: 0s
END
}
