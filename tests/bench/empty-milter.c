/* SPDX-License-Identifier: MIT */
/*
 * empty-milter SOCKET: negotiates as listpulse-milter does and looks at
 * nothing. What it costs is what libmilter costs; bench/milter compares.
 */
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <libmilter/mfapi.h>

static const unsigned long wanted =
    SMFIP_NOCONNECT | SMFIP_NOHELO | SMFIP_NORCPT | SMFIP_NODATA |
    SMFIP_NOUNKNOWN | SMFIP_NR_MAIL | SMFIP_NR_HDR | SMFIP_NR_BODY |
    SMFIP_HDR_LEADSPC;

static sfsistat on_negotiate(SMFICTX *milter, unsigned long offered_actions,
                             unsigned long offered_steps,
                             unsigned long spare_one, unsigned long spare_two,
                             unsigned long *actions, unsigned long *steps,
                             unsigned long *answer_one,
                             unsigned long *answer_two)
{
    (void)milter;
    (void)offered_actions;
    (void)spare_one;
    (void)spare_two;
    *actions = 0;
    *steps = wanted & offered_steps;
    *answer_one = *answer_two = 0;
    return SMFIS_CONTINUE;
}

static sfsistat on_envelope_from(SMFICTX *milter, char **arguments)
{
    (void)milter;
    (void)arguments;
    return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *milter, char *name, char *value)
{
    (void)milter;
    (void)name;
    (void)value;
    return SMFIS_NOREPLY;
}

static sfsistat on_end_of_headers(SMFICTX *milter)
{
    (void)milter;
    return SMFIS_CONTINUE;
}

static sfsistat on_body(SMFICTX *milter, unsigned char *bytes, size_t length)
{
    (void)milter;
    (void)bytes;
    (void)length;
    return SMFIS_NOREPLY;
}

static sfsistat on_end_of_message(SMFICTX *milter)
{
    (void)milter;
    return SMFIS_CONTINUE;
}

int main(int argc, char **argv)
{
    char name[] = "empty-milter";
    struct smfiDesc milter = {
        .xxfi_name = name,
        .xxfi_version = SMFI_VERSION,
        .xxfi_negotiate = on_negotiate,
        .xxfi_envfrom = on_envelope_from,
        .xxfi_header = on_header,
        .xxfi_eoh = on_end_of_headers,
        .xxfi_body = on_body,
        .xxfi_eom = on_end_of_message,
    };

    if (argc != 2 || smfi_setconn(argv[1]) == MI_FAILURE ||
        smfi_register(milter) == MI_FAILURE)
        return 2;
    return smfi_main() == MI_SUCCESS ? 0 : 1;
}
