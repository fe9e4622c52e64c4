-- SPDX-License-Identifier: MIT
-- Erases one post: its row, record, text and links, and takes it out of the
-- counters unless they are to stay; or only its text. Its identity stays in
-- seen:, so that the same mail does not come back with the next import.
--
-- KEYS[1] the list's meta hash
-- ARGV    see erase.c, append_post
-- returns 1 erased, 0 there is no such post (any more)

local ROWS_IN_CHUNK = 170
local POSTS_IN_BUCKET = 64

local call = redis.call
local base = string.sub(KEYS[1], 1, -5)
local number, arrival6, month = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local kind, is_malformed = ARGV[4], ARGV[5] == '1'
local insertions, deletions = tonumber(ARGV[6]), tonumber(ARGV[7])
local author, sender, is_authored = ARGV[8], ARGV[9], ARGV[10] == '1'
local keeps_counters, only_text = ARGV[11] == '1', ARGV[11] == '2'
local members = ARGV[12]
local link_keys_at = 13

local function store(key, value)
    if value == '' then call('DEL', key) else call('SET', key, value) end
end

-- Cuts the post's entry out of a bucket; header: how an entry begins.
local function cut(key, header, header_size, number_first)
    local value = call('GET', key) or ''
    local at = 1
    while at + header_size - 1 <= #value do
        local a, b = struct.unpack(header, value, at)
        local length = number_first and b + header_size or a + 2
        local post = number_first and a or b
        if post == number then
            store(key, string.sub(value, 1, at - 1) .. string.sub(value, at + length))
            return true
        end
        at = at + length
    end
    return false
end

local bucket = math.floor(number / POSTS_IN_BUCKET)
local had_text = cut(base .. 'texts:' .. bucket, '<I4I4', 8, true)
if only_text then return had_text and 1 or 0 end
if not cut(base .. 'posts:' .. bucket, '<I2I4', 6, false) then return 0 end

local rows = tonumber(call('HGET', base .. 'rows', month) or 0)
local needle = arrival6 .. struct.pack('<I4', number)
for chunk = 0, math.floor(rows / ROWS_IN_CHUNK) do
    local name = base .. 'rows:' .. month .. ':' .. chunk
    local value = call('GET', name) or ''
    local at = string.find(value, needle, 1, true)
    while at and (at - 1) % 24 ~= 0 do
        at = string.find(value, needle, at + 1, true)
    end
    if at then
        local left = string.sub(value, 1, at - 1) .. string.rep('\0', 24)
            .. string.sub(value, at + 24)
        if string.find(left, '[^%z]') then
            call('SET', name, left)
        else
            call('DEL', name)
        end
        break
    end
end

-- Members are ten bytes each, in the order of the keys that hold them.
for i = link_keys_at, #ARGV do
    local at = (i - link_keys_at) * 10
    call('ZREM', base .. ARGV[i], string.sub(members, at + 1, at + 10))
end

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
call('HINCRBY', KEYS[1], 'posts', -1)
call('HINCRBY', KEYS[1], 'erased', 1)
return 1
