-- SPDX-License-Identifier: MIT
-- Whether another program's data lies under a key that a call writes to. A
-- command of the wrong type fails; here it does so before anything is written.

local function stop_if_other_data(items)
    local asked = {}
    for _, item in ipairs(items) do
        local month = item.month
        if not asked[month] then
            asked[month] = true
            call('HLEN', base .. 'month:' .. month)
            call('ZCARD', base .. 'senders:' .. month)
            call('ZCARD', base .. 'authors:' .. month)
            call('HLEN', base .. 'dups:' .. month)
            local rows = tonumber(call('HGET', base .. 'rows', month) or 0)
            call('STRLEN', base .. 'rows:' .. month .. ':'
                .. floor(rows / ROWS_IN_CHUNK))
        end
    end
    local bucket = floor((first_post + 1) / POSTS_IN_BUCKET)
    call('STRLEN', base .. 'posts:' .. bucket)
    call('STRLEN', base .. 'texts:' .. bucket)
    call('HLEN', base .. 'people')
    call('HLEN', base .. 'address')
    call('STRLEN', base .. 'known')
    call('STRLEN', base .. 'same')
    call('STRLEN', base .. 'firsts')
end
