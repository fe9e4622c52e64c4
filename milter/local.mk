# The daemon.
sbin_PROGRAMS += milter/listpulse-milter

milter_listpulse_milter_SOURCES = \
	milter/anchors.c \
	milter/anchors.h \
	milter/background.c \
	milter/background.h \
	milter/callbacks.c \
	milter/callbacks.h \
	milter/clock.h \
	milter/confine.c \
	milter/confine.h \
	milter/control.c \
	milter/control.h \
	milter/daemon.c \
	milter/daemon.h \
	milter/endpoint.c \
	milter/endpoint.h \
	milter/feed.c \
	milter/feed.h \
	milter/feed_batch.c \
	milter/feed_batch.h \
	milter/feed_held.c \
	milter/feed_held.h \
	milter/feed_lists.c \
	milter/feed_lists.h \
	milter/feed_outcome.h \
	milter/feed_place.c \
	milter/feed_place.h \
	milter/feed_positions.c \
	milter/feed_positions.h \
	milter/feed_redis.c \
	milter/feed_redis.h \
	milter/feed_safe.c \
	milter/feed_safe.h \
	milter/feed_state.h \
	milter/keeper.c \
	milter/keeper.h \
	milter/keeper_heir.c \
	milter/keeper_heir.h \
	milter/keeper_rescue.c \
	milter/keeper_rescue.h \
	milter/keeper_room.c \
	milter/keeper_room.h \
	milter/keeper_state.h \
	milter/log.c \
	milter/log.h \
	milter/main.c \
	milter/marks.c \
	milter/marks.h \
	milter/notify.c \
	milter/notify.h \
	milter/options.c \
	milter/options.h \
	milter/places.c \
	milter/places.h \
	milter/priors.c \
	milter/priors.h \
	milter/privileges.c \
	milter/privileges.h \
	milter/processor.c \
	milter/processor.h \
	milter/pulse.c \
	milter/pulse.h \
	milter/reading.c \
	milter/reading.h \
	milter/retention.c \
	milter/retention.h \
	milter/rollback.c \
	milter/rollback.h \
	milter/rules.c \
	milter/rules.h \
	milter/session.c \
	milter/session.h \
	milter/shared.c \
	milter/shared.h \
	milter/state.c \
	milter/state.h \
	milter/supervisor.c \
	milter/supervisor.h \
	milter/test_mode.c \
	milter/test_mode.h \
	milter/upgrade.c \
	milter/upgrade.h
milter_listpulse_milter_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
milter_listpulse_milter_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS) $(SYSTEMD_CFLAGS) \
	$(SECCOMP_CFLAGS)
milter_listpulse_milter_LDADD = lib/libjournal.a $(STORE_LAYER) \
	$(SQLITE_LIBS) $(MILTER_LIBS) $(SYSTEMD_LIBS) $(SECCOMP_LIBS)
