# Whole: shell scripts that speak TAP and start real servers.
