# Unit tests of lib/archive: see lib/local.mk for what each may link.
