# Unit tests of lib/mail: see lib/local.mk for what each may link.
unit_tests += \
	tests/unit/mail/test_address \
	tests/unit/mail/test_capture \
	tests/unit/mail/test_charset \
	tests/unit/mail/test_date \
	tests/unit/mail/test_flowed \
	tests/unit/mail/test_header \
	tests/unit/mail/test_html \
	tests/unit/mail/test_list \
	tests/unit/mail/test_message \
	tests/unit/mail/test_parts \
	tests/unit/mail/test_prune \
	tests/unit/mail/test_words

tests_unit_mail_test_address_SOURCES = tests/unit/mail/test_address.c
tests_unit_mail_test_address_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_address_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_capture_SOURCES = tests/unit/mail/test_capture.c
tests_unit_mail_test_capture_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_capture_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_charset_SOURCES = tests/unit/mail/test_charset.c
tests_unit_mail_test_charset_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_charset_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_date_SOURCES = tests/unit/mail/test_date.c
tests_unit_mail_test_date_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_date_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_flowed_SOURCES = tests/unit/mail/test_flowed.c
tests_unit_mail_test_flowed_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_flowed_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_header_SOURCES = tests/unit/mail/test_header.c
tests_unit_mail_test_header_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_header_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_html_SOURCES = tests/unit/mail/test_html.c
tests_unit_mail_test_html_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_html_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_list_SOURCES = tests/unit/mail/test_list.c
tests_unit_mail_test_list_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_list_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_message_SOURCES = tests/unit/mail/test_message.c
tests_unit_mail_test_message_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_message_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_parts_SOURCES = tests/unit/mail/test_parts.c
tests_unit_mail_test_parts_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_parts_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_words_SOURCES = tests/unit/mail/test_words.c
tests_unit_mail_test_words_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_words_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

EXTRA_DIST += tests/unit/mail/corpus.h

unit_tests += tests/unit/mail/test_membership
tests_unit_mail_test_membership_SOURCES = tests/unit/mail/test_membership.c
tests_unit_mail_test_membership_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_membership_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)

tests_unit_mail_test_prune_SOURCES = tests/unit/mail/test_prune.c
tests_unit_mail_test_prune_CPPFLAGS = $(unit_cppflags)
tests_unit_mail_test_prune_LDADD = $(MAIL_LAYER) $(CMOCKA_LIBS)
