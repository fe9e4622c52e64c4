# Sample settings.
EXTRA_DIST += conf/quickstart conf/postfix.main.cf conf/sendmail.m4

# To start from: /etc/listpulse/listpulse.conf is the administrator's own.
dist_pkgdata_DATA += conf/listpulse.conf

# What listpulse digest --format=json prints.
dist_pkgdata_DATA += conf/digest.schema.json
