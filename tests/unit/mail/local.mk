# Unit tests of lib/mail: see lib/local.mk for what each may link.
