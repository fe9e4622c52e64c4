# Unit tests of lib/identity: see lib/local.mk for what each may link.
