#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the image of a program of Squall without Docker: the C library of this distribution, a JRE
# by jlink, the program's jars. The same inputs give the same image, whose digest is printed.
# Usage: operator/images/image.sh PROGRAM REF OUT.tar [TARGET]
#   PROGRAM  agent, controller or cli, which is the command squall
#   REF      the image's name, such as squall.local/agent:0.1.0
#   TARGET   the folder with squall-PROGRAM-*.jar and lib/; by default the one of its module
# The layer of the JRE is made once and kept in ~/.cache/squall-images.
set -euo pipefail
umask 022
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=config/setup.sh
source "$here/../../config/setup.sh"
# shellcheck source=operator/images/archive.sh
source "$here/archive.sh"

# One JRE for all programs, so that a node has it once.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.crypto.ec
modules+=,jdk.httpserver,jdk.management,jdk.unsupported

[[ $# -eq 3 || $# -eq 4 ]] || {
  sed -n '/^# Usage/,/^# The/{/^# The/d; s/^# //p}' "$0" >&2
  exit 2
}
program=$1 ref=$2 out=$3
module=$here/../$program
[[ $program != cli ]] || module=$here/../../cli
target=${4-$module/target}
case $program in
  # uid 0, because Kubernetes gives the capabilities of a container to no other user.
  # An agent is on every node: it gives back what it does not need.
  agent) user=0 heap=(MaxHeapSize=48m MinHeapFreeRatio=20 MaxHeapFreeRatio=30) ;;
  controller) user=65532 heap=(MaxHeapSize=40m) ;;
  cli) user=65532 heap=(MaxHeapSize=64m) ;;
  *)
    say "$program has no image: agent, controller and cli have"
    exit 2
    ;;
esac

# make_jre FOLDER. The archive of classes is for the flags with which the images start.
make_jre() {
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files \
    --no-man-pages --output "$1"
  "$1/bin/java" -Xshare:dump -Xlog:all=error -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
}

# Flags in a file come before those of JDK_JAVA_OPTIONS, which on the command line would lose.
jvm_flags() {
  printf '%s\n' +UseSerialGC TieredStopAtLevel=1 -UsePerfData +UseCompactObjectHeaders \
    InitialHeapSize=8m "${heap[@]}"
}

# Prints the libraries that these files need, the dynamic linker among them.
libraries_of() {
  ldd "$@" 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// { print $3 }
    $1 ~ /^\// && $2 ~ /^\(/ { print $1 }' | sort -u
}

# Sets jre to the JRE's layer, with what it needs of the distribution in $jre.libraries.
need_jre() {
  local cache=${HOME:-/root}/.cache/squall-images root files
  jre=$cache/jre-$({ cat "$JAVA_HOME/release" && declare -f make_jre && echo "$modules"; } |
    sha256sum | cut -c1-16)
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  [[ ! -e $jre ]] || return 0
  say "making the JRE of the images (once) ..."
  root=$(mktemp -d)
  make_jre "$root/jre"
  mapfile -t files < <(find "$root/jre" -name '*.so')
  libraries_of "$root/jre/bin/java" "${files[@]}" | sed "\:^$root/:d" >"$jre.libraries"
  layer "$root" "$jre"
  rm -r "$root"
}

# Prints the files of the distribution that go into the image. All but the controller load libbpf.
distribution_files() {
  local libbpf=(/usr/lib/*/libbpf.so.1)
  cat "$jre.libraries"
  [[ $program == controller ]] || {
    printf '%s\n' "${libbpf[@]}"
    libraries_of "${libbpf[@]}"
  }
}

# make_system FOLDER FILE...: also the licences, and the list that image scanners read
make_system() {
  local root=$1 file package
  shift
  mkdir -p "$root"/{dev,etc,proc,sys,tmp,usr/lib,usr/lib64,var/lib/dpkg/status.d}
  ln -s usr/lib usr/lib64 "$root"
  for file in "$@"; do
    mkdir -p "$root${file%/*}"
    cp --dereference "$file" "$root$file"
  done
  while read -r package; do
    dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
    mkdir -p "$root/usr/share/doc/$package"
    cp --dereference "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package"
  done < <(packages_of "$@")
  cp --dereference /etc/os-release "$root/etc/os-release"
  printf '%s:x:%d:%d::/:/none\n' root 0 0 squall 65532 65532 >"$root/etc/passwd"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

# With /lib a link to /usr/lib, dpkg may know a file by either name.
packages_of() {
  { dpkg-query --search "$@" "${@/#//usr}" 2>/dev/null || true; } | cut -d: -f1 | sort -u
}

# make_app FOLDER
make_app() {
  local jars=("$target/squall-$program"-*[0-9T].jar)
  [[ ${#jars[@]} -eq 1 && -e ${jars[0]} ]] ||
    fail "$target should have one squall-$program-VERSION.jar: ./mvnw -Dquick -DskipTests package"
  mkdir -p "$1/app"
  jvm_flags >"$1/app/jvm.flags"
  cp "${jars[0]}" "$1/app/squall-$program.jar"
  # The command finds its jars beside it, the others in lib.
  if [[ $program == cli ]]; then cp -r "$target/lib/." "$1/app"; else cp -r "$target/lib" "$1/app"; fi
}

command -v dpkg-query >/dev/null || fail "images are made of the packages of Debian or Ubuntu"
install_missing "${run_tools[@]}"
need_java jlink
need_jre
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mapfile -t files < <(distribution_files | sort -u)
make_system "$work/system" "${files[@]}"
make_app "$work/app"
layer "$work/system" "$work/system.layer"
layer "$work/app" "$work/app.layer"
entry="[\"/jre/bin/java\",\"-XX:Flags=/app/jvm.flags\",\"-jar\",\"/app/squall-$program.jar\"]"
archive "$ref" "$out" \
  "{\"User\":\"$user\",\"Env\":[\"PATH=/jre/bin\",\"LANG=C.UTF-8\",\"MALLOC_ARENA_MAX=1\"],\"Entrypoint\":$entry}" \
  "$work/system.layer" "$jre" "$work/app.layer"
