/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "base/list_id.h"

#include <string.h>

#include <glib.h>

/* M-1 */
static void dot_atoms_are_ids(void **state)
{
    static const char *const good[] = {
        "kvm",           "a.b",          "~u/x-devel.l.example",
        "lib++.example", "_ops.example", "a&b=c.example",
        "A-.B"
    };
    static const char *const bad[] = { "",     ".",   "a.",       ".a",
                                       "a..b", "a b", "a@b",      "<a>",
                                       "a:b",  "a,b", "\xc3\xa4", "a\n" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(list_id_is_valid(good[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(list_id_is_valid(bad[i]));
}

static void other_bytes_are_percent_encoded(void **state)
{
    static const struct {
        const char *id, *plain;
    } cases[] = {
        { "kvm.vger-a.kernel_b.org", "kvm.vger-a.kernel_b.org" },
        { "~u/x.example", "%7Eu%2Fx.example" },
        { "a{b}%20.c", "a%7Bb%7D%2520.c" },
        { "lib++.x", "lib%2B%2B.x" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *plain = list_id_encode(cases[i].id);

        assert_string_equal(plain, cases[i].plain);
    }
}

/* M-2 */
static void short_names_say_something(void **state)
{
    static const struct {
        const char *id, *name;
    } cases[] = {
        { "kvm.vger.kernel.org", "kvm" },
        { "dev.maven.apache.org", "maven-dev" },
        { "devel.edk2.groups.io", "edk2-devel" },
        { "tech.openbsd.org", "openbsd-tech" },
        { "heron-devel.lists.example", "heron-devel" },
        { "~rowan/finch-devel.lists.example", "finch-devel" },
        { "~ada.lists.example", "~ada" },
        { "libwren++.gcc.example", "libwren++" },
        { "dev", "dev" },
        { "dev.local", "dev" },
        { "developers.a.example", "developers" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = list_id_short_name(cases[i].id);

        assert_string_equal(name, cases[i].name);
    }
}

/* M-3 */
static void own_labels_are_known(void **state)
{
    static const char dev[] = "dev.heron.example.org";

    (void)state;
    assert_true(list_id_is_label(dev, "dev"));
    assert_true(list_id_is_label(dev, "Dev"));
    assert_true(list_id_is_label(dev, "dev@heron"));
    assert_true(list_id_is_label(dev, "heron-dev"));
    assert_true(list_id_is_label("openwrt-devel.l.example", "OpenWrt-Devel"));
    assert_true(list_id_is_label("~u/x-devel.l.example", "x-devel"));
    assert_false(list_id_is_label(dev, "heron"));
    assert_false(list_id_is_label(dev, "dev@wren"));
    assert_false(list_id_is_label(dev, "dev@"));
    assert_false(list_id_is_label(dev, "devel"));
    assert_false(list_id_is_label(dev, ""));
}

static void archives_of_whole_hosts_are_known(void **state)
{
    static const struct {
        const char *id, *archive;
    } cases[] = {
        { "kvm.vger.kernel.org", "https://lore.kernel.org/all/{message-id}/" },
        { "kvmarm.lists.linux.dev",
          "https://lore.kernel.org/all/{message-id}/" },
        { "vger.kernel.org", "" },
        { "kvm.xvger.kernel.org", "" },
        { "kvm.vger.kernel.org.example", "" },
        { "heron.lists.example.org", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *archive = list_id_archive(cases[i].id);

        assert_string_equal(archive, cases[i].archive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dot_atoms_are_ids),
        cmocka_unit_test(other_bytes_are_percent_encoded),
        cmocka_unit_test(short_names_say_something),
        cmocka_unit_test(own_labels_are_known),
        cmocka_unit_test(archives_of_whole_hosts_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
