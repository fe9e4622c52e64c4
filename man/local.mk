# Manual pages (mdoc).
dist_man_MANS += man/listpulse-counters.7
