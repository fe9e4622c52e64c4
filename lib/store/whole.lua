-- SPDX-License-Identifier: MIT
-- Whether all keys are there that a list must have. Redis may lose single ones:
-- when it evicts, by somebody's hand, by a copy that was not whole. To count on
-- without them would count posts twice, or give numbers again.

local BUCKETS_AT_ONCE = 4096

-- Each bucket of identities is there, if only empty, so that one that is not
-- can be told from one that nothing fell into.
local function fill_buckets(family)
    local bits = bits_of(bucket_count(family, first_post))
    for index = 0, 2 * family.split - 1 do
        call('SET', bucket_key(family, bits + 1, index), '', 'nx')
    end
    for index = family.split, 2 ^ bits - 1 do
        call('SET', bucket_key(family, bits, index), '', 'nx')
    end
end

-- A list that was begun before this was so gets its empty buckets now. In
-- longer ones no bucket is empty.
local function make_whole()
    if bucket_count(SEEN, first_post) <= BUCKETS_AT_ONCE then
        fill_buckets(SEEN)
    end
    call('HSET', KEYS[1], 'whole', '1')
end

-- A key that is gone, or nil. Of a list whose people were all forgotten, no
-- hash of people is left.
local function lost_key()
    local names = { 'rows', 'same', 'firsts', 'person', 'people', 'address' }
    if has_erased then names = { 'rows', 'same', 'firsts' } end
    local keys = {}
    for i, name in ipairs(names) do keys[i] = base .. name end
    local there = call('EXISTS', unpack(keys))
    if first_post == 0 then return there > 0 and KEYS[1] or nil end
    if there < #keys then
        for _, key in ipairs(keys) do
            if call('EXISTS', key) == 0 then return key end
        end
    end
    if not is_whole then make_whole() end
end
