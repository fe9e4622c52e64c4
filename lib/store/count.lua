-- SPDX-License-Identifier: MIT
-- Counts posts of one list in order: deduplicates each, adds its facts and
-- moves the position of their source, all in one atomic step. Only facts are
-- added, so the order in which posts come cannot matter. What many posts share
-- (counters, chunks, people) is read and written once a call. Keys:
-- listpulse-counters(7).
--
-- KEYS[1] the list's meta hash; all other keys share its prefix and hash tag
-- ARGV    see write.c: source, whether this is a cluster, and five words a post
-- returns an array with an answer a post: 1 counted, 2 duplicate, 3 this very
--         copy is known, or the post was erased, 4 its row is behind the position; plus 16 * (bucket +
--         1) if a bucket of posts is full now. If a post could not be counted,
--         its answer is the last one and says why: 'GAP n', another row was
--         expected before; 'SEALED n', a bucket has to be unpacked first

local ROWS_IN_CHUNK = 170
local ROW_BYTES = 24
local POSTS_IN_BUCKET = 32
local FORMAT = '2'
local HEAD = '<I6I6I6c6c8c20c8BI4I4'
local HEAD_BYTES = 69
local ITEM_WORDS = 5
local WORDS_AT_ONCE = 1000
local HAS_MARK, IS_REPLAY, IS_AUTHORED, IS_MALFORMED, IS_SENDER = 1, 2, 4, 8, 16

local call = redis.call
local byte, find, format, match, sub =
    string.byte, string.find, string.format, string.match, string.sub
local floor, pack, unpacked = math.floor, struct.pack, struct.unpack
local base = sub(KEYS[1], 1, -5)

-- include buckets.lua

local source, is_cluster = ARGV[1], ARGV[2] == '1'

-- Numbers that stay as they are go to Redis as strings, since Lua prints a
-- number at the price of a command.
local place = 'at ' .. source
local meta = call('HMGET', KEYS[1], 'post', 'person', 'open', 'posts', 'format',
    'erased', place)
local first_post = tonumber(meta[1] or 0)
local last_post, last_person = first_post, tonumber(meta[2] or 0)
local open, posts_there = meta[3], tonumber(meta[4] or 0)
local has_erased = meta[6]
local position = meta[7] and tonumber(match(meta[7], '^%d+'))
local here -- what the position becomes, if it moves

if first_post > 0 and meta[5] ~= FORMAT then
    return redis.error_reply('SCHEMA this list was counted by another version '
        .. 'of listpulse; delete its keys and import it again')
end

lay_buckets(LINKS, first_post)
lay_buckets(MARKS, first_post)
lay_buckets(SEEN, first_post)

local function has(flags, flag)
    return floor(flags / flag) % 2 == 1
end

local function read_item(at)
    local head = ARGV[at]
    local row, previous, arrival, month, identity, mark, row_rear, flags,
        insertions, deletions = unpacked(HEAD, head)
    return {
        row = row, previous = previous, arrival = arrival,
        arrival6 = sub(head, 13, 18), month = month,
        identity = identity, mark = mark, row_rear = row_rear,
        has_mark = has(flags, HAS_MARK), is_replay = has(flags, IS_REPLAY),
        is_authored = has(flags, IS_AUTHORED),
        is_malformed = has(flags, IS_MALFORMED),
        has_sender = has(flags, IS_SENDER),
        insertions = insertions, deletions = deletions,
        kind = sub(head, HEAD_BYTES + 1),
        record_rear = ARGV[at + 1], text = ARGV[at + 2],
        links = ARGV[at + 3], people = ARGV[at + 4],
    }
end

