-- SPDX-License-Identifier: MIT
-- All keys that a call may need, for a cluster whose slots move.

-- While a slot moves to another node, a key may be here or there. EXISTS of
-- several keys raises an error if one of them is not here, at the old node and
-- at the new one (of a single key, only at the old one), so that a script that
-- could not do all of its work does none. Only a cluster needs this.
local function stop_if_moving(items)
    local function add_months(months, item)
        local _, old = known_post(item)
        months[item.month] = true
        if old then months[month_of(old)] = true end
    end

    local function add_month_keys(keys, month, posts)
        local rows = tonumber(call('HGET', base .. 'rows', month) or 0)
        for chunk = 0, floor((rows + posts) / ROWS_IN_CHUNK) do
            keys[#keys + 1] = base .. 'rows:' .. month .. ':' .. chunk
        end
        for _, family in ipairs({ 'month:', 'senders:', 'authors:', 'dups:' }) do
            keys[#keys + 1] = base .. family .. month
        end
    end

    local function add_bucket_keys(keys, from, to)
        for bucket = floor(from / POSTS_IN_BUCKET), floor(to / POSTS_IN_BUCKET) do
            keys[#keys + 1] = base .. 'posts:' .. bucket
            keys[#keys + 1] = base .. 'texts:' .. bucket
        end
    end

    local function all_keys()
        local keys, months = { KEYS[1] }, {}
        for _, name in ipairs({ 'person', 'people', 'address', 'same', 'firsts', 'rows',
            'erased', 'known' }) do
            keys[#keys + 1] = base .. name
        end
        for _, item in ipairs(items) do
            keys[#keys + 1] = bucket_of(MARKS, item.mark, 1)
            keys[#keys + 1] = item.seen_key
            for at = 1, #item.links, 6 do
                keys[#keys + 1] = bucket_of(LINKS, item.links, at)
            end
            local known = known_post(item)
            if known then add_bucket_keys(keys, known, known) end
            add_months(months, item)
        end
        add_bucket_keys(keys, first_post + 1, first_post + #items)
        for month in pairs(months) do add_month_keys(keys, month, #items) end
        each_split(first_post + #items, function(family, number)
            local bits = bits_of(number)
            local index = number - 2 ^ bits
            keys[#keys + 1] = bucket_key(family, bits, index)
            keys[#keys + 1] = bucket_key(family, bits + 1, 2 * index)
            keys[#keys + 1] = bucket_key(family, bits + 1, 2 * index + 1)
        end)
        if open then keys[#keys + 1] = open end
        return keys
    end

    call_in_pieces(all_keys(), 'EXISTS', KEYS[1])
end
