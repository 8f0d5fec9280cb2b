#!/usr/bin/env bash
# Makes sure that the tools beyond cargo, node and a C compiler are there: installs them where it may, else names them.
#   tests/tools.sh build   what compiling needs      tests/tools.sh test   what the tests need as well
set -euo pipefail
what=${1:-build}

missing=()
command -v cargo >/dev/null || { echo "missing: cargo, see https://rustup.rs" >&2; exit 2; }
command -v node >/dev/null || { echo "missing: Node.js >= 20.19, see https://nodejs.org" >&2; exit 2; }
command -v cc >/dev/null || missing+=(build-essential)
# PostgreSQL's client library is compiled in; it needs the headers of OpenSSL.
{ command -v pkg-config >/dev/null && pkg-config --exists openssl; } || missing+=(pkg-config libssl-dev)
if [ "$what" = test ]; then
  [ -n "${TEST_POSTGRES_URL:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
  [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium fonts-noto-core)
  # What goes out is read with other people's programs.
  command -v curl >/dev/null || missing+=(curl)
  command -v xmllint >/dev/null || missing+=(libxml2-utils)
  python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq "${missing[@]}" >/dev/null
else
  echo "missing: ${missing[*]} (Debian/Ubuntu: sudo apt-get install ${missing[*]})" >&2
  exit 2
fi
