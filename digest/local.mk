# The command.
bin_PROGRAMS += digest/listpulse

digest_listpulse_SOURCES = \
	digest/bundle.c \
	digest/bundle.h \
	digest/choose.c \
	digest/choose.h \
	digest/command.h \
	digest/condition.c \
	digest/condition.h \
	digest/condition_show.c \
	digest/cursor.c \
	digest/cursor.h \
	digest/digest.c \
	digest/forget.c \
	digest/import.c \
	digest/intake.c \
	digest/intake.h \
	digest/lists.c \
	digest/main.c \
	digest/options.c \
	digest/options.h \
	digest/output.c \
	digest/output.h \
	digest/pipeline.c \
	digest/pipeline.h \
	digest/progress.c \
	digest/progress.h \
	digest/redis.c \
	digest/show.c \
	digest/show_set.c \
	digest/show_set.h \
	digest/source.c \
	digest/source.h \
	digest/status.c \
	digest/verify.c \
	digest/watch.c
digest_listpulse_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
# For lazy_gmime.c alone.
digest_listpulse_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
digest_listpulse_LDADD = lib/libarchive.a lib/libjournal.a $(REPORT_LAYER) $(SQLITE_LIBS)
digest_listpulse_LDFLAGS = $(AM_LDFLAGS) -Wl,--as-needed
if LAZY_LIBRARIES
digest_listpulse_SOURCES += \
	digest/lazy.c \
	digest/lazy.h \
	digest/lazy_git2.c \
	digest/lazy_gmime.c
endif
