-- SPDX-License-Identifier: MIT
-- Whoever follows a list is told of new posts, and is no part of counting: a
-- stream holds the last posts that came by mail, and one message a call names
-- the list. The commands are in small letters, since counting goes on where an
-- ACL lacks them (see lua-to-c).

local events_kept = format('%d', EVENTS_KEPT)
local CHANNEL = 'lp:events'
local events_key = base .. 'events'
local may_tell -- of posts in the stream; nil: not asked yet

local function may_add()
    if may_tell == nil then
        may_tell = acl_check_cmd('xadd', events_key, '*', 'post', '0')
    end
    return may_tell
end

-- An import's posts are no news.
local function tell_of(item, number)
    if item.event == '' or not may_add() then return end
    local message_id, subject, name, address =
        match(item.event, '^(%Z*)%z(%Z*)%z(%Z*)%z(%Z*)$')
    call('xadd', events_key, 'maxlen', '~', events_kept, '*', 'post', number,
        'arrival', format('%.0f', item.arrival), 'kind', item.kind,
        'mark', hex_of(item.mark), 'message-id', message_id,
        'subject', subject, 'name', name, 'address', address)
end

-- The list as it stands in KEYS[1], between its braces.
local function wake_followers()
    if last_post == first_post or
        not acl_check_cmd('publish', CHANNEL, '') then return end
    call('publish', CHANNEL, sub(base, 5, -3))
end
