# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Image archives as `docker save` writes them, which ctr, docker, podman and kind load, with no tool
# but tar and sha256sum. The same files give the same bytes.

in_order=(tar --format=gnu --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner)

# layer FOLDER LAYER: also LAYER.sha256, its digest
layer() {
  "${in_order[@]}" --mode=u=rwX,go=rX -C "$1" -cf "$2.part" .
  sha256sum <"$2.part" | cut -d' ' -f1 >"$2.sha256"
  mv "$2.part" "$2"
}

# archive REF OUT SETTINGS LAYER...: SETTINGS is the `config` of the image's JSON. Prints the digest
# by which the image is known.
archive() {
  local ref=$1 out=$2 settings=$3 work file digest names='' digests='' tars
  shift 3
  work=$(mktemp -d)
  for file in "$@"; do
    digest=$(<"$file.sha256")
    ln -s "$(realpath "$file")" "$work/$digest.tar"
    names+=",\"$digest.tar\""
    digests+=",\"sha256:$digest\""
  done
  cat >"$work/config" <<END
{"architecture":"$(architecture)","os":"linux","created":"1970-01-01T00:00:00Z","config":$settings,
"rootfs":{"type":"layers","diff_ids":[${digests#,}]}}
END
  digest=$(sha256sum <"$work/config" | cut -d' ' -f1)
  mv "$work/config" "$work/$digest.json"
  echo "[{\"Config\":\"$digest.json\",\"RepoTags\":[\"$ref\"],\"Layers\":[${names#,}]}]" \
    >"$work/manifest.json"
  tars=("$work"/*.tar)
  "${in_order[@]}" --dereference -C "$work" -cf "$out.part" manifest.json "$digest.json" \
    "${tars[@]##*/}"
  mv "$out.part" "$out"
  rm -r "$work"
  echo "sha256:$digest"
}

architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
