/* SPDX-License-Identifier: MIT */
#include "patch/sentence.h"

#include "tests/support/unit.h"

#include <string.h>

static bool says_applied(const char *text)
{
    return patch_sentences_say_applied((PatchText){ text, strlen(text) });
}

static void people_say_that_they_applied_patches(void **state)
{
    static const char *const texts[] = {
        "Applied, thanks.",
        "Thanks, applied manually for 5.20 (new file location).",
        "I have hand applied it as: https://git.example.org/1f0a2b3c4d",
        "I fixed these up and hand applied to for-5.7/heap.",
        "I applied it with that addition. Also had to adapt it a bit.",
        "I forgot to write that this series is applied, thanks!",
        "Thanks, pushed as r16-401-g2c0a1b2d3e4f55.",
        "Thanks, applies to vfio next branch for v5.11.",
        "I have put this series in my kvm-ppc-next branch, and I believe\n"
        "Bob is putting patch 1 in his fixes branch.",
        "I'm taking this in my -next tree.",
        "I was hoping for tests, for now I'm queuing patches 1 and\n2. Thanks,",
        "I've put it into misc-fixes, thanks.",
        "Applied, thanks!",
        "applied, thanks",
        "Applied.",
        "Applied",
        "Applied both, thanks.",
        "Applied all, thanks.",
        "Applied 1-3, thanks.",
        "Applied to for-next",
        "Applied to for-next, thanks!",
        "Applied to kvm-x86 misc, thanks!",
        "Applied to powerpc/next.",
        "Applied to vfio next branch with Paul's R-b.  Thanks,",
        "Applied to the tree with the modification I noted, the comments\n"
        "are addressed.",
        "Applied with some tweaks.",
        "Applied with minor changes to the commit message, thanks.",
        "Applied for ppc-7.0",
        "Applied for 5.3, thanks.",
        "Applied in for-linus.",
        "Applied on branch next, thanks!",
        "Applied as commit 0123456789ab.",
        "Applied this one and 3/4 to next.",
        "Applying to for-next, thanks.",
        "Queued, thanks.",
        "Queued.",
        "Queued for 5.3, thanks.",
        "Queued up for v6.1, thanks.",
        "Queued 1-20 and 22-28.  Initially I skipped 21.",
        "Queued both.",
        "Queued all patches, thanks.",
        "Pushed to kvm/queue for now.",
        "Pushed to drm-misc-next, thanks.",
        "Pushed, thanks!",
        "Pulled, thanks.",
        "Pulled, thanks!",
        "It may take days because of tests, but I have already pulled it.",
        "I have already pulled it locally.",
        "It may take days because I run tests, but I have already pulled it\n"
        "locally.",
        "Merged, thanks.",
        "Merged to master.",
        "Now merged through misc/queue.",
        "Picked up, thanks.",
        "Taken, thanks.",
        "Taken through my tree.",
        "Committed, thanks.",
        "Installed on master, thanks.",
        "Thanks, applied.",
        "Thanks! Applied.",
        "Thank you, applied.",
        "Thanks, applied to my kvm-ppc-next branch.",
        "Thanks, applied to next (Michael said that he didn't want it).",
        "Thanks, patch applied to my kvm-ppc-next tree.",
        "Thanks, both patches applied to my kvm-ppc-next tree.",
        "Thanks, series applied to my kvm-ppc-fixes branch.",
        "Thanks for the fix, applied to for-next.",
        "Thanks - applied to for-next.",
        "Thanks \xe2\x80\x93 applied.",
        "Patch applied to my tree.",
        "Both patches applied to my kvm-ppc-next tree.",
        "Series applied, thanks.",
        "Series applied to powerpc fixes, thanks.",
        "Whole series applied, thanks!",
        "All applied, thanks.",
        "Both applied to for-next.",
        "Patch 1 applied to powerpc/next.",
        "Patches 1-11 applied to powerpc/next.",
        "Patches 2 and 3 queued for 6.1.",
        "The whole series has been applied to for-next.",
        "This series has been queued for 6.1.",
        "The patches have been pushed to master.",
        "This patch is now queued for 6.2.",
        "I've applied this to ppc-for-6.1.",
        "I've applied this, thanks.",
        "I have applied both patches to my tree.",
        "I have taken this patch in my kvm-ppc-next branch.",
        "I have this queued.",
        "I've got it queued for next week's pull request.",
        "I applied this series to for-next.",
        "I queued this patch.",
        "I queued this, but reworked the commit log.",
        "Sorry for the breakage.  I queued this patch.",
        "We've merged this into trunk.",
        "I've just pushed this to master, thanks.",
        "This is a reasonable cleanup regardless of the rest, so\n"
        "I've applied this to ppc-for-6.1.",
        "They were very nice and I've\nqueued them.",
        "Rebased, and queued with the fix that Sean suggested.",
        "OK, I've applied this set, minus #17.",
        "Ok, applied.",
        "Great, applied.",
        "Looks good, applied to next.",
        "Hi Ann,\n\nApplied to next, thanks.",
        "Hi Ann,\nApplied to next, thanks.",
        "Dear Ann Example,\napplied to next.",
        "On Monday, Ann wrote:\n> text\n\nApplied, thanks!",
        "Reviewed-by: Ann <ann@example.org>\nApplied, thanks.",
        "> Reviewed it?\nApplied, thanks.",
        "Good work\nApplied to next",
        "Added to misc-next, thanks.",
        "Added to for-next.",
        "I've added this to my tree.",
        "Patches added to the queue, thanks.",
        "Now queued up, thanks.",
        "All now queued up, thanks.",
        "Applied as 5.11 material, thanks!",
        "Applied (with an edited changelog), thanks!",
        "Applied to 5.10/scsi-queue, thanks!",
        "2 patches applied to wireless-next.git, thanks.",
        "1 patch applied to ath-next branch of ath.git, thanks.",
        "Patch applied with Bob's ACK.",
        "Patch tentatively applied.",
        "Applied to the togreg branch of iio.git and pushed out as testing.",
        "Applied for fixes and by adding a stable tag, thanks!",
        "Thanks, applied to my block tree:\nhttps://example.org/block",
        "Thanks, picked up in my tree.",
        "Queued, with the following tweak:",
        "Queued patches 1-5.",
        "For the series, applied to u-boot/master, thanks!",
        "Fixed up and applied, thanks.",
        "Have applied both to next.",
        "Just pushed to next.",
        "patchset applied",
        "APPLIED, THANKS",
        "Nice. *Applied*, thanks.",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!says_applied(texts[i]))
            print_message("text: %s\n", texts[i]);
        assert_true(says_applied(texts[i]));
    }
}

