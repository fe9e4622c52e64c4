-- SPDX-License-Identifier: MIT
-- Puts a bucket in the place of another that says the same, packed or
-- unpacked, or the same and more, if that other is still there.
--
-- KEYS[1] the bucket; KEYS[2] see script.h
-- ARGV[1] SHA-1 of what should be there; ARGV[2] the new value; ARGV[3] the
--         format in which it is written; ARGV[4] what all of its records know
--         of optional fields, a byte, or ''; ARGV[5] the bucket's number;
--         ARGV[6] entries for buckets of links that may be lacking
-- returns 1 if it was put there, else 0

-- include rights.lua

local call = redis.call
local byte, find, format, sub = string.byte, string.find, string.format, string.sub
local floor = math.floor
local base = string.match(KEYS[1], '^lp:{[^}]*}:')
local value = call('GET', KEYS[1])
local meta = call('HMGET', base .. 'meta', 'format', 'post')
local format_there = tonumber(meta[1] or 0)

if not value or redis.sha1hex(value) ~= ARGV[1]
    or format_there > tonumber(ARGV[3]) then
    return 0
end

-- include buckets.lua

if #ARGV[6] > 0 then compute_bucket_layout(LINKS, tonumber(meta[2] or 0)) end
for at = 1, #ARGV[6], LINKS.entry do
    local entry = sub(ARGV[6], at, at + LINKS.entry - 1)
    local key = bucket_of(LINKS, entry, 1)
    if not find_entry(LINKS, call('GET', key) or '', entry) then
        call('APPEND', key, entry)
    end
end
call('SET', KEYS[1], ARGV[2])
if ARGV[4] ~= '' then call('SETRANGE', base .. 'known', ARGV[5], ARGV[4]) end
if format_there < tonumber(ARGV[3]) then
    call('HSET', base .. 'meta', 'format', ARGV[3])
end
return 1
