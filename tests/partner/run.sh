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
trap 'for process in "${processes[@]}"; do kill "$process" 2>/dev/null; wait "$process" 2>/dev/null; done; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

touch "$work/secrets"
SECRETS_FILE="$work/secrets" "$tool/bin/python" tests/partner/receiver.py "$work/port" "$work/received" & processes+=($!)
for _ in $(seq 50); do [ -s "$work/port" ] && break; sleep 0.1; done

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORTAL="http://127.0.0.1:$port" SOURCE=partner
export BILDUNGSREGION_DATABASE_URL="${DATABASE_URL:-sqlite:$work/partner.db}" BILDUNGSREGION_DATA_DIR="$work" BILDUNGSREGION_PUBLIC_URL=$PORTAL
export BILDUNGSREGION_OUTBOUND_ALLOW_LOOPBACK=true
"$binary" migrate >"$work/log" 2>&1 && "$binary" source add "$SOURCE" --name 'Haus der Partner' >>"$work/log" 2>&1 || { cat "$work/log" >&2; fail "no source"; }
client=$("$binary" client add --source "$SOURCE" --name 'Kursverwaltung' --scope imports:run --scope webhooks:manage 2>/dev/null) || fail "no client"
CLIENT_ID=$(awk '$1 == "client_id" { print $2 }' <<<"$client") CLIENT_SECRET=$(awk '$1 == "client_secret" { print $2 }' <<<"$client")
export CLIENT_ID CLIENT_SECRET
"$binary" serve --bind "127.0.0.1:$port" --metrics-bind off >"$work/server.log" 2>&1 & processes+=($!)
for _ in $(seq 100); do curl -fs "$PORTAL/readyz" >/dev/null && break; sleep 0.2; done

if python3 tests/partner/life.py "$work" "$(cat "$work/port")"; then
  # Whatever the server itself calls an error is a failure.
  ! grep '"level":"ERROR"' "$work/server.log" || { echo "0 passed, 1 failed"; exit 1; }
else
  tail -n 20 "$work/server.log" >&2
  exit 1
fi
