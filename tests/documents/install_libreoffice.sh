#!/bin/sh
# Debian's LibreOffice for the tests that open what we write. Where it cannot be had they are skipped, and say so.
command -v soffice >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-writer-nogui libreoffice-calc-nogui; } >/dev/null 2>&1
fi
command -v soffice >/dev/null 2>&1 || echo "No LibreOffice here, and it cannot be installed: its tests will be skipped."
