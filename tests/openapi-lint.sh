#!/usr/bin/env bash
# Lints the generated OpenAPI description. Warnings are shown, errors fail. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/openapi-lint"
description=${1:-../../openapi/openapi.json}

if [ ! -f "$description" ]; then
  echo "missing: openapi/openapi.json, run 'make gen'" >&2
  echo "0 passed, 1 failed"
  exit 1
fi
# No install scripts: one dependency reports every installation to its maker.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-progress --loglevel=error || { echo "0 passed, 1 failed"; exit 1; }

if node_modules/.bin/spectral lint --ruleset ruleset.yaml --fail-severity error "$description"; then
  echo "1 passed, 0 failed"
else
  echo "0 passed, 1 failed"
  exit 1
fi
