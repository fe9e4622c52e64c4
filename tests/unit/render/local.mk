# Unit tests of lib/render: see lib/local.mk for what each may link.

# Digests as formats print them.
rendered_sources = tests/unit/render/digests.c tests/unit/render/digests.h \
	tests/unit/render/rendered.c tests/unit/render/rendered.h \
	tests/support/schema.c tests/support/schema.h

unit_tests += tests/unit/render/test_renderer
tests_unit_render_test_renderer_SOURCES = tests/unit/render/test_renderer.c \
	$(rendered_sources)
tests_unit_render_test_renderer_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_renderer_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_text
tests_unit_render_test_text_SOURCES = tests/unit/render/test_text.c \
	$(rendered_sources)
tests_unit_render_test_text_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_text_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_json
tests_unit_render_test_json_SOURCES = tests/unit/render/test_json.c \
	$(rendered_sources)
tests_unit_render_test_json_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_json_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_markdown
tests_unit_render_test_markdown_SOURCES = tests/unit/render/test_markdown.c \
	$(rendered_sources)
tests_unit_render_test_markdown_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_markdown_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_html
tests_unit_render_test_html_SOURCES = tests/unit/render/test_html.c \
	$(rendered_sources)
tests_unit_render_test_html_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_html_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

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

unit_tests += tests/unit/render/test_classic
tests_unit_render_test_classic_SOURCES = tests/unit/render/test_classic.c \
	$(rendered_sources)
tests_unit_render_test_classic_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_classic_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_html_style
tests_unit_render_test_html_style_SOURCES = tests/unit/render/test_html_style.c \
	$(rendered_sources)
tests_unit_render_test_html_style_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_html_style_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_html_measures
tests_unit_render_test_html_measures_SOURCES = tests/unit/render/test_html_measures.c \
	$(rendered_sources)
tests_unit_render_test_html_measures_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_html_measures_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_site
tests_unit_render_test_site_SOURCES = tests/unit/render/test_site.c \
	$(rendered_sources)
tests_unit_render_test_site_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_site_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_site_look
tests_unit_render_test_site_look_SOURCES = tests/unit/render/test_site_look.c \
	$(rendered_sources)
tests_unit_render_test_site_look_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_site_look_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_site_index
tests_unit_render_test_site_index_SOURCES = tests/unit/render/test_site_index.c \
	$(rendered_sources)
tests_unit_render_test_site_index_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_site_index_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_site_set
tests_unit_render_test_site_set_SOURCES = tests/unit/render/test_site_set.c \
	$(rendered_sources)
tests_unit_render_test_site_set_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_render_test_site_set_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/render/test_html_hours
tests_unit_render_test_html_hours_SOURCES = tests/unit/render/test_html_hours.c
tests_unit_render_test_html_hours_CPPFLAGS = $(unit_cppflags)
tests_unit_render_test_html_hours_LDADD = $(RENDER_LAYER) $(CMOCKA_LIBS)
