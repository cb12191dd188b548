#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Packs a release: unpack it anywhere, link its squall into the path. It needs a Java 25 and
# libbpf.so.1, no compiler and no Maven; on first use it prepares its fast start in its lib folder.
# Usage: config/release.sh      makes target/squall-VERSION.tar.gz
set -euo pipefail
cd "$(dirname "$0")/.."
config/build.sh .squall
read -r _ version < <(unzip -p .squall/lib/squall.jar dev/squall/cli/version.txt)
name=squall-$version
stage=target/$name

rm -rf "$stage"
mkdir -p "$stage/config" "$stage/lib"
cp squall README.md LICENSE "$stage"
cp -r LICENSES "$stage"
cp config/setup.sh config/rehearse.sh "$stage/config"
cp .squall/lib/*.jar "$stage/lib"
tar --create --gzip --file "$stage.tar.gz" --directory target \
  --sort name --mtime @0 --owner 0 --group 0 --numeric-owner "$name"
rm -rf "$stage"
echo "$stage.tar.gz"
