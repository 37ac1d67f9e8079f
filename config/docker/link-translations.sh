#!/bin/bash
# Odoo reads the terms of a module's code from that module's own folders alone: link our overlay into them.
set -euo pipefail
here="$(cd "$(dirname "$0")/../translations" && pwd)"
addons=("${@:-/usr/lib/python3/dist-packages/odoo/addons}")
[ $# -gt 0 ] || addons+=(/usr/local/lib/python3*/dist-packages/odoo/addons)
for file in "$here"/*/zh_CN.po; do
    module="$(basename "$(dirname "$file")")"
    for root in "${addons[@]}"; do
        if [ -f "$root/$module/__manifest__.py" ]; then
            mkdir -p "$root/$module/i18n_extra"
            ln -sf "$file" "$root/$module/i18n_extra/zh_CN.po"
        fi
    done
done