static void other_news_say_nothing_of_the_kind(void **state)
{
    static const char *const texts[] = {
        "Applied manually, it fails.",
        "Pushed to a temp branch, made a few more edits.",
        "When this series is applied, thanks are due.",
        "Thanks, applies to next cleanly.",
        "Applies to vfio next branch.",
        "Thanks, this applies to next.",
        "Thanks. Applies to vfio next branch.",
        "I have this queued:\n  https://patches.example/1/\n",
        "",
        "I applied this and it fails to build.",
        "I applied this, and it fails.",
        "I applied these 4, compiled, installed, rebooted.",
        "I applied this to 5.4 and it still crashes.",
        "I've applied this and tested it on my machine.",
        "I've applied your patches on top of 5.13.",
        ("I'm not sure if this is because I've applied your patches on a\n"
         "different base than the one you use."),
        "I applied that change to the next version.",
        "I agree. I applied that to next patchset version.",
        "Makes sense. I merged them in the next version. Thanks.",
        "Applied for v2, thanks.",
        "Applied in v3.",
        "Applied as suggested, thanks.",
        "Applied on top of next, this does not build.",
        "Applied cleanly to 6.1.",
        "Applied locally, works.",
        "I have pulled it locally.",
        "If it works, but only then, I have applied it to next.",
        "Applied and tested on x86.",
        "When applied to 5.4 this crashes.",
        "When this is applied, the build breaks.",
        "If applied, this breaks the build.",
        "Once applied, the tree builds.",
        "applied?",
        "Applied?",
        "Was this applied to next?",
        "Applied to which tree?",
        "Has this been queued for 6.1?",
        "Is this enough for the patch to be queued?",
        "Can you apply this?",
        "Please apply.",
        "Will apply, thanks.",
        "I'll queue it for 6.1.",
        "I will apply this to next.",
        "Not applied, see below.",
        "I haven't merged it because there are questions.",
        "Should be applied to stable as well.",
        "This should be merged through the arm tree.",
        "The offset is applied to the time base.",
        "the pages which were\nmerged and appeared further up",
        "These two patches should be merged into the tree of the maintainer.",
        "A patch was applied to a page that was gone.",
        "> Applied, thanks.",
        "> Applied to for-next, thanks!\n\nThank you!",
        "  > Applied, thanks.",
        "I pushed the fix in my QEMU branch:",
        "I just pushed a new tree https://example.org/tree",
        "Pushed a new version, please have a look.",
        "Pulled my hair out over this.",
        "Queued readers wait for the writer.",
        "Taken together with the other series this is slow.",
        "Merged pages are counted twice here.",
        "Picked a different name for this.",
        "This patch was merged in linux 4.16.",
        "Looks good to me.",
        "Added, thanks.",
        "Added to the changelog.",
        "Added to the commit message, thanks.",
        "I've added this to the comment.",
        "Adding this to the next version.",
        "Have you applied this to next?",
        "For the record, this fails.",
        "For this patch:",
        "Reviewed-by: Ann <ann@example.org>",
        "Since this was applied the VM crashes.",
        "(1) applied the patch which shares the page.",
        "- I checked out v5.13 and powerpc/merge, applied this patch, built",
        "I can take it, I've got it queued, but was hoping for an ack.",
        "I had queued an early version of these.",
        "the lock is taken\nApplies cleanly on the current kvm/queue.",
        "The commit that you applied breaks the build.",
        "I see that you have merged the whole series to kvm/queue.",
        "Did you mean that it was applied, or that it will be?",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (says_applied(texts[i]))
            print_message("text: %s\n", texts[i]);
        assert_false(says_applied(texts[i]));
    }
}

