/* SPDX-License-Identifier: MIT */
#include "digest/presenter.h"

#include "base/archive_url.h"
#include "base/hex.h"
#include "digest/digest_person.h"

#include "base/banned.h"

enum { MS_PER_SECOND = 1000 };

const PostRecord *presenter_record(const Presenter *presenter, unsigned record)
{
    return &presenter->sets->records[record];
}

char *presenter_mark(const PostRecord *record)
{
    char *mark = g_malloc(2 * RECORD_MARK_BYTES + 1);

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    return mark;
}

char *presenter_url(const Presenter *presenter, const PostRecord *record)
{
    g_autofree char *mark = presenter_mark(record);
    const char *archive =
        presenter->several == NULL
            ? presenter->archive
            : presenter
                  ->several[presenter
                                ->list_of[record - presenter->sets->records]]
                  ->archive;

    return archive_url(archive, record->message_id, mark);
}

/* The names of the lists that a post came to; NULL where there is one only. */
char **presenter_lists(const Presenter *presenter, const PostRecord *record)
{
    if (presenter->several == NULL)
        return NULL;

    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const GArray *lists = g_hash_table_lookup(presenter->lists_of,
                                              GUINT_TO_POINTER(record->post));

    if (lists == NULL)
        g_strv_builder_add(
            names,
            presenter
                ->several[presenter->list_of[record - presenter->sets->records]]
                ->name);
    for (unsigned i = 0; lists != NULL && i < lists->len; i++)
        g_strv_builder_add(
            names, presenter->several[g_array_index(lists, unsigned, i)]->name);
    return g_strv_builder_end(names);
}

void presenter_put_person(const Presenter *presenter, uint32_t person,
                          int64_t when_ms, DigestPerson *out)
{
    digest_person_fill(presenter->sets->people, presenter->identity, person,
                       when_ms / MS_PER_SECOND, out);
}

/* By the mail's From with that number. */
void presenter_put_writer(const Presenter *presenter, uint32_t number,
                          int64_t when_ms, DigestPerson *out)
{
    digest_person_fill_in(presenter->sets->people, presenter->identity, number,
                          when_ms / MS_PER_SECOND, out);
}

void presenter_put_author(const Presenter *presenter, const PostRecord *record,
                          DigestPerson *out)
{
    presenter_put_writer(presenter, record->author, record->arrival_ms, out);
}

/* Returns the number of the From under which a mail's speaker wrote it. */
uint32_t presenter_speaker(const Presenter *presenter, unsigned record)
{
    const PostRecord *post = presenter_record(presenter, record);

    return people_speaker_number(presenter->sets->people, post->sender,
                                 post->author);
}
