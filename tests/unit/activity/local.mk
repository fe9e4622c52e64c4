# Unit tests of lib/activity: see lib/local.mk for what each may link.
