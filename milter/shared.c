/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/shared.h"

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/banned.h"

static bool fail(const char *what, GError **error)
{
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s",
                what, g_strerror(errno));
    return false;
}

static bool map(Shared *shared, GError **error)
{
    void *memory = mmap(NULL, sizeof(Health), PROT_READ | PROT_WRITE,
                        MAP_SHARED, shared->memory, 0);

    if (memory == MAP_FAILED)
        return fail("mmap", error);
    shared->health = memory;
    return true;
}

bool shared_make(Shared *shared, GError **error)
{
    *shared = (Shared){ .memory = memfd_create("listpulse", MFD_CLOEXEC),
                        .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) };

    if (shared->memory < 0 || shared->bell < 0 ||
        ftruncate(shared->memory, sizeof(Health)) != 0)
        return fail("shared memory", error);
    if (!map(shared, error))
        return false;
    health_init(shared->health);
    return true;
}

bool shared_attach(Shared *shared, int memory, int bell, GError **error)
{
    *shared = (Shared){ .memory = memory, .bell = bell };
    return map(shared, error);
}

void shared_ring(const Shared *shared)
{
    const uint64_t once = 1;

    /* Full means that it rings already. */
    (void)!write(shared->bell, &once, sizeof once);
}

void shared_clear_bell(const Shared *shared)
{
    uint64_t rung = 0;

    (void)!read(shared->bell, &rung, sizeof rung);
}
