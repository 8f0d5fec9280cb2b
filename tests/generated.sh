#!/usr/bin/env bash
# The generated files that are committed: `write` makes them anew, `check` fails when one of them is out of date.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-check}

cargo run -q -p portal -- openapi > openapi/openapi.json.new
mv openapi/openapi.json.new openapi/openapi.json
(cd frontend && { [ -d node_modules ] || npm ci; } && npm run -s gen)
[ "$mode" = write ] && exit 0

if ! git diff --exit-code --stat -- openapi frontend/src/api; then
  echo "Generated files are out of date: run 'make gen' and commit the result." >&2
  exit 1
fi
