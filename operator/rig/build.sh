# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What a rig needs before it can start: packages, one binary that is all of Kubernetes, two images.
# shellcheck disable=SC2154 # here and home are the rig's

kubernetes=1.34.4
helm=3.22.0

# Rigs that share a home build it once.
build() {
  install_missing "${rig_tools[@]}"
  mkdir -p "$home/bin" "$home/images"
  {
    flock 9
    is_built || build_kubernetes
    build_images
  } 9<"$home"
}

sources_stamp() {
  { cat "$here"/*.go "$here"/go.mod "$here"/go.sum && declare -f build_kubernetes; } |
    sha256sum | cut -c1-16
}

is_built() { [[ $(cat "$home/bin/stamp" 2>/dev/null) == "$(sources_stamp)" ]]; }

build_kubernetes() {
  local go part version=k8s.io/component-base/version minor=${kubernetes#*.}
  go=$(find_go) || fail "$(how_to_get_go)"
  say "building Kubernetes $kubernetes (once, about 5 minutes) ..."
  (cd "$here" && CGO_ENABLED=0 "$go" build -trimpath -o "$home/bin/kube.new" -ldflags "-s -w \
    -X $version.gitVersion=v$kubernetes -X $version.gitMajor=${kubernetes%%.*} \
    -X $version.gitMinor=${minor%.*}" . >"$home/build.log" 2>&1) || {
    tail -n 20 "$home/build.log" >&2
    fail "Kubernetes could not be built"
  }
  mv "$home/bin/kube.new" "$home/bin/kube"
  for part in etcd kubectl kubelet kube-apiserver kube-controller-manager kube-proxy \
    kube-scheduler relay; do
    ln -sf kube "$home/bin/$part"
  done
  sources_stamp >"$home/bin/stamp"
}

build_helm() {
  local go
  go=$(find_go) || fail "$(how_to_get_go)"
  say "building Helm $helm (once, about 2 minutes) ..."
  mkdir -p "$home/bin"
  GOBIN=$home/bin CGO_ENABLED=0 "$go" install -trimpath -ldflags "-s -w" \
    "helm.sh/helm/v3/cmd/helm@v$helm" >"$home/build.log" 2>&1 || {
    tail -n 20 "$home/build.log" >&2
    fail "Helm could not be built"
  }
}

needed_go() { awk '$1 == "go" { print $2 }' "$here/go.mod"; }

# Prints the first Go that is new enough. It may be out of PATH: sudo leaves /usr/local/go out, and
# distributions keep newer ones beside their own.
find_go() {
  local go version
  for go in go /usr/local/go/bin/go /usr/lib/go-*/bin/go; do
    version=$(cd "$here" && "$go" env GOVERSION 2>/dev/null) || continue
    if printf '%s\n' "$(needed_go)" "${version#go}" | sort --check --version-sort 2>/dev/null; then
      echo "$go"
      return
    fi
  done
  return 1
}

how_to_get_go() {
  local package
  echo -n "Go $(needed_go) or newer is missing, to build Kubernetes: "
  for package in golang-1.26-go golang-1.25-go golang-1.24-go; do
    [[ -n $(apt-cache madison "$package" 2>/dev/null) ]] || continue
    echo "apt-get install $package"
    return
  done
  echo "curl -fsSL https://go.dev/dl/go$(needed_go).linux-$(architecture).tar.gz |" \
    "tar -xz -C /usr/local"
}

# rig.local/pause is the sandbox of every pod, rig.local/busybox what pods of tests run.
build_images() {
  local root applet
  [[ ! $home/images/busybox.tar -nt $here/build.sh ]] || return 0
  root=$(mktemp -d)
  mkdir "$root"/{bin,etc,tmp,proc,sys,dev}
  cp "$(command -v busybox)" "$root/bin/busybox"
  build_image "$root" pause '{"Entrypoint":["/bin/busybox","sleep","2147483647"]}'
  for applet in $("$root/bin/busybox" --list); do
    [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
  done
  build_image "$root" busybox '{"Env":["PATH=/bin"]}'
  rm -r "$root"
}

# build_image FOLDER NAME SETTINGS
build_image() {
  layer "$1" "$home/images/$2.layer"
  archive "rig.local/$2:1" "$home/images/$2.tar" "$3" "$home/images/$2.layer" >/dev/null
  rm "$home/images/$2.layer"*
}
