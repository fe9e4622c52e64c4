# Unit tests of lib/journal: see lib/local.mk for what each may link.
