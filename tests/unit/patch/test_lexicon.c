/* SPDX-License-Identifier: MIT */
#include "patch/lexicon.h"

#include "tests/support/unit.h"

#include <glib.h>
#include <string.h>

static void each_word_has_one_class(void **state)
{
    const char *twice = lexicon_find_duplicate();

    (void)state;
    if (twice != NULL)
        fail_msg("\"%s\" is in the lexicon twice", twice);
}

static void words_and_shapes_have_classes(void **state)
{
    static const struct {
        const char *word;
        WordClass class;
    } cases[] = {
        { "applied", WORD_APPLIED },
        { "appliqu\xc3\xa9", WORD_APPLIED },
        { "patches", WORD_NOUN },
        { "1-3", WORD_NUMBER },
        { "#4", WORD_NUMBER },
        { "2/7", WORD_NUMBER },
        { "5.3", WORD_RELEASE },
        { "v6.1-rc1", WORD_RELEASE },
        { "v2", WORD_VERSION },
        { "for-next", WORD_TREE },
        { "io_uring-5.10", WORD_TREE },
        { "linux-5.10", WORD_OTHER },
        { "a58c93318d", WORD_HASH },
        { "defaced", WORD_EDITED },
        { "https://a.example/", WORD_LINK },
        { "ann's", WORD_THIS },
        { "manually", WORD_LY },
        { "couldn't", WORD_NOT },
        { "reworked", WORD_EDITED },
        { "wip/x", WORD_TEST },
        { "heron", WORD_OTHER },
        { "", WORD_OTHER },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (lexicon_class(cases[i].word) != cases[i].class)
            fail_msg("\"%s\" is %c", cases[i].word,
                     (char)lexicon_class(cases[i].word));
}

static void a_quick_look_finds_keys(void **state)
{
    static const char *const with[] = { "Applied",
                                        "is queued, ok",
                                        "(MERGED)",
                                        "please ignore this",
                                        "I put it",
                                        "re-applied.",
                                        "had to hand-apply it" };
    static const char *const without[] = {
        "",       "a",          "supplied",         "before",
        "output", "misapplied", "the patch is fine"
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(with); i++)
        if (!lexicon_has_key(with[i], strlen(with[i])))
            fail_msg("no key in \"%s\"", with[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(without); i++)
        if (lexicon_has_key(without[i], strlen(without[i])))
            fail_msg("a key in \"%s\"", without[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_has_one_class),
        cmocka_unit_test(words_and_shapes_have_classes),
        cmocka_unit_test(a_quick_look_finds_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
