# Unit tests of lib/render: see lib/local.mk for what each may link.

unit_tests += tests/unit/render/test_renderer
tests_unit_render_test_renderer_SOURCES = tests/unit/render/test_renderer.c \
	tests/unit/render/digests.c tests/unit/render/digests.h \
	tests/support/schema.c tests/support/schema.h
tests_unit_render_test_renderer_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_renderer_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_page
tests_unit_render_test_page_SOURCES = tests/unit/render/test_page.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_page_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_page_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_value
tests_unit_render_test_value_SOURCES = tests/unit/render/test_value.c
tests_unit_render_test_value_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_value_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_phrases
tests_unit_render_test_phrases_SOURCES = tests/unit/render/test_phrases.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_phrases_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_phrases_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_html_text
tests_unit_render_test_html_text_SOURCES = tests/unit/render/test_html_text.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_html_text_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_html_text_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_rfc1153
tests_unit_render_test_rfc1153_SOURCES = tests/unit/render/test_rfc1153.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_rfc1153_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_rfc1153_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_chart
tests_unit_render_test_chart_SOURCES = tests/unit/render/test_chart.c
tests_unit_render_test_chart_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_chart_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_atom
tests_unit_render_test_atom_SOURCES = tests/unit/render/test_atom.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_atom_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_atom_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_csv
tests_unit_render_test_csv_SOURCES = tests/unit/render/test_csv.c \
	tests/unit/render/digests.c tests/unit/render/digests.h
tests_unit_render_test_csv_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_csv_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)
