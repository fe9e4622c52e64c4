# The daemon.
