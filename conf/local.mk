# Sample settings.
EXTRA_DIST += conf/quickstart

# To start from: /etc/listpulse/listpulse.conf is the administrator's own.
dist_pkgdata_DATA += conf/listpulse.conf

# What listpulse digest --format=json and show --json print.
dist_pkgdata_DATA += conf/digest.schema.json conf/show.schema.json

# Draws what listpulse status --prometheus tells.
dist_pkgdata_DATA += conf/grafana-dashboard.json

# The lines for Postfix and Sendmail.
dist_pkgdata_DATA += conf/postfix.main.cf conf/sendmail.m4

# What both shells complete; Debian's zsh looks in this folder.
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = conf/completion/listpulse
zshcompletiondir = $(datadir)/zsh/vendor-completions
dist_zshcompletion_DATA = conf/completion/_listpulse
# bash looks by the name of the program.
install-data-hook:
	cd $(DESTDIR)$(bashcompletiondir) && \
		rm -f listpulse-milter && $(LN_S) listpulse listpulse-milter
uninstall-hook:
	rm -f $(DESTDIR)$(bashcompletiondir)/listpulse-milter

unit_DATA = conf/listpulse.service
conf/listpulse.service: conf/listpulse.service.in Makefile
	$(AM_V_at)$(MKDIR_P) conf
	$(AM_V_GEN)$(SED) -e 's,[@]sbindir[@],$(sbindir),g' \
		-e 's,[@]UNIT_TYPE[@],$(UNIT_TYPE),' \
		-e 's,[@]UNIT_WATCHDOG[@],$(UNIT_WATCHDOG),' \
		$(srcdir)/conf/listpulse.service.in >$@.new && mv $@.new $@
CLEANFILES += conf/listpulse.service
EXTRA_DIST += conf/listpulse.service.in

unit_DATA += conf/listpulse-digest@.service conf/listpulse-digest@.timer
conf/listpulse-digest@.service: conf/listpulse-digest@.service.in Makefile
	$(AM_V_at)$(MKDIR_P) conf
	$(AM_V_GEN)$(SED) -e 's,[@]bindir[@],$(bindir),g' \
		'$(srcdir)/conf/listpulse-digest@.service.in' >$@.new && mv $@.new $@
CLEANFILES += conf/listpulse-digest@.service
EXTRA_DIST += conf/listpulse-digest@.service.in conf/listpulse-digest@.timer
sysusersdir = $(prefix)/lib/sysusers.d
dist_sysusers_DATA = conf/sysusers.d/listpulse.conf
tmpfilesdir = $(prefix)/lib/tmpfiles.d
dist_tmpfiles_DATA = conf/tmpfiles.d/listpulse.conf
