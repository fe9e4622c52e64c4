# Unit tests of lib/identity: see lib/local.mk for what each may link.
unit_tests += tests/unit/identity/test_bot
tests_unit_identity_test_bot_SOURCES = tests/unit/identity/test_bot.c
tests_unit_identity_test_bot_CPPFLAGS = $(unit_cppflags)
tests_unit_identity_test_bot_LDADD = $(IDENTITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/identity/test_identity
tests_unit_identity_test_identity_SOURCES = tests/unit/identity/test_identity.c
tests_unit_identity_test_identity_CPPFLAGS = $(unit_cppflags)
tests_unit_identity_test_identity_LDADD = $(IDENTITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/identity/test_mailmap
tests_unit_identity_test_mailmap_SOURCES = tests/unit/identity/test_mailmap.c
tests_unit_identity_test_mailmap_CPPFLAGS = $(unit_cppflags)
tests_unit_identity_test_mailmap_LDADD = $(IDENTITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/identity/test_maintainers
tests_unit_identity_test_maintainers_SOURCES = tests/unit/identity/test_maintainers.c
tests_unit_identity_test_maintainers_CPPFLAGS = $(unit_cppflags)
tests_unit_identity_test_maintainers_LDADD = $(IDENTITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/identity/test_organisations
tests_unit_identity_test_organisations_SOURCES = tests/unit/identity/test_organisations.c
tests_unit_identity_test_organisations_CPPFLAGS = $(unit_cppflags)
tests_unit_identity_test_organisations_LDADD = $(IDENTITY_LAYER) $(CMOCKA_LIBS)
