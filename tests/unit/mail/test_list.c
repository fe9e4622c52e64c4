/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "base/list_id.h"
#include "mail/list.h"

#include <string.h>

#include <glib.h>

static void id_is_read_from_list_id(void **state)
{
    static const struct {
        const char *value, *id;
    } cases[] = {
        { " <kvm.vger.kernel.org>", "kvm.vger.kernel.org" },
        { " KVM list <KVM.vger.Kernel.ORG>", "kvm.vger.kernel.org" },
        { " \"a <b> c\" <kvm.vger.kernel.org>", "kvm.vger.kernel.org" },
        { "\n <kvm.vger.kernel.org>", "kvm.vger.kernel.org" },
        { " < kvm.vger.kernel.org\t> ", "kvm.vger.kernel.org" },
        { " <kvm.vger.kernel.org", "kvm.vger.kernel.org" },
        { "kvm.vger.kernel.org", "kvm.vger.kernel.org" },
        { " kvm", "kvm" },
        { " <a_b-c.1.example>", "a_b-c.1.example" },
        { " two words", NULL },
        { " <kvm@vger.kernel.org>", "kvm.vger.kernel.org" }, /* M-1 */
        { " \"Larch Users\" larch.example.org", "larch.example.org" },
        { " Larch Users larch@example.org", "larch.example.org" },
        { " <larch.example.org> (moderated)", "larch.example.org" },
        { " ~ada/kestrel <~Ada/kestrel.lists.example>",
          "~ada/kestrel.lists.example" },
        { " <libwren++.gcc.example.org>", "libwren++.gcc.example.org" },
        { " <_ops.lists.example>", "_ops.lists.example" },
        { " <a=b&c!d.example>", "a=b&c!d.example" },
        { " <a@b@c>", NULL },
        { " <>", NULL },
        { "", NULL },
        { " <a..b>", NULL },
        { " <.a.b>", NULL },
        { " <a.b.>", "a.b" },
        { " <a.b->", "a.b-" },
        { " <a{b}.c>", "a{b}.c" },
        { " <a:b>", NULL },
        { " <\xc3\xa4.example>", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id =
            mail_list_id_parse(cases[i].value, strlen(cases[i].value));

        if (cases[i].id == NULL)
            assert_null(id);
        else
            assert_string_equal(id, cases[i].id);
    }
}

static void id_has_at_most_255_bytes(void **state)
{
    g_autofree char *long_id = g_strnfill(LIST_ID_BYTES_MAX + 1, 'a');

    (void)state;
    assert_false(list_id_is_valid(long_id));
    assert_null(mail_list_id_parse(long_id, LIST_ID_BYTES_MAX + 1));
    long_id[LIST_ID_BYTES_MAX] = '\0';
    assert_true(list_id_is_valid(long_id));
}

static void id_with_a_nul_is_none(void **state)
{
    (void)state;
    assert_null(mail_list_id_parse("<a.b\0c>", 7));
}

static void address_is_read_from_mailing_list(void **state)
{
    static const struct {
        const char *value, *address;
    } cases[] = {
        { " kvm@vger.kernel.org", "kvm@vger.kernel.org" },
        { " <Kvm@vger.kernel.org> archive/latest/1", "kvm@vger.kernel.org" },
        { " list kvm@vger.kernel.org; contact a@b", "kvm@vger.kernel.org" },
        { " contact (a b) <a@b>", "a@b" },
        { " none", NULL },
        { "", NULL },
        { " <>,;\"", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *address =
            mail_list_address_parse(cases[i].value, strlen(cases[i].value));

        if (cases[i].address == NULL)
            assert_null(address);
        else
            assert_string_equal(address, cases[i].address);
    }
}

/* M-10 */
static void list_post_names_a_list(void **state)
{
    static const struct {
        const char *value, *id;
    } cases[] = {
        { " <mailto:Devel@lists.example>", "devel.lists.example" },
        { " <mailto:devel@lists.example?subject=post>", "devel.lists.example" },
        { " <mailto:c%2B%2B@lists.example> (members)", "c++.lists.example" },
        { " NO", NULL },
        { " NO (posting is not allowed)", NULL },
        { " <https://lists.example/post>", NULL },
        { " <https://lists.example/x@lists.example/post>, "
          "<mailto:devel@lists.example>",
          "devel.lists.example" },
        { " <mailto:devel>", NULL },
        { " <mailto:a b@lists.example>", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *address =
            mail_list_post_parse(cases[i].value, strlen(cases[i].value));
        g_autofree char *id =
            address != NULL ? mail_list_id_of_address(address) : NULL;

        if (cases[i].id == NULL)
            assert_null(id);
        else
            assert_string_equal(id, cases[i].id);
    }
}

static void an_id_is_known_by_its_address(void **state)
{
    static const char id[] = "devel.lists.example";

    (void)state;
    assert_true(mail_list_id_is_of_address(id, "devel@lists.example"));
    assert_true(mail_list_id_is_of_address(id, id));
    assert_false(mail_list_id_is_of_address(id, "devel@lists.example.org"));
    assert_false(mail_list_id_is_of_address(id, "devel@lists.exampl"));
    assert_false(mail_list_id_is_of_address(id, "devel-lists.example"));
    assert_false(mail_list_id_is_of_address(id, "devel@lists@example"));
    assert_false(mail_list_id_is_of_address(id, "devel.lists@example.org"));
    assert_false(mail_list_id_is_of_address(id, "devel"));
    assert_false(mail_list_id_is_of_address(id, ""));
}

static void addresses_are_all_found(void **state)
{
    static const char value[] =
        " Ada <Ada@a.example>, \"x, y\" <bo@b.example>;\n cy@c.example (d)";
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);

    (void)state;
    mail_list_add_addresses(found, value, strlen(value));
    assert_int_equal(found->len, 3);
    assert_string_equal(found->pdata[0], "ada@a.example");
    assert_string_equal(found->pdata[1], "bo@b.example");
    assert_string_equal(found->pdata[2], "cy@c.example");
    for (unsigned i = 0; i < MAIL_LIST_ADDRESSES_MAX; i++)
        mail_list_add_addresses(found, value, strlen(value));
    assert_int_equal(found->len, MAIL_LIST_ADDRESSES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(id_is_read_from_list_id),
        cmocka_unit_test(id_has_at_most_255_bytes),
        cmocka_unit_test(id_with_a_nul_is_none),
        cmocka_unit_test(address_is_read_from_mailing_list),
        cmocka_unit_test(list_post_names_a_list),
        cmocka_unit_test(an_id_is_known_by_its_address),
        cmocka_unit_test(addresses_are_all_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
