-- SPDX-License-Identifier: MIT
-- Puts back what a list had beside its posts. Nothing gets less by it, so that
-- the same may be put back again.
--
-- KEYS[1] the list's meta hash; KEYS[2] see script.h
-- ARGV    a word a fact, see export.c: its first byte says what it is
-- returns how many

local call = redis.call
local byte, find, format, match, sub =
    string.byte, string.find, string.format, string.match, string.sub
local floor, pack, unpacked = math.floor, struct.pack, struct.unpack

-- include rights.lua

local base = sub(KEYS[1], 1, -5)
local meta = call('HMGET', KEYS[1], 'post', 'person')
local last_post, last_person = tonumber(meta[1] or 0), tonumber(meta[2] or 0)

-- include buckets.lua
-- include people.lua

compute_bucket_layout(MARKS, last_post)
compute_bucket_layout(SEEN, last_post)

local put = {}

-- first post (6), first patch (6), a person as find_people wants it
function put.p(word)
    local post, patch = unpacked('<I6I6', word, 2)
    local known = call('HGET', base .. 'person', sub(word, 15, 22))
    local same = known and tonumber(match(known, ' (%d+)$'))
        or new_person(word, 14)[2]
    if post > 0 then note_first(same, post, false) end
    if patch > 0 then note_first(same, patch, true) end
end

-- identity (8), mark (6)
function put.m(word)
    local identity, mark = sub(word, 2, 9), sub(word, 10, 15)
    local value = call('GET', bucket_of(SEEN, identity, 1)) or ''
    local at = find_entry(SEEN, value, identity)
    if not at then return end
    local entry = mark .. pack('>I4', (unpacked('<I4', value, at + 8)))
    local key = bucket_of(MARKS, mark, 1)
    if not find_entry(MARKS, call('GET', key) or '', entry) then
        call('APPEND', key, entry)
    end
end

-- month (6), second (6), count (4)
function put.d(word)
    local month, second = sub(word, 2, 7), format('%.0f', (unpacked('<I6', word, 8)))
    local dups = base .. 'dups:' .. month
    local more = unpacked('<I4', word, 14) - tonumber(call('HGET', dups, second) or 0)
    if more <= 0 then return end
    call('HINCRBY', dups, second, more)
    call('HINCRBY', base .. 'month:' .. month, 'duplicates', more)
    call('HINCRBY', KEYS[1], 'duplicates', more)
end

-- name, NUL, value that begins with a number
function put.f(word)
    local at = find(word, '\0', 2, true)
    local name, value = sub(word, 2, at - 1), sub(word, at + 1)
    local there = call('HGET', KEYS[1], name)
    local number = tonumber(match(value, '^%d+') or -1)
    if number > tonumber(there and match(there, '^%d+') or -1) then
        call('HSET', KEYS[1], name, value)
    end
end

-- all of it is there
function put.e()
    call('UNLINK', base .. 'brought')
end

for _, word in ipairs(ARGV) do put[sub(word, 1, 1)](word) end
write_firsts()
if last_person > tonumber(meta[2] or 0) then
    call('HSET', KEYS[1], 'person', last_person)
end
return #ARGV
