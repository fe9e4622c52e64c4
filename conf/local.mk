# Sample settings.
EXTRA_DIST += conf/quickstart conf/postfix.main.cf conf/sendmail.m4

# To start from: /etc/listpulse/listpulse.conf is the administrator's own.
dist_pkgdata_DATA += conf/listpulse.conf

# What listpulse digest --format=json prints.
dist_pkgdata_DATA += conf/digest.schema.json

# systemd looks below /usr/local/lib too.
unitdir = $(prefix)/lib/systemd/system
unit_DATA = conf/listpulse.service
conf/listpulse.service: conf/listpulse.service.in Makefile
	$(AM_V_at)$(MKDIR_P) conf
	$(AM_V_GEN)$(SED) 's,[@]sbindir[@],$(sbindir),g' \
		$(srcdir)/conf/listpulse.service.in >$@.new && mv $@.new $@
CLEANFILES += conf/listpulse.service
EXTRA_DIST += conf/listpulse.service.in
sysusersdir = $(prefix)/lib/sysusers.d
dist_sysusers_DATA = conf/sysusers.d/listpulse.conf
tmpfilesdir = $(prefix)/lib/tmpfiles.d
dist_tmpfiles_DATA = conf/tmpfiles.d/listpulse.conf
