/* SPDX-License-Identifier: MIT */
/* Never installed. It links what the command loads when it needs it (lazy.h),
 * for packagers whose tools read dependencies from programs: make
 * command/needs, and have it looked at like the command itself. */
void g_mime_init(void);
int git_libgit2_init(void);

int main(void)
{
    g_mime_init();
    return git_libgit2_init() < 0;
}
