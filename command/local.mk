# The command.
bin_PROGRAMS += command/listpulse

command_listpulse_SOURCES = \
	command/bundle.c \
	command/bundle.h \
	command/choose.c \
	command/choose.h \
	command/command.h \
	command/condition.c \
	command/condition.h \
	command/condition_show.c \
	command/cursor.c \
	command/cursor.h \
	command/cursors.c \
	command/digest.c \
	command/export.c \
	command/exported.c \
	command/exported.h \
	command/exported_links.h \
	command/exported_read.c \
	command/forget.c \
	command/import.c \
	command/intake.c \
	command/intake.h \
	command/list_metrics.c \
	command/list_metrics.h \
	command/lists.c \
	command/mailing.c \
	command/mailing.h \
	command/main.c \
	command/narrow.c \
	command/narrow.h \
	command/options.c \
	command/options.h \
	command/output.c \
	command/output.h \
	command/pipeline.c \
	command/pipeline.h \
	command/progress.c \
	command/progress.h \
	command/publish.c \
	command/redis.c \
	command/run.c \
	command/several.c \
	command/several.h \
	command/show.c \
	command/show_json.c \
	command/show_json.h \
	command/show_line.c \
	command/show_line.h \
	command/show_set.c \
	command/show_set.h \
	command/show_set_json.c \
	command/shown.c \
	command/shown.h \
	command/shown_model.c \
	command/shown_model.h \
	command/source.c \
	command/source.h \
	command/taken.c \
	command/taken.h \
	command/status.c \
	command/verify.c \
	command/watch.c \
	command/watch_screen.c \
	command/watch_screen.h \
	command/watched.c \
	command/watched.h
command_listpulse_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
# For lazy_gmime.c alone.
command_listpulse_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
command_listpulse_LDADD = lib/libarchive.a lib/libjournal.a \
	lib/libpublish.a $(RENDER_LAYER) $(DIGEST_LAYER) $(SQLITE_LIBS) \
	$(UNPACK_LIBS)
command_listpulse_LDFLAGS = $(AM_LDFLAGS) -Wl,--as-needed
if LAZY_LIBRARIES
command_listpulse_SOURCES += \
	command/lazy.c \
	command/lazy.h \
	command/lazy_git2.c \
	command/lazy_gmime.c
endif

# For packagers; see there.
EXTRA_PROGRAMS += command/needs
command_needs_SOURCES = command/needs.c
command_needs_LDADD = $(GMIME_LIBS) $(LIBGIT2_LIBS)
CLEANFILES += $(EXTRA_PROGRAMS)
