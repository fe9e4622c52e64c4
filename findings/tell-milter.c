/* A milter that prints the header that it is shown, the body, and {msg_id}. */
#include <libmilter/mfapi.h>
#include <stdio.h>
static sfsistat header(SMFICTX *context, char *name, char *value)
{
    (void)context;
    printf("%s: %s\n", name, value);
    return SMFIS_CONTINUE;
}
static sfsistat body(SMFICTX *context, unsigned char *text, size_t length)
{
    (void)context;
    printf("%.*s", (int)length, (const char *)text);
    return SMFIS_CONTINUE;
}
static sfsistat end(SMFICTX *context)
{
    const char *id = smfi_getsymval(context, "{msg_id}");
    printf("{msg_id} %s\n", id != NULL ? id : "none");
    fflush(stdout);
    return SMFIS_CONTINUE;
}
int main(int argc, char **argv)
{
    struct smfiDesc filter = { .xxfi_name = "tell",
                               .xxfi_version = SMFI_VERSION,
                               .xxfi_header = header,
                               .xxfi_body = body,
                               .xxfi_eom = end };
    return argc < 2 || smfi_register(filter) != MI_SUCCESS ||
           smfi_setconn(argv[1]) != MI_SUCCESS || smfi_main() != MI_SUCCESS;
}
