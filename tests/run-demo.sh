#!/usr/bin/env bash
# Fills an empty database with the example catalogue through the import path that partners use, then serves it.
#   tests/run-demo.sh BINARY [serve arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
portal=$1; shift
mkdir -p var
"$portal" migrate
"$portal" demo --if-empty --offers "${OFFERS:-2000}" --seed "${SEED:-13076}"
exec "$portal" serve "$@"
