#!/bin/bash
# Writes requirements/run.txt, ocr.txt and dev.txt anew from the .in files: exact versions, the hashes of every wheel and
# sdist of each (arm64 and x86-64 alike), and no address of the index they were looked up in.
# Needs pip-tools:  image-build/lock-requirements.sh [pip-compile]
set -euo pipefail
cd "$(dirname "$0")/../requirements"
compile=${1:-pip-compile}
for set in run ocr dev; do
  "$compile" --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
    --no-emit-trusted-host --no-header --annotation-style=line --output-file="$set.txt" "$set.in" "${@:2}"
  if grep -nE '://|^--' "$set.txt"; then
    echo "requirements/$set.txt names an address or an option; see above" >&2
    exit 1
  fi
done
