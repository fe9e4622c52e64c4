noinst_LIBRARIES += lib/libstore.a

lib_libstore_a_SOURCES = \
	lib/store/batch.c \
	lib/store/batch.h \
	lib/store/cluster.c \
	lib/store/cluster.h \
	lib/store/connection.c \
	lib/store/connection.h \
	lib/store/dated.c \
	lib/store/dated.h \
	lib/store/drop.c \
	lib/store/erase.c \
	lib/store/error.c \
	lib/store/error.h \
	lib/store/export.c \
	lib/store/export.h \
	lib/store/fill.c \
	lib/store/fill.h \
	lib/store/find.c \
	lib/store/follow.c \
	lib/store/follow.h \
	lib/store/internal.h \
	lib/store/joined.c \
	lib/store/joined.h \
	lib/store/keys.c \
	lib/store/keys.h \
	lib/store/list.h \
	lib/store/lists.c \
	lib/store/maintain.h \
	lib/store/memory.c \
	lib/store/mend.c \
	lib/store/mend.h \
	lib/store/missing.c \
	lib/store/missing.h \
	lib/store/options.h \
	lib/store/packer.c \
	lib/store/packer.h \
	lib/store/people.c \
	lib/store/person.c \
	lib/store/person.h \
	lib/store/posts.c \
	lib/store/private_redis.c \
	lib/store/private_redis.h \
	lib/store/reading.c \
	lib/store/reply.c \
	lib/store/reply.h \
	lib/store/retain.c \
	lib/store/rights.c \
	lib/store/rights.h \
	lib/store/router.c \
	lib/store/router.h \
	lib/store/rows.c \
	lib/store/script.c \
	lib/store/script.h \
	lib/store/seal.c \
	lib/store/seal.h \
	lib/store/sentinel.c \
	lib/store/sentinel.h \
	lib/store/server.c \
	lib/store/server.h \
	lib/store/sharing.c \
	lib/store/sharing.h \
	lib/store/spec.c \
	lib/store/spec.h \
	lib/store/store.c \
	lib/store/store.h \
	lib/store/upgrade.c \
	lib/store/values.c \
	lib/store/verify.c \
	lib/store/write.c
nodist_lib_libstore_a_SOURCES = lib/store/scripts.c
lib_libstore_a_CFLAGS = $(AM_CFLAGS) $(HIREDIS_CFLAGS) $(ZSTD_CFLAGS)

# The scripts as C strings.
store_scripts = $(top_srcdir)/lib/store/count.lua \
	$(top_srcdir)/lib/store/erase.lua \
	$(top_srcdir)/lib/store/restore.lua \
	$(top_srcdir)/lib/store/swap.lua
store_included = $(top_srcdir)/lib/store/buckets.lua \
	$(top_srcdir)/lib/store/copies.lua \
	$(top_srcdir)/lib/store/events.lua \
	$(top_srcdir)/lib/store/later.lua \
	$(top_srcdir)/lib/store/other.lua \
	$(top_srcdir)/lib/store/people.lua \
	$(top_srcdir)/lib/store/rights.lua \
	$(top_srcdir)/lib/store/rows.lua \
	$(top_srcdir)/lib/store/whole.lua
lib/store/scripts.c: $(store_scripts) $(store_included) \
		$(top_srcdir)/lib/store/layout $(top_srcdir)/tools/lua-to-c
	$(AM_V_GEN)$(MKDIR_P) lib/store && \
	$(top_srcdir)/tools/lua-to-c $(store_scripts) >$@.new && mv $@.new $@
lib/store/layout.h: $(top_srcdir)/lib/store/layout $(top_srcdir)/tools/lua-to-c
	$(AM_V_GEN)$(MKDIR_P) lib/store && $(top_srcdir)/tools/lua-to-c \
	--layout $(top_srcdir)/lib/store/layout >$@.new && mv $@.new $@
BUILT_SOURCES += lib/store/layout.h
CLEANFILES += lib/store/scripts.c
DISTCLEANFILES += lib/store/layout.h
EXTRA_DIST += lib/store/layout lib/store/buckets.lua lib/store/copies.lua \
	lib/store/events.lua lib/store/count.lua lib/store/erase.lua lib/store/restore.lua lib/store/later.lua \
	lib/store/other.lua lib/store/people.lua lib/store/rights.lua \
	lib/store/rows.lua lib/store/swap.lua lib/store/whole.lua \
	tools/lua-to-c
