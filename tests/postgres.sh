#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for tests: reachable by a socket in a temporary folder only, gone without a trace afterwards.
#   tests/postgres.sh serve   starts one, prints its URL as the first line, and removes it when standard input closes
#   tests/postgres.sh url     prints TEST_POSTGRES_URL if set, else the URL of a cluster that lives until `tests/postgres.sh stop URL`
#   tests/postgres.sh stop URL
# Uses the newest installed server, installs one where it may, else says what is missing.
set -euo pipefail

find_binaries() {
  local initdb
  initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
  [ -n "$initdb" ] || initdb=$(command -v initdb || true)
  [ -n "$initdb" ] && dirname "$(readlink -f "$initdb")"
}

ensure_binaries() {
  find_binaries && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { DEBIAN_FRONTEND=noninteractive apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >/dev/null 2>&1 || true
  fi
  find_binaries && return
  echo "missing: the PostgreSQL server programs initdb and postgres (Debian/Ubuntu: sudo apt-get install postgresql), or TEST_POSTGRES_URL" >&2
  exit 2
}

# The server refuses to run as root.
unprivileged() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  local user=postgres
  id -u postgres >/dev/null 2>&1 || user=nobody
  if command -v setpriv >/dev/null; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"
  else
    su -s /bin/sh "$user" -c "$(printf '%q ' "$@")"
  fi
}

start() {
  bin=$(ensure_binaries)
  folder=$(mktemp -d /tmp/bildungsregion-pg-XXXXXX)
  if [ "$(id -u)" = 0 ]; then chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$folder"; fi
  cd "$folder"
  unprivileged "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }
  # Nothing of it has to survive a power cut, unless somebody measures: DURABLE=1 keeps what costs time in earnest.
  local careless="-c fsync=off -c full_page_writes=off"
  [ -z "${DURABLE:-}" ] || careless=
  unprivileged "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 start \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' $careless -c max_connections=200 -c shared_buffers=64MB" \
    >>"$folder/log" 2>&1 </dev/null || { cat "$folder/log" "$folder/data/server.log" >&2; exit 2; }
  url="postgres://postgres@/postgres?host=$folder"
}

stop() {
  local folder=${1##*host=}
  case "$folder" in /tmp/bildungsregion-pg-??????) ;; *) echo "not a throw-away cluster: $1" >&2; exit 2 ;; esac
  cd /
  unprivileged "$(find_binaries)/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}

case "${1:-}" in
  serve)
    trap '' INT TERM HUP PIPE
    start
    echo "$url"
    cat >/dev/null || true
    stop "$url"
    ;;
  url)
    if [ -n "${TEST_POSTGRES_URL:-}" ]; then echo "$TEST_POSTGRES_URL"; else start; echo "$url"; fi
    ;;
  stop) stop "${2:?the URL that was printed}" ;;
  *) sed -n '2,6p' "$0"; exit 2 ;;
esac
