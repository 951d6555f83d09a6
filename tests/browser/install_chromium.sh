#!/bin/sh
# Debian's chromium for the browser tests. Where it cannot be had they are skipped, and say so.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1
fi
command -v chromium >/dev/null 2>&1 || echo "No chromium here, and it cannot be installed: the browser tests will be skipped."
