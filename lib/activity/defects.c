/* SPDX-License-Identifier: MIT */
#include "activity/defects.h"

#include "mail/capture.h"

#include "base/banned.h"

const Defect defects_table[] = {
    { MAIL_DEFECT_NO_FROM, "no_from", "it has no From" },
    { MAIL_DEFECT_NO_SUBJECT, "no_subject", "it has no Subject" },
    { MAIL_DEFECT_NO_MESSAGE_ID, "no_message_id", "it has no Message-ID" },
    { MAIL_DEFECT_DATE, "date", "its Date is missing or cannot be read" },
    { MAIL_DEFECT_CHARSET, "charset",
      "its charset is unknown, or its bytes are not in it" },
    { MAIL_DEFECT_8BIT_HEADER, "8bit_header",
      "a header has bytes above 127 that are no UTF-8" },
    { MAIL_DEFECT_NUL, "nul", "it holds NUL bytes" },
    { MAIL_DEFECT_MIME, "mime", "its MIME structure is broken or too deep" },
    { MAIL_DEFECT_HEADERS, "headers", "a header line has no name" },
    { MAIL_DEFECT_REPEATED, "repeated",
      "From, Subject, Date or Message-ID comes twice" },
    { 0, NULL, NULL },
};

unsigned defects_of(const MailMessage *message, unsigned capture_flags)
{
    unsigned defects = message->defects;

    if ((capture_flags & MAIL_CAPTURE_NUL) != 0)
        defects |= MAIL_DEFECT_NUL;
    if ((capture_flags & MAIL_CAPTURE_BROKEN_HEADERS) != 0)
        defects |= MAIL_DEFECT_HEADERS;
    return defects;
}
