#!/usr/bin/env bash
# The generated files that are committed: `write` makes them anew, `check` fails when one of them is out of date.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-check}

cargo run -q -p portal -- openapi > openapi/openapi.json.new
mv openapi/openapi.json.new openapi/openapi.json
# docs/ROLES.md, and the table of requirements in docs/SECURITY-DESIGN.md
cargo run -q -p http@0.1.0 --example documents
(cd frontend && { [ -d node_modules ] || npm ci; } && npm run -s gen)
[ "$mode" = write ] && exit 0

if ! git diff --exit-code --stat -- openapi frontend/src/api docs/ROLES.md docs/SECURITY-DESIGN.md; then
  echo "Generated files are out of date: run 'make gen' and commit the result." >&2
  exit 1
fi
