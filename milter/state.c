/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

GQuark state_error_quark(void)
{
    return g_quark_from_static_string("state-error-quark");
}

char *state_path(const char *state, const char *name)
{
    return g_build_filename(state, name, NULL);
}

static bool fail(const char *state, GError **error)
{
    g_set_error(error, STATE_ERROR, STATE_ERROR_RIGHT, "state directory %s: %s",
                state, g_strerror(errno));
    return false;
}

bool state_make(const char *state, const Account *account, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(state);

    if (g_mkdir_with_parents(parent, 0755) != 0)
        return fail(state, error);
    /* the group may pass, to read from the private Redis */
    if (mkdir(state, account != NULL ? 0710 : 0700) != 0)
        return errno == EEXIST || fail(state, error);
    if (account != NULL && chmod(state, 0710) != 0)
        return fail(state, error);
    if (account != NULL && geteuid() == 0 &&
        chown(state, account->user, account->group) != 0)
        return fail(state, error);
    return true;
}

int state_lock(const char *state, const char *name, GError **error)
{
    g_autofree char *path = state_path(state, name);
    const int file =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0) {
        fail(state, error);
        return -1;
    }
    if (flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    g_set_error(error, STATE_ERROR, STATE_ERROR_TAKEN,
                "another listpulse-milter uses %s", state);
    close(file);
    return -1;
}
