/* SPDX-License-Identifier: MIT */
/*
 * Load on a milter: many mails over many connections at a given rate; how
 * long each waits.
 */
#pragma once

/* The arguments behind "drive"; gives the exit code. */
int drive_main(const char *address, int argc, char **argv);
