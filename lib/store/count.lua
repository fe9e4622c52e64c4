-- SPDX-License-Identifier: MIT
-- Counts one post: deduplicates it, adds its facts and moves the position of
-- its source, all in one atomic step. Only facts are added, so the order in
-- which posts come cannot matter. Keys: listpulse-counters(7).
--
-- KEYS[1] the list's meta hash; all other keys share its prefix and hash tag
-- ARGV    see write.c, append_item
-- returns 1 counted, 2 duplicate, 3 this very copy is known, 4 its row is
--         behind the position; plus 16 * (bucket + 1) if a bucket of posts is
--         full now; error GAP: another row was expected before; error SEALED:
--         a bucket has to be unpacked first

local ROWS_IN_CHUNK = 170
local POSTS_IN_BUCKET = 64

local call = redis.call
local base = string.sub(KEYS[1], 1, -5)

local source, row, previous = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local arrival, arrival6, month = tonumber(ARGV[4]), ARGV[5], ARGV[6]
local identity, mark = ARGV[7], ARGV[8]
local has_mark, is_replay = ARGV[9] == '1', ARGV[10] == '1'
local kind, insertions, deletions = ARGV[11], ARGV[12], ARGV[13]
local row_rear, record_rear, text, links = ARGV[14], ARGV[15], ARGV[16], ARGV[17]
local is_authored, is_malformed = ARGV[18] == '1', ARGV[19] == '1'
local is_cluster = ARGV[20] == '1'
local people_at = 21 -- author, sender, then the credited: kind, person, ...

-- Post numbers are kept in generations, each four times as large as the one
-- before and with four times as many buckets, so that buckets stay small
-- enough for Redis' compact encodings whatever the size of the list.
local function generation(number)
    local g, size, first = 0, 4096, 0
    while number >= first + size do
        first, size, g = first + size, size * 4, g + 1
    end
    return g
end

local function bucket(name, g, bits, digest)
    local a, b, c = string.byte(digest, 1, 3)
    local all = math.min(bits + 2 * g, 16)
    local index = math.floor((a * 65536 + b * 256 + c) / 2 ^ (24 - all))
    return base .. name .. g .. ':' .. index
end

local function seen_key(g)
    return bucket('seen:', g, 4, identity)
end

-- Writes a string anew so that it holds no room to grow.
local function compact(key)
    local value = call('GET', key)
    if value then call('SET', key, value) end
end

