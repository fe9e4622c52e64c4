# Sample settings.
EXTRA_DIST += conf/quickstart conf/postfix.main.cf conf/sendmail.m4
