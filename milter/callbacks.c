/* SPDX-License-Identifier: MIT */
#include "milter/callbacks.h"

#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

#include "base/banned.h"

/* Set once before libmilter's threads start: it hands no context on. */
static Collector *collector;
static unsigned long wanted;
/* What the MTA on this socket does; the same in all its sessions. */
static int keeps_leading_blank;

/*
 * Nothing that we do not read is sent, and only the end of headers and the
 * end of message are answered. MAIL is kept although nobody reads it: without
 * it Postfix sends an abort after a good end of message. No action at all is
 * asked for, so libmilter itself refuses to change a mail.
 */
static const unsigned long wanted_always =
    SMFIP_NOCONNECT | SMFIP_NOHELO | SMFIP_NODATA | SMFIP_NOUNKNOWN |
    SMFIP_NR_MAIL | SMFIP_NR_HDR | SMFIP_NR_BODY | SMFIP_HDR_LEADSPC;

static sfsistat on_negotiate(SMFICTX *milter, unsigned long offered_actions,
                             unsigned long offered, unsigned long offered2,
                             unsigned long offered3, unsigned long *actions,
                             unsigned long *steps, unsigned long *steps2,
                             unsigned long *steps3)
{
    (void)milter, (void)offered_actions, (void)offered2, (void)offered3;
    *actions = 0;
    *steps = wanted & offered;
    *steps2 = 0;
    *steps3 = 0;
    __atomic_store_n(&keeps_leading_blank,
                     (*steps & SMFIP_HDR_LEADSPC) != 0 ? 1 : 0,
                     __ATOMIC_RELAXED);
    return SMFIS_CONTINUE;
}

/* Nothing depends on a negotiation: with QUIT_NC there is none. */
static Session *session_of(SMFICTX *milter)
{
    Session *session = smfi_getpriv(milter);

    if (session == NULL) {
        session = session_new(collector);
        smfi_setpriv(milter, session);
    }
    return session;
}

static sfsistat on_mail(SMFICTX *milter, char **arguments)
{
    (void)arguments;
    session_begin(session_of(milter));
    return SMFIS_NOREPLY;
}

static sfsistat on_recipient(SMFICTX *milter, char **arguments)
{
    session_recipient(session_of(milter), arguments[0]);
    return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *milter, char *name, char *value)
{
    session_header(session_of(milter), name, value,
                   __atomic_load_n(&keeps_leading_blank, __ATOMIC_RELAXED) !=
                       0);
    return SMFIS_NOREPLY;
}

static sfsistat on_end_of_headers(SMFICTX *milter)
{
    return session_end_of_headers(session_of(milter)) ? SMFIS_CONTINUE
                                                      : SMFIS_ACCEPT;
}

static sfsistat on_body(SMFICTX *milter, unsigned char *bytes, size_t length)
{
    session_body(session_of(milter), bytes, length);
    return SMFIS_NOREPLY;
}

static sfsistat on_end_of_message(SMFICTX *milter)
{
    session_end_of_message(session_of(milter),
                           smfi_getsymval(milter, (char[]){ "i" }));
    return SMFIS_CONTINUE;
}

static sfsistat on_abort(SMFICTX *milter)
{
    Session *session = smfi_getpriv(milter);

    if (session != NULL)
        session_abort(session);
    return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *milter)
{
    Session *session = smfi_getpriv(milter);

    smfi_setpriv(milter, NULL);
    session_free(session);
    return SMFIS_CONTINUE;
}

bool callbacks_register(Collector *whose, bool with_recipients)
{
    struct smfiDesc description = {
        .xxfi_name = (char[]){ "listpulse" },
        .xxfi_version = SMFI_VERSION,
        .xxfi_flags = 0,
        .xxfi_negotiate = on_negotiate,
        .xxfi_envfrom = on_mail,
        .xxfi_envrcpt = with_recipients ? on_recipient : NULL,
        .xxfi_header = on_header,
        .xxfi_eoh = on_end_of_headers,
        .xxfi_body = on_body,
        .xxfi_eom = on_end_of_message,
        .xxfi_abort = on_abort,
        .xxfi_close = on_close,
    };

    collector = whose;
    wanted = wanted_always | (with_recipients ? SMFIP_NR_RCPT : SMFIP_NORCPT);
    return smfi_register(description) == MI_SUCCESS;
}

char *callbacks_library_version(void)
{
    unsigned major = 0, minor = 0, patch = 0;

    smfi_version(&major, &minor, &patch);
    return g_strdup_printf("%u.%u.%u", major, minor, patch);
}
