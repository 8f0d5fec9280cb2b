#!/usr/bin/env bash
# The portal in a real browser: a fresh database with the example catalogue, the real server, Chromium.
#   tests/e2e/run.sh [playwright arguments]      for example: tests/e2e/run.sh keyboard.spec.mjs
# Set E2E_BINARY to test a binary that is already built. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
fail() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }

[ -f "$root/frontend/dist/index.html" ] || fail "missing: frontend/dist, run 'make web'"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-progress --loglevel=error || fail "npm ci failed"
binary=${E2E_BINARY:-$root/target/debug/bildungsregion}
[ -n "${E2E_BINARY:-}" ] || (cd "$root" && cargo build -q -p portal) || fail "the portal does not build"

work=$(mktemp -d)
server= mail=
cleanup() {
  for process in $server $mail; do kill "$process" 2>/dev/null; wait "$process" 2>/dev/null; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

port=$(node -e 'const s = require("node:net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
# Passkeys and the cookie of the session need a name that browsers trust without TLS.
export BASE_URL="http://localhost:$port"
# A real mail server takes what the portal sends.
export E2E_MAIL="$work/mail"
node smtp.mjs "$E2E_MAIL" >"$work/smtp" & mail=$!
for _ in $(seq 1 50); do [ -s "$work/smtp" ] && break; sleep 0.1; done
export BILDUNGSREGION_PUBLIC_URL="$BASE_URL" BILDUNGSREGION_MAIL_URL="smtp://127.0.0.1:$(cat "$work/smtp")" BILDUNGSREGION_MAIL_FROM=portal@example.org
export BILDUNGSREGION_OUTBOUND_ALLOW_LOOPBACK=true
export BILDUNGSREGION_DATABASE_URL="sqlite:$work/e2e.db" BILDUNGSREGION_DATA_DIR="$work" BILDUNGSREGION_LOG=warn
"$binary" migrate >"$work/log" 2>&1 && "$binary" demo --offers 400 --seed 13076 >>"$work/log" 2>&1 || { cat "$work/log" >&2; fail "the example catalogue cannot be imported"; }
# A source for the tests that hand in and withdraw records, with a partner system that may.
"$binary" source add e2e --name 'Browser tests' >/dev/null && client=$("$binary" client add --source e2e --name 'Browser tests' 2>/dev/null) || fail "no source for the tests"
E2E_CLIENT=$(awk '$1 == "client_id" {print $2}' <<<"$client") E2E_SECRET=$(awk '$1 == "client_secret" {print $2}' <<<"$client")
invite() { "$binary" admin create --email "$1@example.org" --name "$2" 2>/dev/null || fail "no administrator for the tests"; }
E2E_ADMIN_LINK=$(invite administration Administration) E2E_WALK_LINK=$(invite rundgang Rundgang) E2E_EXCHANGE_LINK=$(invite austausch Austausch)
export E2E_CLIENT E2E_SECRET E2E_ADMIN_LINK E2E_WALK_LINK E2E_EXCHANGE_LINK
# All browsers come from one network.
BILDUNGSREGION_RATE_LIMITS=false "$binary" serve --bind "127.0.0.1:$port" --metrics-bind off >>"$work/log" 2>&1 &
server=$!
for _ in $(seq 1 150); do
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; fail "the server ended"; }
  curl -fsS -o /dev/null "$BASE_URL/readyz" 2>/dev/null && ready=1 && break
  sleep 0.2
done
[ "${ready:-}" = 1 ] || { cat "$work/log" >&2; fail "the server does not become ready"; }

# The index follows the change log; the tests need all of it.
for _ in $(seq 1 100); do
  curl -fsS "$BASE_URL/api/v1/region" | grep -q '"offers":3[0-9][0-9]' && break
  sleep 0.2
done

export PLAYWRIGHT_JSON_OUTPUT_NAME="$work/report.json"
node_modules/.bin/playwright test "$@"
result=$?
[ -s "$work/report.json" ] || fail "the browser tests did not start"
node -e '
  const { stats } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  console.log(`${stats.expected + stats.flaky} passed, ${stats.unexpected} failed`);
' "$work/report.json"
exit "$result"
