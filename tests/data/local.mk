# A list day of our own; README.md there tells what is in it.
EXTRA_DIST += tests/data/README.md tests/data/sample.mbox \
	tests/data/sample.conf
