#!/usr/bin/env bash
# Everything a stranger needs to trust a change. Runs every stage even if one fails, and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0 failed=0 failures=()
log=$(mktemp -d)
started=
trap 'rm -rf "$log"; [ -z "$started" ] || tests/postgres.sh stop "$started"' EXIT

# stage NAME COMMAND…   counts the tests a runner reports; a stage without such a line counts as one.
stage() {
  local name=$1 out summary p f; shift
  out="$log/$name"
  printf '\n=== %s\n' "$name"
  local began=$SECONDS ok=0
  "$@" 2>&1 | tee "$out" || ok=1
  if grep -qE '^[0-9]+ passed, [0-9]+ failed' "$out"; then summary=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$out" | tail -n 1); else summary=$(grep '^test result:' "$out" || true); fi
  p=$(grep -oE '[0-9]+ passed' <<<"$summary" | awk '{n += $1} END {print n + 0}')
  f=$(grep -oE '[0-9]+ failed' <<<"$summary" | awk '{n += $1} END {print n + 0}')
  if [ "$ok" != 0 ]; then [ "$f" -gt 0 ] || f=1; failures+=("$name"); elif [ $((p + f)) = 0 ]; then p=1; fi
  passed=$((passed + p)) failed=$((failed + f))
  printf -- '--- %s: %s in %s s\n' "$name" "$([ "$ok" = 0 ] && echo ok || echo FAILED)" $((SECONDS - began))
}

stage tools tests/tools.sh test || true
# One throw-away PostgreSQL for all test programs, unless the caller brought one.
[ -n "${TEST_POSTGRES_URL:-}" ] || { started=$(tests/postgres.sh url) && export TEST_POSTGRES_URL=$started; }
stage frontend-install npm --prefix frontend ci --no-progress
stage frontend-build npm --prefix frontend run build
stage frontend-check npm --prefix frontend run check
stage format cargo fmt --all --check
stage lint cargo clippy -q --workspace --all-targets -- -D warnings
stage rust cargo test -q --workspace --no-fail-fast
stage partner tests/partner/run.sh
stage formats tests/formats/run.sh
stage generated tests/generated.sh check
stage openapi-lint tests/openapi-lint.sh
stage compatible-self-test node tests/api/compatible.mjs --self-test
stage compatible node tests/api/compatible.mjs
stage browser tests/e2e/run.sh

[ ${#failures[@]} -eq 0 ] || printf '\nfailed stages: %s\n' "${failures[*]}"
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ ${#failures[@]} -eq 0 ]
