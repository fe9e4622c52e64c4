# Unit tests of lib/publish: see lib/local.mk for what each may link.

unit_tests += tests/unit/publish/test_book
tests_unit_publish_test_book_SOURCES = tests/unit/publish/test_book.c
tests_unit_publish_test_book_CPPFLAGS = $(unit_cppflags)
tests_unit_publish_test_book_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_units
tests_unit_publish_test_units_SOURCES = tests/unit/publish/test_units.c
tests_unit_publish_test_units_CPPFLAGS = $(unit_cppflags)
tests_unit_publish_test_units_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_tree
tests_unit_publish_test_tree_SOURCES = tests/unit/publish/test_tree.c
tests_unit_publish_test_tree_CPPFLAGS = $(unit_cppflags)
tests_unit_publish_test_tree_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)
