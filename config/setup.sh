# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What ./check and ./squall need before they can start; sourced by both.
# Installs with apt where it may, and otherwise says in one sentence what is missing.

PATH=$PATH:/usr/sbin:/sbin

say() { echo "squall: $*" >&2; }

fail() {
  say "$*"
  exit 5
}

# The commands and files that show a package to be there. The names are those of Debian 12 and 13
# and of Ubuntu 24.04.
run_tools=(/usr/lib/*/libbpf.so.1:libbpf1)
build_tools=("${run_tools[@]}" clang:clang llvm-strip:llvm unzip:unzip
  /usr/include/bpf/bpf_helpers.h:libbpf-dev /usr/include/linux/bpf.h:linux-libc-dev
  /etc/ssl/certs/ca-certificates.crt:ca-certificates)
# shellcheck disable=SC2034 # used by ./check
unit_test_tools=("${build_tools[@]}" /usr/bin/kill:procps)
# shellcheck disable=SC2034
check_tools=("${unit_test_tools[@]}" clang-format:clang-format shellcheck:shellcheck ip:iproute2
  ethtool:ethtool ping:iputils-ping bpftool:bpftool curl:curl python3:python3 tcpdump:tcpdump
  zsh:zsh fish:fish)

# shellcheck disable=SC2034 # used by operator/rig/build.sh and ./check
rig_tools=(containerd:containerd runc:runc ip:iproute2 iptables:iptables busybox:busybox-static
  openssl:openssl pgrep:procps modprobe:kmod /usr/lib/cni/bridge:containernetworking-plugins)

is_there() {
  case $1 in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# install_missing WHAT:PACKAGE...
install_missing() {
  local tool packages=()
  for tool in "$@"; do
    is_there "${tool%:*}" || packages+=("${tool##*:}")
  done
  [[ ${#packages[@]} -gt 0 ]] || return 0
  # Ubuntu 24.04 has no package of that name.
  [[ $(</etc/os-release) != *ID=ubuntu* ]] ||
    packages=("${packages[@]/#bpftool/linux-tools-$(uname -r)}")
  command -v apt-get >/dev/null ||
    fail "these Debian packages are missing, whatever they are called here: ${packages[*]}"
  [[ $EUID -eq 0 ]] || fail "packages are missing: sudo apt-get install ${packages[*]}"
  apt_install "${packages[@]}"
}

apt_install() {
  local log
  log=$(mktemp)
  say "installing $* ..."
  apt_update
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -y -q \
    --no-install-recommends install "$@" >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" >&2
    rm -f "$log"
    fail "apt-get could not install the packages; install them by hand: apt-get install $*"
  }
  rm -f "$log"
}

# Without a network the lists may still be there: what cannot be had then shows at the install.
apt_update() {
  [[ -n ${apt_is_fresh-} ]] || apt-get -o DPkg::Lock::Timeout=300 -q update >/dev/null 2>&1 || true
  apt_is_fresh=yes
}

# is_java_25 HOME COMMAND
is_java_25() {
  [[ -x $1/bin/$2 && -r $1/release && $(<"$1/release") == *'JAVA_VERSION="25'[.\"]* ]]
}

# Prints the home of the first Java 25 that has the command: java, or javac for a JDK.
find_java() {
  local home on_path
  on_path=$(readlink -f "$(command -v "$1")" 2>/dev/null) || true
  for home in "${JAVA_HOME-}" /usr/lib/jvm/* "${on_path%/bin/*}"; do
    if is_java_25 "$home" "$1"; then
      echo "$home"
      return
    fi
  done
  return 1
}

# Sets and exports JAVA_HOME to a Java 25 that has the command, and installs one where apt has it.
need_java() {
  local package
  if ! JAVA_HOME=$(find_java "$1") && [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    apt_update
    for package in openjdk-25-jdk-headless temurin-25-jdk; do
      [[ -n $(apt-cache madison "$package" 2>/dev/null) ]] || continue
      apt_install "$package"
      break
    done
  fi
  JAVA_HOME=$(find_java "$1") ||
    fail "JDK 25 is missing: install temurin-25-jdk (https://adoptium.net/installation/linux)" \
      "or openjdk-25-jdk-headless, or set JAVA_HOME to a JDK 25"
  export JAVA_HOME
}
