-- SPDX-License-Identifier: MIT
-- Erases one post: its row, record, text and links, and takes it out of the
-- counters unless they are to stay; or only its text, in whose place another
-- may come. Its identity stays in seen:, and its number in erased, so that the same mail neither comes back with
-- the next import nor counts as a duplicate.
--
-- KEYS[1] the list's meta hash; KEYS[2] a key that never is: see script.h
-- ARGV    see erase.c, append_post
-- returns 1 erased, 0 there is no such post (any more), -1 a bucket is packed

-- layout ROWS_IN_CHUNK ROW_BYTES POSTS_IN_BUCKET

local call = redis.call
local byte, find, format, sub = string.byte, string.find, string.format, string.sub
local floor, pack, unpacked = math.floor, struct.pack, struct.unpack

-- include rights.lua

local base = sub(KEYS[1], 1, -5)
local number, arrival6, month = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local kind, is_malformed = ARGV[4], ARGV[5] == '1'
local insertions, deletions = tonumber(ARGV[6]), tonumber(ARGV[7])
local author, sender, is_authored = ARGV[8], ARGV[9], ARGV[10] == '1'
local keeps_counters = ARGV[11] == '1'
local only_text = ARGV[11] == '2' or ARGV[11] == '3'
local links, mark, new_text = ARGV[12], ARGV[13], ARGV[14]

-- include buckets.lua
-- include rows.lua

local function store(key, value)
    if value == '' then call('DEL', key) else call('SET', key, value) end
end

-- Cuts the post's entry out of a bucket; header: how an entry begins.
local function cut(key, header, header_size, number_first)
    local value = call('GET', key) or ''
    local at = 1
    while at + header_size - 1 <= #value do
        local a, b = unpacked(header, value, at)
        local length = number_first and b + header_size or a + 2
        local post = number_first and a or b
        if post == number then
            store(key, sub(value, 1, at - 1) .. sub(value, at + length))
            return true
        end
        at = at + length
    end
    return false
end

local bucket = floor(number / POSTS_IN_BUCKET)

-- As find_record in copies.lua.
local function is_packed(family)
    return call('GETRANGE', base .. family .. bucket, 0, 3) == '\40\181\47\253'
end

if is_packed('texts:') or (not only_text and is_packed('posts:')) then
    return -1
end
local had_text = cut(base .. 'texts:' .. bucket, '<I4I4', 8, true)
if had_text and new_text ~= '' then
    call('APPEND', base .. 'texts:' .. bucket,
        pack('<I4I4', number, #new_text) .. new_text)
end
if only_text then return had_text and 1 or 0 end
if not cut(base .. 'posts:' .. bucket, '<I2I4', 6, false) then return 0 end

local arrival = unpacked('<I6', arrival6)
local row = find_row(month, arrival, number)
if row then
    local left = sub(row.value, 1, row.at - 1) .. string.rep('\0', ROW_BYTES)
        .. sub(row.value, row.at + ROW_BYTES)
    store(row.key, find(left, '[^%z]') and left or '')
end

local last_post = tonumber(call('HGET', KEYS[1], 'post'))
compute_bucket_layout(LINKS, last_post)
compute_bucket_layout(MARKS, last_post)
local number4 = pack('>I4', number)

local function cut_entry(family, digest)
    local key = bucket_of(family, digest, 1)
    local value = call('GET', key) or ''
    local at = find_entry(family, value, digest .. number4)
    if at then
        store(key, sub(value, 1, at - 1) .. sub(value, at + family.entry))
    end
end

for i = 1, #links, 6 do cut_entry(LINKS, sub(links, i, i + 5)) end
cut_entry(MARKS, mark)

if not keeps_counters then
    local counters = base .. 'month:' .. month
    call('HINCRBY', counters, 'posts', -1)
    call('HINCRBY', counters, kind, -1)
    if is_malformed then call('HINCRBY', counters, 'malformed', -1) end
    if insertions > 0 then call('HINCRBY', counters, 'insertions', -insertions) end
    if deletions > 0 then call('HINCRBY', counters, 'deletions', -deletions) end
    call('ZINCRBY', base .. 'senders:' .. month, -1, sender)
    if is_authored then call('ZINCRBY', base .. 'authors:' .. month, -1, author) end
end

-- Of the stream that events.lua fills, which is in order of posts.
local function erase_event()
    local key, from = base .. 'events', '-'
    while acl_check_cmd('xdel', key, '0-1') do
        local page = call('xrange', key, from, '+', 'count', '100')
        for _, entry in ipairs(page) do
            local post = tonumber(entry[2][2])
            if post == number then call('xdel', key, entry[1]) end
            if post >= number then return end
            from = '(' .. entry[1]
        end
        if #page == 0 then return end
    end
end

erase_event()
call('SETBIT', base .. 'erased', number, '1')
call('HINCRBY', KEYS[1], 'posts', -1)
call('HINCRBY', KEYS[1], 'erased', 1)
return 1
