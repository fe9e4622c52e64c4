# A list day of our own; README.md there tells what is in it.
EXTRA_DIST += tests/data/README.md tests/data/sample.mbox \
	tests/data/sample.conf tests/data/sample.classic \
	tests/data/sample.text tests/data/sample.markdown \
	tests/data/sample.html tests/data/sample.json

# Situations of patch traffic: the whole folder.
EXTRA_DIST += tests/data/situations
