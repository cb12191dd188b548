#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds what ./squall starts.
# Usage: config/build.sh HOME      HOME/lib gets the jars, HOME/built the time of their sources
set -euo pipefail
home=$(realpath -m "$1")
cd "$(dirname "$0")/.."
source config/setup.sh

mkdir -p "$home" 2>/dev/null || true
[[ -w $home ]] || fail "squall must be built anew, and you may not write to $home: run it as root once"
exec 9>"$home/lock"
if ! flock --nonblock 9; then
  say "waiting for the build that another squall does ..."
  flock 9
  [[ ! -e $home/built ]] || exit 0
fi
rm -f "$home/built"

install_missing "${build_tools[@]}"
need_java javac
say "building (once, and after a change) ..."
touch "$home/started"
: >"$home/build.log"
./mvnw --batch-mode --no-transfer-progress -Dquick -Dmaven.test.skip=true package \
  -pl cli -am >>"$home/build.log" 2>&1 9>&- &
build=$!
tail -n +1 -f --pid=$build "$home/build.log" 2>/dev/null 9>&- |
  sed -n -u -E 's/^\[INFO\] Building (Squall.*[^ ]) +0.*(\[.*\])$/  \1 \2/p; s/^\[ERROR\] /  /p' >&2 || true
if ! wait $build; then
  grep -q '^\[ERROR\]' "$home/build.log" || tail -n 5 "$home/build.log" >&2
  fail "the build failed; all of its output is in $home/build.log"
fi

rm -rf "${home:?}/lib"
mkdir "$home/lib"
cp cli/target/lib/*.jar "$home/lib"
cp cli/target/squall-cli-*[0-9T].jar "$home/lib/squall.jar"
for jar in "$home"/lib/picocli-*.jar; do
  "$JAVA_HOME/bin/java" config/RaiseClassVersion.java "$jar" "$jar.raised"
  mv "$jar.raised" "$jar"
done
mv "$home/started" "$home/built"