-- A command over many words in pieces that Lua's stack takes; all answers.
local function call_in_pieces(words, ...)
    local answers = {}
    for from = 1, #words, WORDS_AT_ONCE do
        local piece = { ... }
        for i = from, math.min(from + WORDS_AT_ONCE - 1, #words) do
            piece[#piece + 1] = words[i]
        end
        local answer = call(unpack(piece))
        for i = 1, type(answer) == 'table' and #answer or 0 do
            answers[from - 1 + i] = answer[i]
        end
    end
    return answers
end

-- ---- what is written at the end, once for all posts ---------------------

local sums = {} -- key -> { key, command, names, amounts by name }
local sum_list = {}

local function sum_of(command, key)
    local sum = sums[key]
    if not sum then
        sum = { key = key, command = command, names = {}, amounts = {} }
        sums[key] = sum
        sum_list[#sum_list + 1] = sum
    end
    return sum
end

local function add(sum, name, amount)
    local before = sum.amounts[name]
    if not before then sum.names[#sum.names + 1] = name end
    sum.amounts[name] = (before or 0) + amount
end

local sums_of_months = {}

local function sums_of_month(month)
    if not sums_of_months[month] then
        sums_of_months[month] = {
            counters = sum_of('HINCRBY', base .. 'month:' .. month),
            senders = sum_of('ZINCRBY', base .. 'senders:' .. month),
            authors = sum_of('ZINCRBY', base .. 'authors:' .. month),
            dups = sum_of('HINCRBY', base .. 'dups:' .. month),
        }
    end
    return sums_of_months[month]
end

local function write_sums()
    for _, sum in ipairs(sum_list) do
        for _, name in ipairs(sum.names) do
            local amount = sum.amounts[name]
            if amount ~= 0 and sum.command == 'ZINCRBY' then
                call('ZINCRBY', sum.key, amount, name)
            elseif amount ~= 0 then
                call('HINCRBY', sum.key, name, amount)
            end
        end
    end
end

local new_parts, part_keys = {}, {} -- key -> strings to append to it

local function append_later(key, value)
    if not new_parts[key] then
        new_parts[key] = {}
        part_keys[#part_keys + 1] = key
    end
    local parts = new_parts[key]
    parts[#parts + 1] = value
end

-- Writes a string anew so that it holds no room to grow.
local function compact(key)
    local value = call('GET', key)
    if value then call('SET', key, value) end
end

local full_keys = {}

local function write_parts()
    for _, key in ipairs(part_keys) do
        call('APPEND', key, table.concat(new_parts[key]))
    end
    for _, key in ipairs(full_keys) do compact(key) end
    new_parts, part_keys, full_keys = {}, {}, {}
end

local new_rows, row_months = {}, {} -- month -> rows of it

local function append_row(month, bytes)
    if not new_rows[month] then
        new_rows[month] = {}
        row_months[#row_months + 1] = month
    end
    local rows = new_rows[month]
    rows[#rows + 1] = bytes
end

local function write_rows()
    for _, month in ipairs(row_months) do
        local rows = new_rows[month]
        local first = call('HINCRBY', base .. 'rows', month, #rows) - #rows
        local at = 1
        while at <= #rows do
            local chunk = floor((first + at - 1) / ROWS_IN_CHUNK)
            local last = math.min(#rows, (chunk + 1) * ROWS_IN_CHUNK - first)
            local key = base .. 'rows:' .. month .. ':' .. chunk
            call('APPEND', key, table.concat(rows, '', at, last))
            if open and open ~= key then compact(open) end
            open = key
            at = last + 1
        end
    end
    new_rows, row_months = {}, {}
end

-- ---- identities ---------------------------------------------------------

local seen, seen_changed = {}, {} -- key -> the bucket; keys that changed

local function read_seen(items)
    local keys = {}
    for _, item in ipairs(items) do
        local key = bucket_of(SEEN, item.identity)
        item.seen_key = key
        if not seen[key] then
            seen[key] = ''
            keys[#keys + 1] = key
        end
    end
    local values = call_in_pieces(keys, 'MGET')
    for i, key in ipairs(keys) do seen[key] = values[i] or '' end
end

-- The post's number and arrival, or nil.
local function known_post(item)
    local value = seen[item.seen_key]
    local at = find_entry(SEEN, value, item.identity)
    if at then
        local number, arrival = unpacked('<I4I6', value, at + 8)
        return number, arrival
    end
end

local function change_seen(key, value)
    if not seen_changed[key] then
        seen_changed[key] = true
        seen_changed[#seen_changed + 1] = key
    end
    seen[key] = value
end

local function add_seen(item, number)
    change_seen(item.seen_key, seen[item.seen_key] .. item.identity
        .. pack('<I4', number) .. item.arrival6)
end

local function write_seen()
    for _, key in ipairs(seen_changed) do call('SET', key, seen[key]) end
end

-- ---- splitting ----------------------------------------------------------
-- Redis makes every function of a script anew at each call; so those that few
-- calls need stand in the one function that needs them.

-- Calls act with each family and bucket that is split on the way to last.
local function each_split(last, act)
    if floor(first_post / LINKS.posts) == floor(last / LINKS.posts) then return end
    for _, family in ipairs({ LINKS, MARKS, SEEN }) do
        for number = bucket_count(family, first_post),
            bucket_count(family, last) - 1 do
            act(family, number)
        end
    end
end

local function split(family, number)
    local bits = bits_of(number)
    local index = number - 2 ^ bits
    local from = bucket_key(family, bits, index)
    local value = call('GET', from)
    if not value then return end
    -- The bit behind those that all entries of the bucket share.
    local byte_at, below = floor(bits / 8), 2 ^ (7 - bits % 8)
    local lower, upper = {}, {}
    for at = 1, #value, family.entry do
        local half = floor(byte(value, at + byte_at) / below) % 2 == 0 and lower or upper
        half[#half + 1] = sub(value, at, at + family.entry - 1)
    end
    call('DEL', from)
    for side, half in ipairs({ lower, upper }) do
        if #half > 0 then
            call('SET', bucket_key(family, bits + 1, 2 * index + side - 1),
                table.concat(half))
        end
    end
end

-- ---- people -------------------------------------------------------------

local people = {} -- digest of a header From -> { number, same }
local firsts, firsts_changed = {}, {}

-- One of an item's people, and where the next one begins.
local function person_at(item, at)
    local kind, digest, address, length =
        unpacked('<Bc8c8I2', item.people, at)
    return kind, digest, address, at + 19, at + 19 + length
end

local function read_people(items)
    local digests, asked = {}, {}
    for _, item in ipairs(items) do
        local at = known_post(item) and #item.people + 1 or 1
        while at <= #item.people do
            local _, digest, _, _, after = person_at(item, at)
            if not asked[digest] then
                asked[digest] = true
                digests[#digests + 1] = digest
            end
            at = after
        end
    end
    local values = call_in_pieces(digests, 'HMGET', base .. 'person')
    for i, digest in ipairs(digests) do
        if values[i] then
            local number, same = match(values[i], '^(%d+) (%d+)$')
            people[digest] = { tonumber(number), tonumber(same) }
        end
    end
end

-- A person is a header From as it stood; the first one with an address stands
-- for all that have it where only the address matters (see note_first).
local function new_person(digest, address, value)
    last_person = last_person + 1
    local number = last_person
    local same = tonumber(call('HGET', base .. 'address', address) or number)
    if same == number then call('HSET', base .. 'address', address, number) end
    call('HSET', base .. 'person', digest, number .. ' ' .. same)
    call('HSET', base .. 'people', number, value)
    call('SETRANGE', base .. 'same', (number - 1) * 3, pack('<I3', same))
    return { number, same }
end

local function people_of(item)
    local found, kinds, at = {}, {}, 1
    while at <= #item.people do
        local kind, digest, address, value, after = person_at(item, at)
        if not people[digest] then
            people[digest] = new_person(digest, address,
                sub(item.people, value, after - 1))
        end
        found[#found + 1], kinds[#kinds + 1] = people[digest], kind
        at = after
    end
    return found, kinds
end

local function note_first(person, arrival, is_patch)
    local first = firsts[person]
    if not first then
        local at = (person - 1) * 12
        local value = call('GETRANGE', base .. 'firsts', at, at + 11)
        first = { 0, 0 }
        if #value == 12 then first = { unpacked('<I6I6', value) } end
        firsts[person] = first
    end
    local which = is_patch and 2 or 1
    if first[which] == 0 or arrival < first[which] then
        first[which] = arrival
        if not first.is_changed then
            first.is_changed = true
            firsts_changed[#firsts_changed + 1] = person
        end
    end
end

local function write_firsts()
    for _, person in ipairs(firsts_changed) do
        local first = firsts[person]
        call('SETRANGE', base .. 'firsts', (person - 1) * 12,
            pack('<I6I6', first[1], first[2]))
    end
end

-- ---- marks --------------------------------------------------------------

local function mark_entry(mark, number)
    return sub(mark, 1, 6) .. pack('>I4', number)
end

local function add_mark(mark, number)
    call('APPEND', bucket_of(MARKS, mark), mark_entry(mark, number))
end

-- ---- one post -----------------------------------------------------------

-- Keeps record and text; 16 * (bucket + 1) if that fills their bucket.
local function keep(item, number, names, credits)
    local bucket = floor(number / POSTS_IN_BUCKET)
    local posts, texts = base .. 'posts:' .. bucket, base .. 'texts:' .. bucket
    local length = 17 + 4 * #credits + #item.record_rear
    append_later(posts, pack('<I2I4', length, number) .. item.arrival6 .. names
        .. pack('<I1', #credits) .. table.concat(credits) .. item.record_rear)
    if item.text ~= '' then
        append_later(texts, pack('<I4I4', number, #item.text))
        append_later(texts, item.text)
    end
    if number % POSTS_IN_BUCKET ~= POSTS_IN_BUCKET - 1 then return 0 end
    full_keys[#full_keys + 1] = posts
    full_keys[#full_keys + 1] = texts
    return 16 * (bucket + 1)
end

local function add_numbers(item, author, sender)
    local of_month = sums_of_month(item.month)
    local counters = of_month.counters
    add(counters, 'posts', 1)
    add(counters, item.kind, 1)
    if item.is_malformed then add(counters, 'malformed', 1) end
    if item.insertions > 0 then add(counters, 'insertions', item.insertions) end
    if item.deletions > 0 then add(counters, 'deletions', item.deletions) end
    add(of_month.senders, sender[1], 1)
    note_first(sender[2], item.arrival, false)
    if item.is_authored then
        add(of_month.authors, author[1], 1)
        note_first(author[2], item.arrival, true)
    end
end

local function count_new(item)
    last_post, posts_there = last_post + 1, posts_there + 1
    local number = last_post
    local found, kinds = people_of(item)
    local author = found[1]
    local sender = item.has_sender and found[2] or author
    local credits = {}
    for i = item.has_sender and 3 or 2, #found do
        credits[#credits + 1] = pack('<I1I3', kinds[i], found[i][1])
    end
    local names = pack('<I3I3', author[1], sender[1])
    append_row(item.month,
        item.arrival6 .. pack('<I4', number) .. names .. item.row_rear)
    local full = keep(item, number, names, credits)
    local number4 = pack('>I4', number)
    for i = 1, #item.links, 6 do
        local link = sub(item.links, i, i + 5)
        call('APPEND', bucket_of(LINKS, link), link .. number4)
    end
    add_mark(item.mark, number)
    add_seen(item, number)
    add_numbers(item, author, sender)
    return 1 + full
end

-- ---- copies -------------------------------------------------------------

local function month_of(ms)
    local days = floor(ms / 86400000) + 719468
    local era = floor(days / 146097)
    local doe = days - era * 146097
    local yoe = floor((doe - floor(doe / 1460)
        + floor(doe / 36524) - floor(doe / 146096)) / 365)
    local doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100))
    local mp = floor((5 * doy + 2) / 153)
    local m = mp < 10 and mp + 3 or mp - 9
    return format('%04d%02d', yoe + era * 400 + (m <= 2 and 1 or 0), m)
end

-- Gives the function that counts a copy of a known post.
local function copy_counter()
    -- include rows.lua

    local function same_as(person)
        local value = call('GETRANGE', base .. 'same', (person - 1) * 3, person * 3 - 1)
        return #value == 3 and unpacked('<I3', value) or person
    end

    local function move_seen(item)
        local value = seen[item.seen_key]
        local at = find_entry(SEEN, value, item.identity)
        change_seen(item.seen_key, sub(value, 1, at + 11) .. item.arrival6
            .. sub(value, at + SEEN.entry))
    end

    local function is_marked(mark, number)
        local value = call('GET', bucket_of(MARKS, mark))
        return value and find_entry(MARKS, value, mark_entry(mark, number))
    end

    -- The record of a post: its offset in the bucket's string and its bytes. A full
    -- bucket was packed with zstd, which begins with these bytes; a record's length
    -- never does.
    local function find_record(number)
        local bucket = floor(number / POSTS_IN_BUCKET)
        local key = base .. 'posts:' .. bucket
        write_parts()
        local value = call('GET', key) or ''
        if sub(value, 1, 4) == '\40\181\47\253' then
            return nil, 'SEALED ' .. bucket
        end
        local at = 1
        while at + 6 <= #value do
            local length, post = unpacked('<I2I4', value, at)
            if post == number then
                return { key = key, offset = at + 1,
                    bytes = sub(value, at + 2, at + 1 + length) }
            end
            at = at + 2 + length
        end
    end

    local function move_counters(item, old_month, author, sender)
        local from, to = sums_of_month(old_month), sums_of_month(item.month)
        local amounts = { posts = 1, [item.kind] = 1,
            malformed = item.is_malformed and 1 or 0,
            insertions = item.insertions, deletions = item.deletions }
        for field, amount in pairs(amounts) do
            add(from.counters, field, -amount)
            add(to.counters, field, amount)
        end
        add(from.senders, sender, -1)
        add(to.senders, sender, 1)
        if item.is_authored then
            add(from.authors, author, -1)
            add(to.authors, author, 1)
        end
    end

    -- An earlier copy of a known post came later: its arrival and mark are the
    -- post's from now on, as if it had come first.
    local function move(item, number, found, old)
        local credits = byte(found.bytes, 17)
        local author, sender = unpacked('<I3I3', found.bytes, 11)
        local old_month = month_of(old)
        write_rows()
        local row = find_row(old_month, old, number)
        if row and old_month == item.month then
            call('SETRANGE', row.key, row.at - 1, item.arrival6)
        elseif row then
            call('SETRANGE', row.key, row.at - 1, string.rep('\0', ROW_BYTES))
            append_row(item.month, item.arrival6 .. sub(row.bytes, 7))
        end
        call('SETRANGE', found.key, found.offset + 4, item.arrival6)
        call('SETRANGE', found.key, found.offset + 18 + 4 * credits, item.mark)
        if old_month ~= item.month then move_counters(item, old_month, author, sender) end
        note_first(same_as(sender), item.arrival, false)
        if item.is_authored then note_first(same_as(author), item.arrival, true) end
        move_seen(item)
    end

    local function count_copy(item, number, old)
        local later = item.arrival
        if has_erased and call('GETBIT', base .. 'erased', number) == 1 then
            return 3
        end
        -- A commit id names one copy; a derived mark is that of all copies.
        if item.is_replay and (item.has_mark or old == item.arrival)
            and is_marked(item.mark, number) then
            return 3
        end
        if item.arrival <= old then
            local found, failure = find_record(number)
            if failure then return failure end
            local at = found and 18 + 4 * byte(found.bytes, 17) + 1
            if found and (item.arrival < old
                or item.mark < sub(found.bytes, at, at + 19)) then
                move(item, number, found, old)
                later = old
            end
        end
        if (item.has_mark or later ~= item.arrival)
            and not is_marked(item.mark, number) then
            add_mark(item.mark, number)
        end
        local month = later == item.arrival and item.month or month_of(later)
        local of_month = sums_of_month(month)
        add(of_month.dups, floor(later / 1000), 1)
        add(of_month.counters, 'duplicates', 1)
        add(sum_of('HINCRBY', KEYS[1]), 'duplicates', 1)
        return 2
    end

    return count_copy
end

local count_copy -- made for the first copy

local function count(item)
    if source ~= '' then
        if position and item.row <= position then return 4 end
        if item.previous ~= 0 and item.previous ~= (position or 0) then
            return format('GAP %.0f', position or 0)
        end
    end
    local number, old = known_post(item)
    local answer
    if number then
        count_copy = count_copy or copy_counter()
        answer = count_copy(item, number, old)
    else
        answer = count_new(item)
    end
    if source ~= '' and type(answer) == 'number' then
        position = item.row
        here = format('%.0f %.0f', item.row, item.arrival)
    end
    return answer
end

-- ---- while a slot moves -------------------------------------------------

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
        for _, name in ipairs({ 'person', 'people', 'address', 'same', 'firsts', 'rows', 'erased' }) do
            keys[#keys + 1] = base .. name
        end
        for _, item in ipairs(items) do
            keys[#keys + 1] = bucket_of(MARKS, item.mark)
            keys[#keys + 1] = item.seen_key
            for at = 1, #item.links, 6 do
                keys[#keys + 1] = bucket_of(LINKS,
                    sub(item.links, at, at + 5))
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

-- ---- all of them --------------------------------------------------------

local function write_meta()
    local fields = {}
    if here then fields = { place, here } end
    if last_post > first_post then
        for _, word in ipairs({ 'post', last_post, 'person', last_person,
            'posts', posts_there, 'format', FORMAT }) do
            fields[#fields + 1] = word
        end
    end
    if open and open ~= meta[3] then
        fields[#fields + 1] = 'open'
        fields[#fields + 1] = open
    end
    if #fields > 0 then call('HSET', KEYS[1], unpack(fields)) end
end

local items, answers = {}, {}
for at = 3, #ARGV, ITEM_WORDS do items[#items + 1] = read_item(at) end
read_seen(items)
if is_cluster then stop_if_moving(items) end
read_people(items)
for i, item in ipairs(items) do
    answers[i] = count(item)
    if type(answers[i]) == 'string' then break end
end
write_rows()
write_parts()
write_seen()
write_sums()
write_firsts()
each_split(last_post, split)
write_meta()
return answers