/* What was changed matters only beside a bare "Applied." */
static const PatchPattern *pattern_of(const char *text, PatchClaim claim)
{
    g_autofree char *whole = g_strconcat(
        claim == PATCH_CLAIM_REWORKED ? "Applied.\n\n> x\n\n" : "", text, NULL);
    const PatchText slice = { whole, strlen(whole) };

    return patch_sentences_claims(slice).by[claim];
}

/* A pattern that only repeats what an earlier one finds is not needed. */
static void each_pattern_fits_its_example_and_not_its_counter(void **state)
{
    size_t count;
    const PatchPattern *patterns = patch_patterns(&count);

    (void)state;
    unsigned faults = count == 0;

    for (size_t i = 0; i < count; i++) {
        const PatchPattern *pattern = &patterns[i];
        const PatchText text = { pattern->example, strlen(pattern->example) };
        const PatchPattern *found =
            pattern_of(pattern->example, pattern->claim);

        if (found != pattern) {
            g_autofree char *classes = patch_sentences_classes(text);

            print_message("%s: \"%s\" fits %s: %s", pattern->name,
                          pattern->example,
                          found == NULL ? "none" : found->name, classes);
            faults++;
        }
        if (pattern_of(pattern->counter, pattern->claim) != NULL) {
            print_message("%s: \"%s\" fits\n", pattern->name, pattern->counter);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

static bool is_advice(const char *text)
{
    const PatchClaims claims =
        patch_sentences_claims((PatchText){ text, strlen(text) });

    return patch_claims_are_advice(&claims);
}

static void an_author_answers_many_advices(void **state)
{
    (void)state;
    assert_true(is_advice("> a\n\nFixed.\n\n> b\n\nApplied.\n"));
    assert_true(is_advice("> a\n\nWill do.\n\n> b\n\nApplied, thanks.\n"));
    assert_false(is_advice("Applied. Fixed the typo.\n"));
    assert_false(is_advice("> a\n\nI fixed it.\n\n> b\n\nApplied to next\n"));
    assert_false(is_advice("> a\n\nFixed.\n"));
}

static bool is_bare(const char *text)
{
    return patch_sentences_claims((PatchText){ text, strlen(text) }).is_bare;
}

/* Rule N-7: "it" is what is quoted above. */
static void an_answer_among_others_is_about_its_quote(void **state)
{
    (void)state;
    assert_true(
        is_bare("> a\n\nMakes sense.\n\n> the library\n\nUpstreamed it\n"));
    assert_true(is_bare("> a\n\nYes.\n\n> that\n\nI've pushed it.\n"));
    assert_false(is_bare("> a\n\nMakes sense. Upstreamed it\n"));
    assert_false(is_bare("Ann wrote:\n> a\n\nI've pushed it.\n"));
    assert_false(is_bare("> a\n\nYes.\n\n> b\n\nI pushed it to next.\n"));
    assert_false(is_bare("> a\n\nYes.\n\n> b\n\nPushed, thanks.\n"));
    assert_false(is_bare("> a\n\nYes.\n\n> b\n\nMerged this patch.\n"));
    assert_true(is_bare("I merged the two patches.\n"));
    assert_false(is_bare("I merged the two patches, thanks.\n"));
    assert_false(is_bare("I merged the two patches into next.\n"));
}

static void check(const char *const *texts, size_t count, bool expected)
{
    unsigned faults = 0;

    for (size_t i = 0; i < count; i++) {
        if (says_applied(texts[i]) == expected)
            continue;
        print_message("%s: %s\n", expected ? "missed" : "invented", texts[i]);
        faults++;
    }
    assert_int_equal(faults, 0);
}

/* Rule N-3: how it was done may stand beside the verb. */
static void patches_are_applied_by_hand(void **state)
{
    static const char *const applied[] = {
        "Thanks, applied manually for 5.20 (new file location).",
        "Hand applied for 5.19, didn't apply directly.",
        "Hand-applied, thanks.",
        "Hand applied, as this is against an older tree.",
        "I have hand applied it as:",
        "I fixed these up and hand applied to for-5.7/heron.",
        "I had to hand-apply it since the base was missing that fix.",
        "Thanks - ironically I had to hand apply this one, as the base is old.",
        "I had to apply both by hand, thanks.",
        "Merged by hand, thanks.",
        "Queued up manually for 6.2.",
    };
    static const char *const others[] = {
        "I had to apply this to get it to boot.",
        "I had to hand-apply it to 5.4, and it still crashes.",
        "It needs to be hand applied.",
        "Would not be hard to hand apply.",
        "When hand-applied, it still breaks the build.",
        "The patches were applied manually on my machine.",
        "Some parts had to be hand applied.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* Rule N-3: who says so late has applied it; a tester owes no notice. */
static void a_notice_may_come_late(void **state)
{
    static const char *const applied[] = {
        "Got fixed separately - forgot to write that this series is applied,\n"
        "thanks!",
        "These were applied a while back, forgot to reply. Thanks!",
        "I applied this one yesterday, just forgot to reply here. I agree\n"
        "with the other change, though.",
        "Sorry, I forgot to mention that this has been queued.",
        "This was merged last week and I forgot to say so.",
        "Oh, I forgot to reply: I committed this.",
        "Sorry for the late answer, I applied it last week.",
    };
    static const char *const others[] = {
        "I applied this one yesterday, just forgot to enable it.",
        "I applied this yesterday, and it hangs; I forgot to say so.",
        "I forgot to say that this is applied to each page in turn.",
        "I forgot to mention: if this is applied, the build fails.",
        "Did you forget to say that this was applied?",
        "I applied this last week.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* Rules N-3 to N-5. */
static void what_stands_beside_the_verb_tells(void **state)
{
    static const char *const applied[] = {
        "I applied it with that addition. Also had to adapt it a bit.",
        "I applied these with two small corrections.",
        "I committed it with minor changes.",
        "I merged it, with the exception of the docs.",
        "Applied, but doesn't this need a tag?",
        "Applied both, but can you send the test?",
        "Merged together with the other patch, thanks.",
        "Merged with a few edits.",
        "Queued up with an edit.",
        ("With no serious objections or comments, I just merged these "
         "patches\ninto heron/next."),
        "After no complaints for a week, I've applied this.",
    };
    static const char *const others[] = {
        "I merged it with the previous patch.",
        "Merged it with the previous patch.",
        "Queued up a patch for this:",
        "Queued up another one.",
        "With this, I applied nothing.",
        "With no tests, I will have it queued.",
        "I've merged this with patch 2.",
        "I have merged these with the next patch.",
        "Applied the two patches, but didn't see much of a change?",
        "Applied this, but it fails here, is that expected?",
        "I applied it with that board.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* Rule N-3: where patches are by now. */
static void patches_are_in_a_tree_by_now(void **state)
{
    static const char *const applied[] = {
        "It's now in master. Log a bug if you need it back-ported !",
        "Now in master, thanks.",
        "This is in master now.",
        "The patches are now in mainline.",
        "Both are in trunk now, thanks!",
        "This series is already in upstream.",
    };
    static const char *const others[] = {
        "It's now in master that this fails.",
        "This is meant for 19.07, as it's already in master.",
        "I don't think we need this, it is only in master.",
        "Is this in master now?",
        "It's not in master.",
        "Now in master there is a bug.",
        "The code is in master.",
        "Once this is in master now and then.",
        "It's in a branch.",
        "Wait for the bump. (already in staging)",
        "Rebased on current master.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* Rule N-4: the sentences around it say what it was done for. */
static void who_goes_on_to_try_it_tests(void **state)
{
    static const char *const applied[] = {
        "I applied this to next. I'm running more tests on it now.",
        ("Thanks, I applied this to next. I'm seeing a new warning, can you\n"
         "send a fix?"),
        "Applied to next, thanks.\n\nI'm seeing another problem there.",
        "I applied this to next.\n\n> a\n\nI'm seeing this as well.",
    };
    static const char *const others[] = {
        "Hi Ann, I applied this series to io-6.12 branch with some minor\n"
        "conflicts. I'm running the following command:",
        "I've applied this to for-next. We are running this on arm and\n"
        "I'm seeing a hang.",
        "I applied this patch to master and now I'm hitting an assertion.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* Rule N-6. */
static void what_is_put_elsewhere_is_not_applied(void **state)
{
    static const char *const applied[] = {
        "Applied to a topic branch, thanks.",
        "Queued this in a separate branch for 6.2.",
        "I pushed this to my for-next branch.",
        "I pushed these to a new for-6.1 branch.",
        "I've posted a fix for that. Applied to next, thanks.\n",
        "I sent it to Bo already.\n\nApplied, thanks.",
        "Applied instead of v1.",
    };
    static const char *const others[] = {
        "Pushed to a temp branch, made a few more edits.",
        "I put the patches in a branch here, to have them organized.",
        "I pushed both to another tree.",
        "Pushed these to my scratch branch.",
        "I pushed that to my staging tree now instead of re-posting the\n"
        "whole series.",
        "I've pushed this to my next branch rather than resending it.",
        "I've posted it as a 3 patch series, as these are really separate\n"
        "things. I've queued it up for the next release.",
        "I sent out a new version. I've queued it for 6.2.",
    };

    (void)state;
    check(applied, G_N_ELEMENTS(applied), true);
    check(others, G_N_ELEMENTS(others), false);
}

/* As maintainers of many lists write it (rule N-3). */
static void many_lists_have_words_of_their_own(void **state)
{
    static const char *const texts[] = {
        "Applied, thank you.",
        "Series applied.",
        "Series applied, thanks!",
        "Applied to net, thanks.",
        "Applied with some minor whitespace fixes.",
        "Both patches applied as 6.2 material, thanks!",
        "Applied along with the [2/2], thanks!",
        "Applied with Rob's reviewed-by to pci/foo for v5.14, thanks!",
        "I applied this to pci/hotplug for v5.14, thanks!",
        "Applied to for-current, thanks!",
        "Patches applied!",
        "Patch applied for fixes.",
        "Patch applied with the ACKs!",
        "Applied. Thanks",
        "Applied to the togreg branch of iio.git, thanks.",
        "OK, I've applied the set, thanks.",
        "This looks good, so I have applied it.",
        "Applied to drm-misc-next.",
        "Queued to drm-misc-next",
        "Applied to bpf-next",
        "Pushed to bpf-next, thanks",
        "Applied #1 and #2.",
        "Applied 1, 2, 4 and 5.",
        "Applied the whole series.",
        "Applied the series to for-next.",
        "Thanks - series applied to for-next.",
        "Series merged.",
        "Merged series, thanks.",
        "Took patches 1-3 for 6.2.",
        "Took this through my tree.",
        "Took it, thanks.",
        "I picked this up, thanks.",
        "Picked up this patch.",
        "Picking this up, thanks.",
        "Staged, thanks!",
        "Queued in arm-fixes",
        "Landed in master.",
        "Committed with minor edits, thanks.",
        "Pushed.",
        "Pushed, thanks.",
        "Pushed with the tweak.",
        "I've pushed this now.",
        "I have committed v5.",
        "Committed as obvious.",
        "Committed to master.",
        "Committed. Thanks for the patch.",
        "Pushed to emacs-29, and closing this bug.",
        "Thanks, pushed to emacs-29.",
        "Thanks, installed.",
        "I've installed this on master.",
        "pushed patches 1-3",
        "patch 2 pushed",
        "Thanks, queued to block-next.",
        "Applied to u-boot-x/master, thanks!",
        "Applied to u-boot/next, thanks!",
        "Committed to master, thanks.",
        "Applied to master, thanks.",
        "Applied to next after fixing the indentation, thanks.",
        "Series applied to dpdk-next-net/for-main, thanks.",
        "Applied to dpdk-next-net/main, thanks.",
        "Applied, thanks a lot.",
        "Applied now. Thanks.",
        "Applied both patches now to for-next branch. Thanks.",
        "Thanks, applied now.",
        "Thanks, both applied.",
        "All queued up, thanks.",
        "Now queued up, thanks!",
        "Queued up now, thanks.",
        "Now applied, thanks.",
        "Now taken.",
        "Merged, thank you!",
        "I merged this.",
        "I've merged this patch, thanks!",
        "I merged both.",
        "Thanks, I've merged these.",
        "Okay, applied.",
        "Fair enough, applied.",
        "Ok, pushed.",
        "LGTM, pushed.",
        "Looks good, pushed to master.",
        "Done, applied to staging.",
        "Added to my queue, thanks.",
        "Added to linux-next.",
        "Applied to kvmarm/next, thanks!",
        "I've queued this for v6.1.",
        "I've queued this up for the next pull request.",
        "Queueing this for 6.1, thanks.",
        "Queuing for -rc3, thanks.",
        "Applied to asoc/for-next.",
        "Applied (with the typo fixed).",
        "Applied and pushed, thanks.",
        "Applied and pushed out.",
        "Rebased and merged, thanks.",
        "Squashed and applied.",
        "Fixed the typo and pushed.",
        "With the nits fixed, applied.",
        "With that fixed, applied to next. Thanks.",
        "Applied with the following fixup:",
        "Applied, but please send a follow-up.",
        "Applied except for patch 3.",
        "Applied patches 1-3.",
        "Applied 1/2.",
        "Applied all three.",
        "This has been pushed to master.",
        "This was applied to for-next.",
        "These have been merged, thanks.",
        "The patch has been committed, thanks.",
        "Your patch has been applied, thank you.",
        "Patch merged, thank you.",
        "Both merged, thanks.",
        "1-2 applied, thanks.",
        "Patches 1-3 merged.",
        "First two patches applied.",
        "I went ahead and applied this.",
        "I went ahead and pushed it.",
        "I'll be away, so applied right now.",
        "Great work, merged!",
        "Excellent! Applied to next.",
        "Cool, applied.",
        "Perfect, thanks. Applied.",
        "Thanks for the respin, applied to next.",
        "Applied v3, thanks.",
        "Applied v2 to for-next.",
        "Merged as 1234567abc.",
        "Pushed as commit 1234567abc.",
        "Pushed as r12345.",
        "Committed revision 12345.",
        "Checked in, thanks.",
        "I've checked this in.",
        "I've pushed out my merge of this thing, but please have a look.",
        "I pushed my merge of these, thanks.",
        "I've pushed out the merge.",
        "Angewendet, danke!",
        "Appliqu\xc3\xa9, merci.",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), true);
}

/* Rules N-4 to N-6. */
static void plans_tests_and_other_objects_are_no_notices(void **state)
{
    static const char *const texts[] = {
        "Will apply.",
        "Will queue.",
        "I've pushed a merge of the two branches.",
        "I've pushed a merge request for this.",
        "I've pushed out my merge window plans.",
        "I haven't pushed out my merge of this yet.",
        "I'll apply this, thanks.",
        "I'll take this through my tree.",
        "I can take this.",
        "I'm happy to take this.",
        "Could this be applied?",
        "Has this been applied?",
        "Not applied.",
        "I haven't applied this yet.",
        "I didn't apply this.",
        "This has not been applied yet.",
        "Should I have applied this?",
        "Applied your comments.",
        "Applied your suggestion, thanks.",
        "Applied all your comments in v2.",
        "Applied the suggested change in v3.",
        "I applied your suggestion locally.",
        "I applied the same change to the other file.",
        "I've applied the changes you suggested.",
        "I have applied your feedback and will send v2.",
        "Once this is merged, I'll send the rest.",
        "When this gets merged, please tell me.",
        "If you have applied this already, ignore v2.",
        "Has anybody picked this up?",
        "Can you pick this up?",
        "Who will merge this?",
        "Was this ever merged?",
        "Since this was merged, boot fails.",
        "I tested with the patch applied.",
        "I've tested this patch applied on top of 6.1.",
        "With this patch applied, it works.",
        "After applying this, it works.",
        "Applied on top of linux-next and it works.",
        "I applied the patch to my kernel and it works.",
        "I applied this series on 6.1 and tested it.",
        "I pulled your branch and built it.",
        "I pulled the series and it looks good.",
        "I pulled this into my test setup.",
        "Patch does not apply.",
        "This no longer applies.",
        "It doesn't apply to next.",
        "Applies cleanly.",
        "The lock is taken here.",
        "A reference is taken before.",
        "The page is added to the list.",
        "The value is pushed to the stack.",
        "Packets are queued and then pushed to the device.",
        "Queued work is cancelled.",
        "Merged requests are counted once.",
        "The requests are merged in the block layer.",
        "I've added a comment.",
        "I've added it to the next version.",
        "Added in v2.",
        "Fixed, thanks.",
        "I've put the branch here.",
        "I've pushed a branch with this.",
        "I've pushed my tree to github.",
        "I have pushed a new version to my branch.",
        "I pushed an update.",
        "Pushed out a fix.",
        "Pushed v2.",
        "I've queued a patch that does this.",
        "I already have a patch queued for this.",
        "There is a fix queued already.",
        "Greg has already applied it.",
        "Jens already queued this.",
        "It was picked up by Andrew.",
        "Andrew picked this up.",
        "Looks like Dave applied it already.",
        "As this was already applied, please send a fix on top.",
        "You have already applied this.",
        "Is this queued for 6.1?",
        "I thought this was applied.",
        "I think this was applied already.",
        "I would have applied this, but it conflicts.",
        "I was about to apply this.",
        "I tried to apply this and failed.",
        "I could not apply this.",
        "This should be applied to stable.",
        "This needs to be applied to stable.",
        "Please consider this applied only if it works.",
        "Applied voltage must not exceed 3.3V.",
        "Committed memory is not freed.",
        "Installed packages are listed below.",
        "Installed the new kernel and rebooted.",
        "Installed, but it does not boot.",
        "Pulled the plug.",
        "Picked the wrong reply button.",
        "Taken literally this is wrong.",
        "Taking a step back, this is wrong.",
        "Merging this would be wrong.",
        "Applying this breaks the build.",
        "Pushing this to stable would be nice.",
        "Queueing it for later is fine.",
        "I've merged patches 1 and 2 into one for v3.",
        "I've merged the two patches in v2.",
        "Merged with the previous patch in v2.",
        "Squashed into the previous patch.",
        "I squashed it into patch 2.",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), false);
}

static void hostile_texts_cost_little(void **state)
{
    static const char *const pieces[] = { "applied ", "a, ",         "thanks, ",
                                          "i've ",    "i have ",     "- ",
                                          "( ",       "both of ",    "\n",
                                          "> ",       "Applied of ", "x" };
    const size_t size = 64 * 1024;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_sized_new(size + 32);
        gint64 start = test_cpu_us();

        while (text->len < size)
            g_string_append(text, pieces[i]);
        (void)says_applied(text->str);
        assert_true(test_cpu_us() - start < 2 * G_USEC_PER_SEC);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_say_that_they_applied_patches),
        cmocka_unit_test(other_news_say_nothing_of_the_kind),
        cmocka_unit_test(each_pattern_fits_its_example_and_not_its_counter),
        cmocka_unit_test(an_author_answers_many_advices),
        cmocka_unit_test(an_answer_among_others_is_about_its_quote),
        cmocka_unit_test(many_lists_have_words_of_their_own),
        cmocka_unit_test(plans_tests_and_other_objects_are_no_notices),
        cmocka_unit_test(patches_are_applied_by_hand),
        cmocka_unit_test(a_notice_may_come_late),
        cmocka_unit_test(what_stands_beside_the_verb_tells),
        cmocka_unit_test(patches_are_in_a_tree_by_now),
        cmocka_unit_test(who_goes_on_to_try_it_tests),
        cmocka_unit_test(what_is_put_elsewhere_is_not_applied),
        cmocka_unit_test(hostile_texts_cost_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
