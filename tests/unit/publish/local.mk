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

# A folder to publish into, and mail of a month.
shelf_sources = tests/unit/publish/shelf.c tests/unit/publish/shelf.h \
	tests/support/mails.c tests/support/mails.h \
	tests/support/redis.c tests/support/redis.h

unit_tests += tests/unit/publish/test_front
tests_unit_publish_test_front_SOURCES = tests/unit/publish/test_front.c \
	$(shelf_sources)
tests_unit_publish_test_front_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_front_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_page_files
tests_unit_publish_test_page_files_SOURCES = tests/unit/publish/test_page_files.c \
	$(shelf_sources)
tests_unit_publish_test_page_files_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_page_files_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_pages
tests_unit_publish_test_pages_SOURCES = tests/unit/publish/test_pages.c \
	$(shelf_sources)
tests_unit_publish_test_pages_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_pages_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_book_pages
tests_unit_publish_test_book_pages_SOURCES = tests/unit/publish/test_book_pages.c \
	$(shelf_sources)
tests_unit_publish_test_book_pages_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_book_pages_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_publish
tests_unit_publish_test_publish_SOURCES = tests/unit/publish/test_publish.c \
	$(shelf_sources)
tests_unit_publish_test_publish_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_publish_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/publish/test_group
tests_unit_publish_test_group_SOURCES = tests/unit/publish/test_group.c \
	$(shelf_sources)
tests_unit_publish_test_group_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_publish_test_group_LDADD = $(PUBLISH_LAYER) $(CMOCKA_LIBS)
