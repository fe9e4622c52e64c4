# Manual pages (mdoc).
dist_man_MANS += man/listpulse.1 man/listpulse-counters.7 man/listpulse-rules.7 \
	man/listpulse.conf.5 man/listpulse-milter.8
