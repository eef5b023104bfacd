#!/bin/sh
# Runs a command with the secrets of this container: each file in /run/secrets is the variable of its name.
set -eu
for secret in /run/secrets/*; do
  [ -f "$secret" ] || continue
  value="$(cat "$secret")"
  export "$(basename "$secret")=$value"
done
exec "$@"