local function month_of(ms)
    local days = math.floor(ms / 86400000) + 719468
    local era = math.floor(days / 146097)
    local doe = days - era * 146097
    local yoe = math.floor((doe - math.floor(doe / 1460)
        + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
    local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
    local mp = math.floor((5 * doy + 2) / 153)
    local m = mp < 10 and mp + 3 or mp - 9
    return string.format('%04d%02d', yoe + era * 400 + (m <= 2 and 1 or 0), m)
end

-- Numbers that stay as they are go to Redis as strings, since Lua prints a
-- number at the price of a command.
local place = 'at ' .. source
local meta = call('HMGET', KEYS[1], 'post', 'person', 'open', 'posts', place)
local last_post, last_person = tonumber(meta[1] or 0), tonumber(meta[2] or 0)
local open, posts_there, position = meta[3], tonumber(meta[4] or 0), meta[5]

local here = ARGV[2] .. ' ' .. ARGV[4]

local function finish(code)
    if source ~= '' then call('HSET', KEYS[1], place, here) end
    return code
end

-- While a slot moves to another node, a key may be here or there. EXISTS of
-- several keys raises an error if one of them is not here, at the old node and
-- at the new one (of a single key, only at the old one), so that a script that
-- could not do all of its work does none. Only a cluster needs this.
local function stop_if_moving(names)
    call('EXISTS', unpack(names))
end

local function all_keys(g, number, months)
    local posts = math.floor(number / POSTS_IN_BUCKET)
    local keys = { KEYS[1], base .. 'person', base .. 'people',
        base .. 'address', base .. 'same', base .. 'firsts', base .. 'rows', seen_key(g), bucket('mark:', g, 6, mark),
        base .. 'posts:' .. posts, base .. 'texts:' .. posts }
    for i = 1, #links, 6 do
        keys[#keys + 1] = bucket('link:', g, 8, string.sub(links, i, i + 5))
    end
    for _, name in ipairs(months) do
        local rows = tonumber(call('HGET', base .. 'rows', name) or 0)
        for chunk = 0, math.floor(rows / ROWS_IN_CHUNK) do
            keys[#keys + 1] = base .. 'rows:' .. name .. ':' .. chunk
        end
        for _, family in ipairs({ 'month:', 'senders:', 'authors:', 'dups:' }) do
            keys[#keys + 1] = base .. family .. name
        end
    end
    if open then keys[#keys + 1] = open end
    return keys
end

local function append_row(bytes, at_month)
    local rows = call('HINCRBY', base .. 'rows', at_month, '1')
    local chunk = base .. 'rows:' .. at_month .. ':'
        .. math.floor((rows - 1) / ROWS_IN_CHUNK)
    call('APPEND', chunk, bytes)
    if open and open ~= chunk then compact(open) end
    open = chunk
end

local function same_as(person)
    local value = call('GETRANGE', base .. 'same', (person - 1) * 3, person * 3 - 1)
    return #value == 3 and struct.unpack('<I3', value) or person
end

local function note_first(person, is_patch)
    local at = (person - 1) * 12
    local value = call('GETRANGE', base .. 'firsts', at, at + 11)
    local sent, wrote = 0, 0
    if #value == 12 then sent, wrote = struct.unpack('<I6I6', value) end
    if is_patch then
        if wrote == 0 or arrival < wrote then wrote = arrival else return end
    else
        if sent == 0 or arrival < sent then sent = arrival else return end
    end
    call('SETRANGE', base .. 'firsts', at, struct.pack('<I6I6', sent, wrote))
end

local function add_mark(number)
    local g = generation(number)
    call('ZADD', bucket('mark:', g, 6, mark), '0',
        string.sub(mark, 1, 6) .. struct.pack('>I4', number))
end

-- The record of a post: its offset in the bucket's string and its bytes. A full
-- bucket was packed with zstd, which begins with these bytes; a record's length
-- never does.
local function find_record(number)
    local bucket_number = math.floor(number / POSTS_IN_BUCKET)
    local key = base .. 'posts:' .. bucket_number
    local value = call('GET', key) or ''
    if string.sub(value, 1, 4) == '\40\181\47\253' then
        return nil, redis.error_reply('SEALED ' .. bucket_number)
    end
    local at = 1
    while at + 6 <= #value do
        local length, post = struct.unpack('<I2I4', value, at)
        if post == number then
            return { key = key, offset = at + 1,
                bytes = string.sub(value, at + 2, at + 1 + length) }
        end
        at = at + 2 + length
    end
end

-- An earlier copy of a known post came later: its arrival and mark are the
-- post's from now on, as if it had come first.
local function move(number, found, old)
    local key, offset, record = found.key, found.offset, found.bytes
    local credits = string.byte(record, 17)
    local sender, author = struct.unpack('<I3', record, 14),
        struct.unpack('<I3', record, 11)
    local old_month = month_of(old)
    local rows = tonumber(call('HGET', base .. 'rows', old_month) or 0)
    local needle = struct.pack('<I6I4', old, number)
    for chunk = 0, math.floor(rows / ROWS_IN_CHUNK) do
        local name = base .. 'rows:' .. old_month .. ':' .. chunk
        local value = call('GET', name) or ''
        local at = string.find(value, needle, 1, true)
        while at and (at - 1) % 24 ~= 0 do
            at = string.find(value, needle, at + 1, true)
        end
        if at then
            local bytes = string.sub(value, at, at + 23)
            if old_month == month then
                call('SETRANGE', name, at - 1, arrival6)
            else
                call('SETRANGE', name, at - 1, string.rep('\0', 24))
                append_row(arrival6 .. string.sub(bytes, 7), month)
            end
            break
        end
    end
    call('SETRANGE', key, offset + 4, arrival6)
    call('SETRANGE', key, offset + 18 + 4 * credits, mark)
    if old_month ~= month then
        local from, to = base .. 'month:' .. old_month, base .. 'month:' .. month
        local fields = { 'posts', 1, kind, 1, 'malformed', is_malformed and 1 or 0,
            'insertions', insertions, 'deletions', deletions }
        for i = 1, #fields, 2 do
            if tonumber(fields[i + 1]) > 0 then
                call('HINCRBY', from, fields[i], -fields[i + 1])
                call('HINCRBY', to, fields[i], fields[i + 1])
            end
        end
        call('ZINCRBY', base .. 'senders:' .. old_month, -1, sender)
        call('ZINCRBY', base .. 'senders:' .. month, '1', sender)
        if is_authored then
            call('ZINCRBY', base .. 'authors:' .. old_month, -1, author)
            call('ZINCRBY', base .. 'authors:' .. month, '1', author)
        end
    end
    note_first(same_as(sender), false)
    if is_authored then note_first(same_as(author), true) end
    call('HSET', KEYS[1], 'open', open)
end

local function is_marked(number)
    return call('ZSCORE', bucket('mark:', generation(number), 6, mark),
        string.sub(mark, 1, 6) .. struct.pack('>I4', number))
end

local function duplicate(number, old)
    local later = arrival
    -- A commit id names one copy; a derived mark is that of all copies.
    if is_replay and (has_mark or old == arrival) and is_marked(number) then
        return finish(3)
    end
    if is_cluster then
        stop_if_moving(all_keys(generation(number), number, { month, month_of(old) }))
    end
    if arrival <= old then
        local found, failure = find_record(number)
        if failure then return failure end
        local at = found and 18 + 4 * string.byte(found.bytes, 17) + 1
        if found and (arrival < old or mark < string.sub(found.bytes, at, at + 19)) then
            move(number, found, old)
            call('HSET', seen_key(generation(number)), identity,
                struct.pack('<I4', number) .. arrival6)
            later = old
        end
    end
    if has_mark or later ~= arrival then add_mark(number) end
    local at_month = later == arrival and month or month_of(later)
    call('HINCRBY', base .. 'dups:' .. at_month, math.floor(later / 1000), '1')
    call('HINCRBY', KEYS[1], 'duplicates', '1')
    call('HINCRBY', base .. 'month:' .. at_month, 'duplicates', '1')
    return finish(2)
end

if source ~= '' then
    local at = position and tonumber(string.match(position, '^%d+'))
    if at and row <= at then return 4 end
    if previous ~= 0 and previous ~= (at or 0) then
        return redis.error_reply('GAP ' .. (at or 0))
    end
end

local g = generation(last_post + 1)
for i = g, 0, -1 do
    local known = call('HGET', seen_key(i), identity)
    if known then return duplicate(struct.unpack('<I4I6', known)) end
end

local number = last_post + 1
if is_cluster then stop_if_moving(all_keys(g, number, { month })) end
local number4 = struct.pack('>I4', number)

-- A person is a header From as it stood; the first one with an address stands
-- for all that have it where only the address matters (see note_first).
local function person(value)
    local digest, address = string.sub(value, 1, 8), string.sub(value, 9, 16)
    local known = call('HGET', base .. 'person', digest)
    if known then
        local own, same = string.match(known, '^(%d+) (%d+)$')
        return tonumber(own), tonumber(same)
    end
    last_person = last_person + 1
    local number = last_person
    local same = tonumber(call('HGET', base .. 'address', address) or number)
    if same == number then call('HSET', base .. 'address', address, number) end
    call('HSET', base .. 'person', digest, number .. ' ' .. same)
    call('HSET', base .. 'people', number, string.sub(value, 17))
    call('SETRANGE', base .. 'same', (number - 1) * 3, struct.pack('<I3', same))
    return number, same
end

local author, same_author = person(ARGV[people_at])
local sender, same_sender = author, same_author
if ARGV[people_at + 1] ~= '' then
    sender, same_sender = person(ARGV[people_at + 1])
end

local credits = {}
for i = people_at + 2, #ARGV, 2 do
    local credited = person(ARGV[i + 1])
    credits[#credits + 1] = struct.pack('<I1I3', tonumber(ARGV[i]), credited)
end

append_row(arrival6 .. struct.pack('<I4I3I3', number, author, sender) .. row_rear, month)

local record = struct.pack('<I4', number) .. arrival6
    .. struct.pack('<I3I3I1', author, sender, #credits)
    .. table.concat(credits) .. record_rear
local posts = base .. 'posts:' .. math.floor(number / POSTS_IN_BUCKET)
call('APPEND', posts, struct.pack('<I2', #record) .. record)
local texts = base .. 'texts:' .. math.floor(number / POSTS_IN_BUCKET)
if text ~= '' then
    call('APPEND', texts, struct.pack('<I4I4', number, #text) .. text)
end
local full = 0
if number % POSTS_IN_BUCKET == POSTS_IN_BUCKET - 1 then
    compact(posts)
    compact(texts)
    full = 16 * (math.floor(number / POSTS_IN_BUCKET) + 1)
end

for i = 1, #links, 6 do
    local link = string.sub(links, i, i + 5)
    call('ZADD', bucket('link:', g, 8, link), '0', link .. number4)
end
add_mark(number)
call('HSET', seen_key(g), identity, struct.pack('<I4', number) .. arrival6)

local counters = base .. 'month:' .. month
call('HINCRBY', counters, 'posts', '1')
call('HINCRBY', counters, kind, '1')
if is_malformed then call('HINCRBY', counters, 'malformed', '1') end
if insertions ~= '0' then call('HINCRBY', counters, 'insertions', insertions) end
if deletions ~= '0' then call('HINCRBY', counters, 'deletions', deletions) end
call('ZINCRBY', base .. 'senders:' .. month, '1', sender)
note_first(same_sender, false)
if is_authored then
    call('ZINCRBY', base .. 'authors:' .. month, '1', author)
    note_first(same_author, true)
end

if source ~= '' then
    call('HSET', KEYS[1], 'post', number, 'person', last_person, 'open', open,
        'posts', posts_there + 1, place, here)
else
    call('HSET', KEYS[1], 'post', number, 'person', last_person, 'open', open,
        'posts', posts_there + 1)
end
return 1 + full
