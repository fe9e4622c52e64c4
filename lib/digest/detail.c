/* SPDX-License-Identifier: MIT */
#include "digest/detail.h"

#include "base/banned.h"

static void part_free(gpointer data)
{
    DigestPart *part = data;

    g_free(part->number);
    g_free(part->title);
    g_free(part->url);
    g_free(part);
}

static void event_free(gpointer data)
{
    DigestEvent *event = data;

    g_free(event->what);
    g_free(event->part);
    g_free(event->url);
    digest_person_clear(&event->by);
    g_free(event);
}

DigestDetail *digest_detail_new(void)
{
    DigestDetail *detail = g_new0(DigestDetail, 1);

    detail->parts = g_ptr_array_new_with_free_func(part_free);
    detail->events = g_ptr_array_new_with_free_func(event_free);
    return detail;
}

void digest_detail_free(DigestDetail *detail)
{
    if (detail == NULL)
        return;
    g_ptr_array_unref(detail->parts);
    g_ptr_array_unref(detail->events);
    g_free(detail);
}
