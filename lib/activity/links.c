/* SPDX-License-Identifier: MIT */
#include "activity/links.h"

#include <string.h>

#include "base/banned.h"

static void add_link(GArray *links, LinkKind kind, uint64_t digest)
{
    if (digest == 0)
        return;
    const uint64_t key = link_key(kind, digest);
    for (unsigned i = 0; i < links->len; i++) {
        if (g_array_index(links, uint64_t, i) == key)
            return;
    }
    g_array_append_val(links, key);
}

/* Parts are only looked for by series where their Date tells when they were
 * sent: arrival would differ between copies of one mail. */
static void add_series(GArray *links, const PostRecord *record,
                       const PatchSubject *subject, const char *author)
{
    if (subject->title[0] != '\0')
        add_link(links, LINK_TITLE, link_title_digest(subject));
    if (author[0] != '\0' && subject->has_number)
        add_link(links, LINK_SERIES,
                 link_series_digest(author, subject,
                                    record->has_date ? record->date : 0));
}

bool activity_is_lone_revision(const PostRecord *record,
                               const PatchSubject *subject)
{
    return record->work_link != 0 && subject->version > 1 &&
           record->parent_link == 0 && record->change_link == 0 &&
           record->supersedes_count == 0;
}

bool activity_may_be_reworded(const PostRecord *record,
                              const PatchSubject *subject)
{
    return record->work_link != 0 && subject->version > 1 &&
           record->change_link == 0 && record->supersedes_count == 0 &&
           (record->parent_link == 0 ||
            record_knows(record, RECORD_FIELD_ANCESTORS));
}

bool activity_may_be_stray(const PostRecord *record)
{
    return record->parent_link == 0 && record->root_link == 0 &&
           (record->kind == POST_REPLY ||
            (record->kind == POST_NOTICE &&
             record->notice == PATCH_NOTICE_COMMIT));
}

bool activity_is_stray(const PostRecord *record, const PatchSubject *subject)
{
    return activity_may_be_stray(record) && subject->title[0] != '\0' &&
           (subject->is_reply || record->kind == POST_NOTICE);
}

static void add_work(GArray *links, const PostRecord *record,
                     const PatchSubject *subject)
{
    if (record->work_link == 0)
        return;
    add_link(links, LINK_WORK,
             link_work_digest(record->work_link, record->date));
    if (activity_may_be_reworded(record, subject))
        add_link(links, LINK_REVISION, record->work_link);
}

static void add_content(GArray *links, const PostRecord *record)
{
    for (unsigned i = 0; i < PATCH_SKETCH_LINES && record->has_content; i++)
        add_link(links, LINK_CONTENT, record->content[i]);
}

/* Who looks for posts of a patch's title finds who asked for its pull. */
static void add_pull(GArray *links, const PostRecord *record)
{
    add_link(links, LINK_COMMIT, record->base_link);
    add_link(links, LINK_COMMIT, record->tip_link);
    for (unsigned i = 0; i < record->listed_count; i++)
        add_link(links, LINK_TITLE, record->listed[i].title);
}

GArray *activity_links(const PostRecord *record, const PatchSubject *subject,
                       const char *author_address)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(uint64_t));

    add_link(links, LINK_SELF, record->own_link);
    add_link(links, LINK_SELF, record->fields.inner_link);
    add_link(links, LINK_ABOVE, record->parent_link);
    add_link(links, LINK_ABOVE, record->root_link);
    for (unsigned i = 0; i < record->fields.ancestor_count; i++)
        add_link(links, LINK_ABOVE, record->fields.ancestors[i]);
    if (post_kind_is_part(record->kind))
        add_series(links, record, subject, author_address);
    else if (activity_is_stray(record, subject) ||
             ((record->flags & POST_MAY_UPDATE) != 0 &&
              subject->title[0] != '\0'))
        add_link(links, LINK_TITLE, link_title_digest(subject));
    add_work(links, record, subject);
    add_link(links, LINK_OPENING, record->fields.opening_link);
    add_content(links, record);
    add_pull(links, record);
    add_link(links, LINK_CHANGE, record->change_link);
    add_link(links, LINK_PATCH, record->patch_link);
    for (unsigned i = 0; i < record->extra_count; i++)
        add_link(links, LINK_NAMES, record->extra_links[i]);
    return links;
}

GArray *activity_links_of_record(const PostRecord *record, const char *prefix,
                                 const char *author_address)
{
    g_auto(PatchSubject) subject;

    patch_subject_init(&subject, record->subject, prefix);
    return activity_links(record, &subject, author_address);
}
