# Unit tests of lib/mail: see lib/local.mk for what each may link.
unit_tests += \
	tests/unit/mail/test_capture \
	tests/unit/mail/test_header \
	tests/unit/mail/test_list

tests_unit_mail_test_capture_SOURCES = tests/unit/mail/test_capture.c
tests_unit_mail_test_capture_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_capture_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_header_SOURCES = tests/unit/mail/test_header.c
tests_unit_mail_test_header_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_header_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_list_SOURCES = tests/unit/mail/test_list.c
tests_unit_mail_test_list_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_list_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

EXTRA_DIST += tests/unit/mail/corpus.h
