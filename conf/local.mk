# Sample settings.
EXTRA_DIST += conf/quickstart

# To start from: /etc/listpulse/listpulse.conf is the administrator's own.
dist_pkgdata_DATA += conf/listpulse.conf

# What listpulse digest --format=json prints.
dist_pkgdata_DATA += conf/digest.schema.json

# The lines for Postfix and Sendmail.
dist_pkgdata_DATA += conf/postfix.main.cf conf/sendmail.m4

unit_DATA = conf/listpulse.service
conf/listpulse.service: conf/listpulse.service.in Makefile
	$(AM_V_at)$(MKDIR_P) conf
	$(AM_V_GEN)$(SED) -e 's,[@]sbindir[@],$(sbindir),g' \
		-e 's,[@]UNIT_TYPE[@],$(UNIT_TYPE),' \
		-e 's,[@]UNIT_WATCHDOG[@],$(UNIT_WATCHDOG),' \
		$(srcdir)/conf/listpulse.service.in >$@.new && mv $@.new $@
CLEANFILES += conf/listpulse.service
EXTRA_DIST += conf/listpulse.service.in
sysusersdir = $(prefix)/lib/sysusers.d
dist_sysusers_DATA = conf/sysusers.d/listpulse.conf
tmpfilesdir = $(prefix)/lib/tmpfiles.d
dist_tmpfiles_DATA = conf/tmpfiles.d/listpulse.conf
