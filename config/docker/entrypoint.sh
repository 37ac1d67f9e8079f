#!/bin/bash
# serve: run Odoo.  init: make the database with the whole suite, or bring its modules up to the image; safe to repeat.
# Anything else is run as it is, for example `odoo shell`.
#
# The variables are those of the official image (HOST, PORT, USER, PASSWORD_FILE) and of Odoo itself (PGDATABASE, ODOO_…).
set -euo pipefail

# Odoo reads PG… from the environment; an argument would show the password to everyone who lists processes.
export PGHOST="${HOST:-db}" PGPORT="${PORT:-5432}" PGUSER="${USER:-odoo}"
PGPASSWORD="$(<"${PASSWORD_FILE:?names the file with the password of the database}")"
export PGPASSWORD

has_database() {
    [ -n "$(psql --dbname=postgres --tuples-only --no-align --set=name="$1" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'")" ]
}

init() {
    local database="${PGDATABASE:?names the database}" building
    # A database that was cut off while it was made must never look like a whole one: build beside, rename at the end.
    building="building_$database"
    unset PGDATABASE
    if has_database "$database"; then
        echo "Database $database: bringing its modules up to this image"
        odoo module upgrade -d "$database" --outdated all
    else
        echo "Database $database: making it, which takes some minutes"
        odoo db init --force --language zh_CN --country CN \
            --password "$(<"${ADMIN_PASSWORD_FILE:?names the file with the first password of the user admin}")" "$building"
        odoo -d "$building" -i cosmetics_suite --stop-after-init --no-http --workers=0
        odoo db rename "$building" "$database"
    fi
    echo "Database $database is ready"
}

case "${1:-serve}" in
    serve) exec odoo ;;
    init) init ;;
    *) exec "$@" ;;
esac
