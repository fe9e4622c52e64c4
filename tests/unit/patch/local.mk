# Unit tests of lib/patch: see lib/local.mk for what each may link.
