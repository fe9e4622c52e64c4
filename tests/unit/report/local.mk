# Unit tests of lib/report: see lib/local.mk for what each may link.
