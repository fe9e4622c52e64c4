# Sample settings.
EXTRA_DIST += conf/postfix.main.cf conf/sendmail.m4
