/* SPDX-License-Identifier: MIT */
#include "tests/unit/publish/shelf.h"

#include <string.h>

#include "tests/support/mails.h"
#include "tests/support/unit.h"

static const char mails[] =
    "0 a alice - [PATCH] wren: sing | lines=one,two\n"
    "60 r bob a Re: [PATCH] wren: sing | tag=Reviewed-by\n"
    "900 b alice - [PATCH v2] wren: sing | lines=one,three\n"
    "1000 q zoe - where do owls sleep\n"
    "1060 s bob q Re: where do owls sleep\n";

int shelf_set_up(void **state)
{
    Shelf *shelf = g_new0(Shelf, 1);
    g_autoptr(GError) error = NULL;

    shelf->folder = g_dir_make_tmp("lp-shelf-XXXXXX", NULL);
    shelf->tree = tree_open(shelf->folder, &error);
    shelf->settings = settings_load("/dev/null", shelf->folder, &error);
    *state = shelf;
    if (error != NULL)
        print_error("%s\n", error->message);
    return error == NULL ? 0 : -1;
}

int shelf_set_up_mail(void **state)
{
    Shelf *shelf;

    if (shelf_set_up(state) != 0)
        return -1;
    shelf = *state;
    if (test_redis_start(&shelf->redis) != 0)
        return -1;
    shelf->store = ((TestRedis *)shelf->redis)->store;
    mails_count(shelf->store, SHELF_LIST, mails);
    return 0;
}

int shelf_tear_down(void **state)
{
    Shelf *shelf = *state;
    g_autofree char *line = g_strdup_printf("rm -rf '%s'", shelf->folder);

    if (shelf->redis != NULL)
        test_redis_stop(&shelf->redis);
    tree_close(shelf->tree);
    settings_free(shelf->settings);
    assert_true(g_spawn_command_line_sync(line, NULL, NULL, NULL, NULL));
    g_free(shelf->folder);
    g_free(shelf);
    return 0;
}

char *shelf_read(const Shelf *shelf, const char *path)
{
    g_autofree char *file = g_build_filename(shelf->folder, path, NULL);
    char *text = NULL;

    return g_file_get_contents(file, &text, NULL, NULL) ? text : NULL;
}

void shelf_assert_has(const Shelf *shelf, const char *path, const char *text)
{
    g_autofree char *content = shelf_read(shelf, path);

    if (content == NULL)
        fail_msg("%s is not there", path);
    if (strstr(content, text) == NULL)
        fail_msg("%s has no \"%s\":\n%s", path, text, content);
}
