#!/usr/bin/env bash
# Plays a partner against the real program: credentials, dry run, import, search, change feed, webhooks verified by an independent implementation,
# and the example clients of docs/partner.
#   tests/partner/run.sh [BINARY]
# Needs python3 with venv and curl; standardwebhooks is installed into target/partner. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/../.."
fail() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }
binary=${1:-target/debug/bildungsregion}
[ -n "${1:-}" ] || cargo build -q -p portal || fail "the portal does not build"

export PYTHONDONTWRITEBYTECODE=1
version=1.1.0 tool=target/partner
if ! "$tool/bin/pip" list 2>/dev/null | grep -q "^standardwebhooks *$version$"; then
  python3 -m venv "$tool" && "$tool/bin/pip" install -q "standardwebhooks==$version" || fail "missing: python3 with venv, or a package index"
fi

work=$(mktemp -d)
processes=()
quit() { for process in "${processes[@]}"; do kill "$process" 2>/dev/null; done; for process in "${processes[@]}"; do wait "$process" 2>/dev/null; done; processes=(); }
trap 'quit; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
passed=0 failed=0

# round NAME DATABASE NODES   a partner asks the first of so many nodes; any of them may send webhooks
round() {
  printf '\n%s\n' "$1"
  local folder="$work/$1" count=$3 ports=() port summary
  mkdir "$folder"
  touch "$folder/secrets"
  SECRETS_FILE="$folder/secrets" "$tool/bin/python" tests/partner/receiver.py "$folder/port" "$folder/received" & processes+=($!)
  for _ in $(seq "$count"); do ports+=("$(free)"); done
  export PORTAL="http://127.0.0.1:${ports[0]}" SOURCE=partner BILDUNGSREGION_DATABASE_URL=$2 BILDUNGSREGION_PUBLIC_URL="http://127.0.0.1:${ports[0]}"
  export BILDUNGSREGION_DATA_DIR="$folder/0" BILDUNGSREGION_KEYS_DIR="$folder/keys" BILDUNGSREGION_OUTBOUND_ALLOW_LOOPBACK=true
  "$binary" migrate >"$folder/log" 2>&1 && "$binary" source add "$SOURCE" --name 'Haus der Partner' >>"$folder/log" 2>&1 || { cat "$folder/log" >&2; fail "no source"; }
  client=$("$binary" client add --source "$SOURCE" --name 'Kursverwaltung' --scope imports:run --scope webhooks:manage 2>/dev/null) || fail "no client"
  CLIENT_ID=$(awk '$1 == "client_id" { print $2 }' <<<"$client") CLIENT_SECRET=$(awk '$1 == "client_secret" { print $2 }' <<<"$client")
  export CLIENT_ID CLIENT_SECRET
  for port in "${ports[@]}"; do
    BILDUNGSREGION_DATA_DIR="$folder/$port" "$binary" serve --bind "127.0.0.1:$port" --metrics-bind off >>"$folder/server.log" 2>&1 & processes+=($!)
  done
  for port in "${ports[@]}"; do for _ in $(seq 100); do curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break; sleep 0.2; done; done
  for _ in $(seq 50); do [ -s "$folder/port" ] && break; sleep 0.1; done
  python3 tests/partner/life.py "$folder" "$(cat "$folder/port")" | tee "$folder/life" || tail -n 20 "$folder/server.log" >&2
  summary=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$folder/life" || echo "0 passed, 1 failed")
  passed=$((passed + $(cut -d' ' -f1 <<<"$summary"))) failed=$((failed + $(cut -d' ' -f3 <<<"$summary")))
  quit
  # Whatever the server itself calls an error is a failure.
  if grep '"level":"ERROR"' "$folder/server.log"; then failed=$((failed + 1)); fi
}

round sqlite "sqlite:$work/partner.db" 1
started=
[ -n "${TEST_POSTGRES_URL:-}" ] || { started=$(tests/postgres.sh url) && TEST_POSTGRES_URL=$started; }
if [ -n "$TEST_POSTGRES_URL" ]; then
  database=partner_$$
  psql -q "$TEST_POSTGRES_URL" -c "CREATE DATABASE $database" || fail "no database in PostgreSQL"
  round postgresql "$(sed "s|/postgres?|/$database?|; s|/postgres\$|/$database|" <<<"$TEST_POSTGRES_URL")" 2
  psql -q "$TEST_POSTGRES_URL" -c "DROP DATABASE $database WITH (FORCE)" || failed=$((failed + 1))
else
  failed=$((failed + 1)); echo "no PostgreSQL"
fi
[ -z "$started" ] || tests/postgres.sh stop "$started"
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
