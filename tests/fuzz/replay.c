/* SPDX-License-Identifier: MIT */
/*
 * The main() of a fuzz target where libFuzzer is not linked: runs every file
 * named, and every file of every folder named, through the target once. It
 * ends with 1 if there was nothing to run, so that an empty corpus shows.
 */
#include "tests/fuzz/fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <glib.h>

/* The bytes are copied to a block of their very size, so that a sanitizer
 * sees a read past the end. */
static bool replay_file(const char *path)
{
    g_autofree char *contents = NULL;
    g_autoptr(GError) error = NULL;
    size_t length = 0;
    if (!g_file_get_contents(path, &contents, &length, &error)) {
        fprintf(stderr, "replay: %s\n", error->message);
        return false;
    }
    g_autofree uint8_t *exact = g_memdup2(contents, length);
    LLVMFuzzerTestOneInput(exact, length);
    return true;
}

static unsigned replay_folder(GDir *folder, const char *path)
{
    unsigned count = 0;
    for (const char *name = g_dir_read_name(folder); name != NULL;
         name = g_dir_read_name(folder)) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        count += replay_file(file);
    }
    return count;
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GDir) folder = g_dir_open(argv[i], 0, NULL);
        count += folder != NULL ? replay_folder(folder, argv[i])
                                : (unsigned)replay_file(argv[i]);
    }
    printf("%u inputs\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
