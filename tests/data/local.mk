# A list day of our own; README.md there tells what is in it.
EXTRA_DIST += tests/data/README.md tests/data/sample.mbox \
	tests/data/sample.conf tests/data/sample.classic \
	tests/data/sample.text tests/data/sample.markdown \
	tests/data/sample.html tests/data/sample.json

# What format 4 counted of them: README.md tells how it was made.
EXTRA_DIST += tests/data/format4.rdb.xz

# Situations of patch traffic: the whole folder.
EXTRA_DIST += tests/data/situations

# Made-up lists with the customs of six kinds of projects.
EXTRA_DIST += tests/data/worlds
