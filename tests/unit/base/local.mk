# Unit tests of lib/base: see lib/local.mk for what each may link.
