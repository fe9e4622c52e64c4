# One static library a layer. A layer's *_LAYER lists it and what it may use,
# so a test that links PATCH_LAYER proves that patch/ needs nothing above it.
include lib/base/local.mk
include lib/journal/local.mk
include lib/mail/local.mk
include lib/archive/local.mk
include lib/patch/local.mk
include lib/identity/local.mk
include lib/activity/local.mk
include lib/store/local.mk
include lib/sets/local.mk
include lib/gather/local.mk
include lib/digest/local.mk
include lib/render/local.mk
include lib/publish/local.mk

BASE_LAYER = lib/libbase.a $(CONFUSE_LIBS) $(NETTLE_LIBS) $(GLIB_LIBS)
JOURNAL_LAYER = lib/libjournal.a $(BASE_LAYER) $(SQLITE_LIBS)
MAIL_LAYER = lib/libmail.a $(BASE_LAYER) $(GMIME_LIBS)
UNPACK_LIBS = $(ZLIB_LIBS) $(LZMA_LIBS) $(ZSTD_LIBS) $(LIBDEFLATE_LIBS)
ARCHIVE_LAYER = lib/libarchive.a $(MAIL_LAYER) $(LIBGIT2_LIBS) $(UNPACK_LIBS)
PATCH_LAYER = lib/libpatch.a $(MAIL_LAYER)
IDENTITY_LAYER = lib/libidentity.a $(BASE_LAYER) $(LIBGIT2_LIBS) $(LIBPSL_LIBS)
ACTIVITY_LAYER = lib/libactivity.a $(PATCH_LAYER)
STORE_LAYER = lib/libstore.a $(ACTIVITY_LAYER) $(HIREDIS_LIBS) $(ZSTD_LIBS)
SETS_LAYER = lib/libsets.a lib/libidentity.a $(ACTIVITY_LAYER) \
	$(LIBGIT2_LIBS) $(LIBPSL_LIBS)
GATHER_LAYER = lib/libgather.a lib/libsets.a lib/libidentity.a \
	$(STORE_LAYER) $(LIBGIT2_LIBS) $(LIBPSL_LIBS)
DIGEST_LAYER = lib/libdigest.a $(GATHER_LAYER)
RENDER_LAYER = lib/librender.a lib/libdigest.a $(PATCH_LAYER) $(JANSSON_LIBS)
PUBLISH_LAYER = lib/libpublish.a lib/librender.a $(DIGEST_LAYER) $(JANSSON_LIBS)

EXTRA_DIST += lib/LAYERS tools/check-layers tools/check-banned tools/check-commit \
	tools/check-lua tools/check-spelling tools/check-tidy tools/coverage
