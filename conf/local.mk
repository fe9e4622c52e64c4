# Sample settings.
EXTRA_DIST += conf/quickstart conf/postfix.main.cf conf/sendmail.m4

# What listpulse digest --format=json prints.
dist_pkgdata_DATA += conf/digest.schema.json
