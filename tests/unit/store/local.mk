# Unit tests of lib/store: see lib/local.mk for what each may link.
