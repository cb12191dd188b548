# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# etcd, API server, scheduler and controllers. Their network namespace is the switch between the
# nodes: 10.99.0.1 on a bridge.
# shellcheck disable=SC2154 # home, port, rig and run are the rig's

etcd=http://127.0.0.1:2379 etcd_peer=http://127.0.0.1:2380

start_control_plane() {
  ip netns add "$rig-cp"
  make_group "$rig-cp"
  mkdir -p "$run/cp"
  cd "$run/cp" || exit
  make_keys
  ip -n "$rig-cp" link set lo up
  ip -n "$rig-cp" link add switch type bridge
  ip -n "$rig-cp" link set switch up
  ip -n "$rig-cp" addr add 10.99.0.1/24 dev switch
  start_in_cp etcd etcd --data-dir etcd --unsafe-no-fsync --log-level warn \
    --listen-client-urls $etcd --advertise-client-urls $etcd --listen-peer-urls $etcd_peer \
    --initial-advertise-peer-urls $etcd_peer --initial-cluster default=$etcd_peer
  start_in_cp api kube-apiserver --etcd-servers $etcd --secure-port 6443 \
    --bind-address 0.0.0.0 --advertise-address 10.99.0.1 --service-cluster-ip-range 10.96.0.0/16 \
    --client-ca-file ca.crt --tls-cert-file server.crt --tls-private-key-file server.key \
    --service-account-issuer https://kubernetes.default --service-account-key-file sa.pub \
    --service-account-signing-key-file sa.key --authorization-mode Node,RBAC \
    --enable-admission-plugins NodeRestriction --allow-privileged=true \
    --kubelet-client-certificate admin.crt --kubelet-client-key admin.key \
    --kubelet-preferred-address-types InternalIP
  start relay "$home/bin/relay" --listen "127.0.0.1:$port" --netns "/run/netns/$rig-cp" \
    --target 10.99.0.1:6443
}

start_controllers() {
  start_in_cp controllers kube-controller-manager --kubeconfig admin.conf --leader-elect=false \
    --service-account-private-key-file sa.key --root-ca-file ca.crt \
    --use-service-account-credentials
  start_in_cp scheduler kube-scheduler --kubeconfig admin.conf --leader-elect=false
}

# start NAME COMMAND...
start() {
  local name=$1
  shift
  {
    join "$rig-cp$leaf"
    exec {lock}<&-
    exec setsid "$@"
  } >"$name.log" 2>&1 </dev/null &
  echo $! >"$name.pid"
  disown # or its end would be reported
}

# start_in_cp NAME PROGRAM ARGUMENT...
start_in_cp() {
  local name=$1 program=$2
  shift 2
  start "$name" nsenter --net="/run/netns/$rig-cp" "$home/bin/$program" "$@"
}

make_keys() {
  private_key ca
  openssl req -x509 -key ca.key -out ca.crt -days 3650 -subj /CN=rig
  certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
  certificate server /CN=kube-apiserver "extendedKeyUsage=serverAuth
subjectAltName=IP:127.0.0.1,IP:10.99.0.1,IP:10.96.0.1,DNS:kubernetes.default.svc"
  openssl genrsa -out sa.key 2048 2>/dev/null
  openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
  kubeconfig_for admin "https://127.0.0.1:$port" >kubeconfig
  chmod 600 kubeconfig
}

# certificate NAME SUBJECT EXTENSIONS: NAME.crt with its key, and a kubeconfig NAME.conf for it
certificate() {
  private_key "$1"
  openssl req -new -key "$1.key" -out "$1.csr" -subj "$2"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 \
    -out "$1.crt" -extfile <(echo "$3") 2>/dev/null
  kubeconfig_for "$1" https://10.99.0.1:6443 >"$1.conf"
}

# private_key NAME. The file says that the key is elliptic; clients in Java look there.
private_key() { openssl ecparam -genkey -name prime256v1 -noout -out "$1.key"; }

# kubeconfig_for NAME SERVER
kubeconfig_for() {
  cat <<END
apiVersion: v1
kind: Config
clusters:
- name: rig
  cluster: {server: "$2", certificate-authority-data: $(base64 -w0 ca.crt)}
users:
- name: $1
  user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}
contexts:
- name: rig
  context: {cluster: rig, user: $1}
current-context: rig
END
}
