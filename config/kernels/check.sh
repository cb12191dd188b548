#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests of the kernel side on Debian's stock kernels, each in a virtual machine without KVM.
# The machine sees this host's file system, so it has the JDK and the build.
# Usage: config/kernels/check.sh [VERSION...]      by default 6.12, 6.1 and newest, Debian testing's
set -euo pipefail
cd "$(dirname "$0")/../.."
source config/setup.sh

declare -A suites=([6.12]=trixie [6.1]=bookworm [newest]=testing)
patience=1200 # seconds for one machine
cache=$PWD/.squall/kernels # remove it to fetch newer builds of the kernels

virtual_machine_tools=(qemu-system-x86_64:qemu-system-x86 busybox:busybox-static depmod:kmod
  xz:xz-utils ip:iproute2 ping:iputils-ping python3:python3)

# The Debian mirror that this machine uses itself.
mirror() {
  # shellcheck disable=SC2016 # these are fields of apt's
  apt-get indextargets --format '$(ORIGIN) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 !~ /-/ { print $3; exit }'
}

# A configuration of apt in which nothing but the suites of the kernels exists.
configure_apt() {
  local uri apt=$cache/apt suite
  uri=$(mirror)
  [[ -n $uri ]] || fail "the kernels come from the Debian mirror in the sources of apt, and there is" \
    "none: run ./check --kernels on Debian"
  mkdir -p "$apt"/{lists,archives}/partial "$apt/none"
  touch "$apt/status"
  for suite in "${suites[@]}"; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
  done >"$apt/sources.list"
  cat >"$apt/apt.conf" <<END
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/none";
Dir::Etc::preferencesparts "$apt/none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Languages "none";
APT::Architecture "amd64";
APT::Sandbox::User "root";
END
}

# fetch VERSION
fetch() {
  local package folder=$cache/$1 beginning=${1//./\\.}\\.
  [[ $1 != newest ]] || beginning='[0-9]'
  [[ ! -e $folder/complete ]] || return 0
  configure_apt
  export APT_CONFIG=$cache/apt/apt.conf
  apt-get -qq update || fail "apt-get could not read the package lists of ${suites[*]}"
  package=$(apt-cache show linux-image-amd64 |
    sed -n "s/^Depends:.* \(linux-image-${beginning}[^ ]*\) .*/\1/p" | sort -V | tail -n 1)
  [[ -n $package ]] || fail "Debian ${suites[$1]} has no kernel $1 now"
  say "fetching $package ..."
  rm -rf "$folder"
  mkdir -p "$folder"
  # The image, its modules and what they are for are one package, or one each.
  mapfile -t packages < <(apt-cache depends --important "$package" |
    sed -n "s/^  Depends: \(linux-\(base\|binary\|modules\)-[0-9].*\)/\1/p")
  (cd "$folder" && apt-get -qq download "$package" "${packages[@]}") ||
    fail "apt-get could not download $package"
  for package in "$folder"/*.deb; do dpkg -x "$package" "$folder"; done
  rm "$folder"/*.deb
  [[ -e $folder/lib ]] || ln -s usr/lib "$folder/lib"
  depmod -b "$folder" "$(release "$1")"
  touch "$folder/complete"
  unset APT_CONFIG
}

# release VERSION: as uname -r says it
release() { basename "$cache/$1"/lib/modules/*; }

# initramfs VERSION: just enough to mount the host's file system
initramfs() {
  local image=$cache/$1/initramfs module file number=10
  rm -rf "$image"
  mkdir -p "$image"/{bin,modules,proc,sys,dev,host,writable,root}
  cp "$(command -v busybox)" "$image/bin/busybox"
  cp config/kernels/init "$image/init"
  for module in virtio_pci 9pnet_virtio 9p overlay; do
    modprobe -d "$cache/$1" -S "$(release "$1")" --show-depends "$module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
    number=$((number + 1))
    module=$image/modules/$number-$(basename "${file%.xz}")
    if [[ $file == *.xz ]]; then xz -dc "$file" >"$module"; else cp "$file" "$module"; fi
  done
  (cd "$image" && find . | busybox cpio -o -H newc 2>/dev/null) >"$image.cpio"
}

# boot VERSION: true when the tests in it passed. Not every QEMU emulates cmpxchg16b well.
boot() (
  here=$PWD
  cd "$cache/$1"
  shopt -s nullglob
  images=(boot/vmlinuz-* lib/modules/*/vmlinuz)
  timeout "$patience" qemu-system-x86_64 -accel tcg,thread=multi -cpu max,-cx16 -smp 2 -m 1536 \
    -nodefaults -display none -no-reboot -serial stdio -net none \
    -kernel "${images[0]}" -initrd initramfs.cpio \
    -virtfs local,path=/,security_model=none,readonly=on,mount_tag=host,multidevs=remap \
    -append "console=ttyS0 loglevel=3 panic=-1 mitigations=off nokaslr tsc=reliable \
SQUALL=$here VERSION=$1 JAVA_HOME=$JAVA_HOME" </dev/null | stdbuf -oL tr -d '\r' | tee console.log
  grep -q '^KERNEL-CHECK: passed$' console.log
)

# Compiles, and writes down what the tests need on their class path.
build() {
  ./mvnw --batch-mode --no-transfer-progress -q -Dquick test-compile dependency:build-classpath \
    -Dmdep.outputFile="$cache/libraries" -pl cli -am
  echo "cli/target/test-classes:cli/target/classes:bpf-faults/target/test-classes:$(<"$cache/libraries")" \
    >"$cache/classpath"
}

[[ $# -gt 0 ]] || set -- 6.12 6.1 newest
for version in "$@"; do
  [[ -n ${suites[$version]-} ]] || {
    say "$version is none of the kernels that are tested, which are 6.12, 6.1 and newest"
    exit 2
  }
done
[[ $EUID -eq 0 ]] || fail "the machines need this host's files: run ./check --kernels as root"
[[ $(uname -m) == x86_64 ]] || fail "the kernels are for x86-64, and this machine is not"
install_missing "${build_tools[@]}" "${virtual_machine_tools[@]}"
need_java javac
mkdir -p "$cache"
build
failed=()
for version in "$@"; do
  fetch "$version"
  initramfs "$version"
  start=$SECONDS
  boot "$version" || failed+=("$version")
  echo "Linux $version: $((SECONDS - start)) s"
done
[[ ${#failed[@]} -eq 0 ]] || fail "tests failed on Linux ${failed[*]}"
