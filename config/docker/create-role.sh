#!/bin/bash
# Runs once, when PostgreSQL makes its data folder: Odoo gets a role that owns its databases and nothing else.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres --set=password="$(</run/secrets/database_password)" <<'SQL'
CREATE ROLE odoo LOGIN CREATEDB PASSWORD :'password';
GRANT pg_signal_autovacuum_worker, pg_checkpoint TO odoo;
SQL
