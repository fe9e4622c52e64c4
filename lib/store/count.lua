-- SPDX-License-Identifier: MIT
-- Counts posts of one list in order: deduplicates each, adds its facts and
-- moves the position of their source, all in one atomic step. Only facts are
-- added, so the order in which posts come cannot matter. What many posts share
-- (counters, chunks, people) is read and written once a call. Keys:
-- listpulse-counters(7).
--
-- KEYS[1] the list's meta hash; all other keys share its prefix and hash tag
-- KEYS[2] a key that never is: see script.h
-- ARGV    see write.c: source, and six words a post
-- returns an array with an answer a post: 1 counted, 2 duplicate, 3 this very
--         copy is known or the post was erased, 4 its row is behind the
--         position, 5 known as 3, and its record may lack fields, plus
--         16 * its number, 6 an earlier duplicate that says something else;
--         plus 16 * (bucket + 1) if a bucket is full now. If
--         a post could not be counted, its answer is the last one and says why:
--         'GAP n', another row was expected before; 'SEALED n', a bucket has to
--         be unpacked first; 'LOST key', a key that must be there is not

-- layout ROWS_IN_CHUNK ROW_BYTES POSTS_IN_BUCKET FORMAT FORMAT_OLDEST
-- layout ITEM_WORDS ITEM_HAS_MARK ITEM_IS_REPLAY ITEM_IS_AUTHORED
-- layout ITEM_IS_MALFORMED ITEM_HAS_SENDER ITEM_IS_ERASED ITEM_IS_SPOKEN_FOR
-- layout ITEM_IS_BROUGHT
-- layout OUTCOMES OUTCOME_LACKING EVENTS_KEPT
local HEAD = '<I6I6I6c6c8c20c8BI4I4'
local HEAD_BYTES = 69
local WORDS_AT_ONCE = 1000

local call = redis.call
local byte, find, format, match, sub =
    string.byte, string.find, string.format, string.match, string.sub
local floor, pack, unpacked = math.floor, struct.pack, struct.unpack

-- include rights.lua

local base = sub(KEYS[1], 1, -5)

-- include buckets.lua

local source = ARGV[1]

-- Numbers that stay as they are go to Redis as strings, since Lua prints a
-- number at the price of a command.
local place = 'at ' .. source
local meta = call('HMGET', KEYS[1], 'post', 'person', 'open', 'posts', 'format',
    'erased', place, 'whole')
local first_post = tonumber(meta[1] or 0)
local last_post, last_person = first_post, tonumber(meta[2] or 0)
local open, posts_there = meta[3], tonumber(meta[4] or 0)
local has_erased = meta[6]
local position = meta[7] and tonumber(match(meta[7], '^%d+'))
local is_whole = first_post == 0 or meta[8]
local last_item -- what the position becomes, if it moves

local format_there = tonumber(meta[5] or 0)
if first_post > 0 and format_there > FORMAT then
    return redis.error_reply('SCHEMA this list was counted by a newer listpulse '
        .. '(format ' .. format_there .. ', this one writes ' .. FORMAT
        .. '): update this one')
elseif first_post > 0 and format_there < FORMAT_OLDEST then
    return redis.error_reply('SCHEMA this list was counted by a listpulse from '
        .. 'before the first release (format ' .. format_there
        .. '): delete its keys and import it again')
end

compute_bucket_layout(LINKS, first_post)
compute_bucket_layout(MARKS, first_post)
compute_bucket_layout(SEEN, first_post)

-- include whole.lua

local function has(item, flag)
    return item.flags % (2 * flag) >= flag
end

local function read_item(at)
    local head = ARGV[at]
    local row, previous, arrival, month, identity, mark, row_rear, flags,
        insertions, deletions = unpacked(HEAD, head)
    return {
        row = row, previous = previous, arrival = arrival,
        arrival6 = sub(head, 13, 18), month = month,
        identity = identity, mark = mark, row_rear = row_rear,
        flags = flags, insertions = insertions, deletions = deletions,
        kind = sub(head, HEAD_BYTES + 1),
        record_rear = ARGV[at + 1], text = ARGV[at + 2],
        links = ARGV[at + 3], people = ARGV[at + 4], event = ARGV[at + 5],
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

-- include later.lua

-- ---- identities ---------------------------------------------------------

local seen, seen_changed = {}, {} -- key -> the bucket; keys that changed

-- Reads the buckets of the items; the key of one that is gone, or nil.
local function read_seen(items)
    local keys = {}
    for _, item in ipairs(items) do
        local key = bucket_of(SEEN, item.identity, 1)
        item.seen_key = key
        if not seen[key] then
            seen[key] = ''
            keys[#keys + 1] = key
        end
    end
    local values = call_in_pieces(keys, 'MGET')
    for i, key in ipairs(keys) do
        if not values[i] and first_post > 0 then return key end
        seen[key] = values[i] or ''
    end
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
    local half, start -- of the run of entries that stay together
    for at = 1, #value, family.entry do
        local now = byte(value, at + byte_at) % (2 * below) < below and lower or upper
        if now ~= half then
            if half then half[#half + 1] = sub(value, start, at - 1) end
            half, start = now, at
        end
    end
    if half then half[#half + 1] = sub(value, start) end
    call('DEL', from)
    for side, half in ipairs({ lower, upper }) do
        if #half > 0 or family == SEEN then
            call('SET', bucket_key(family, bits + 1, 2 * index + side - 1),
                table.concat(half))
        end
    end
end

-- include people.lua

-- ---- marks --------------------------------------------------------------

local function mark_entry(mark, number)
    return sub(mark, 1, 6) .. pack('>I4', number)
end

local function add_mark(mark, number)
    call('APPEND', bucket_of(MARKS, mark, 1), mark_entry(mark, number))
end

-- ---- one post -----------------------------------------------------------

local bucket, posts, texts -- the last bucket, and its keys
local known_there -- what all of its records know

-- known: has a byte a bucket, the least that a record of it knows of optional
-- fields (see record.h); 0 where format 4 wrote it.
local function note_known(place_in_bucket, known)
    if not known_there then
        known_there = place_in_bucket == 0 and ''
            or call('GETRANGE', base .. 'known', bucket, bucket)
    end
    local least = last_post > 1 and place_in_bucket > 0
        and (byte(known_there) or 0) or 255
    if known < least then
        known_there = string.char(known)
        call('SETRANGE', base .. 'known', bucket, known_there)
    end
end

-- Finds the bucket of a new number.
local function enter_bucket(item, number)
    local place_in_bucket = number % POSTS_IN_BUCKET
    if not bucket or place_in_bucket == 0 then
        bucket = (number - place_in_bucket) / POSTS_IN_BUCKET
        posts, texts = base .. 'posts:' .. bucket, base .. 'texts:' .. bucket
        known_there = nil
    end
    note_known(place_in_bucket, byte(item.record_rear))
end

-- 16 * (bucket + 1) if the number fills its bucket.
local function leave_bucket(number)
    if number % POSTS_IN_BUCKET ~= POSTS_IN_BUCKET - 1 then return 0 end
    full_keys[#full_keys + 1] = posts
    full_keys[#full_keys + 1] = texts
    return OUTCOMES * (bucket + 1)
end

-- Keeps record and text.
local function keep(item, number, names, credits)
    enter_bucket(item, number)
    local length = 17 + #credits + #item.record_rear
    append_later(posts, pack('<I2I4', length, number) .. item.arrival6 .. names
        .. pack('<I1', #credits / 4) .. credits .. item.record_rear)
    if item.text ~= '' then
        append_later(texts, pack('<I4I4', number, #item.text))
        append_later(texts, item.text)
    end
    return leave_bucket(number)
end

-- Of a post that was erased elsewhere only the identity is known.
local function keep_erased(item)
    last_post = last_post + 1
    enter_bucket(item, last_post)
    add_seen(item, last_post)
    call('SETBIT', base .. 'erased', last_post, '1')
    call('HINCRBY', KEYS[1], 'erased', 1)
    has_erased = '1'
    return 3 + leave_bucket(last_post)
end

local function add_numbers(item, author, sender)
    local of_month = sums_of_month(item.month)
    local counters = of_month.counters
    add(counters, 'posts', 1)
    add(counters, item.kind, 1)
    if has(item, ITEM_IS_MALFORMED) then add(counters, 'malformed', 1) end
    if item.insertions > 0 then add(counters, 'insertions', item.insertions) end
    if item.deletions > 0 then add(counters, 'deletions', item.deletions) end
    add(of_month.senders, sender[1], 1)
    note_first(sender[2], item.arrival, false)
    -- a list is the sender: whoever it speaks for has posted
    if has(item, ITEM_IS_SPOKEN_FOR) then note_first(author[2], item.arrival, false) end
    if has(item, ITEM_IS_AUTHORED) then
        add(of_month.authors, author[1], 1)
        note_first(author[2], item.arrival, true)
    end
end

local function hex_of(bytes)
    return (string.gsub(bytes, '.', function (c)
        return format('%02x', byte(c))
    end))
end

-- include events.lua

local function count_new(item)
    if has(item, ITEM_IS_ERASED) then return keep_erased(item) end
    last_post, posts_there = last_post + 1, posts_there + 1
    local number = last_post
    local author, sender, credits = people_of(item)
    local names = pack('<I3I3', author[1], sender[1])
    append_row(item.month,
        item.arrival6 .. pack('<I4', number) .. names .. item.row_rear)
    local full = keep(item, number, names, credits)
    local number4 = pack('>I4', number)
    for i = 1, #item.links, 6 do
        call('APPEND', bucket_of(LINKS, item.links, i),
            sub(item.links, i, i + 5) .. number4)
    end
    add_mark(item.mark, number)
    add_seen(item, number)
    add_numbers(item, author, sender)
    if has(item, ITEM_IS_BROUGHT) then
        call('SADD', base .. 'brought', format('%d', number))
    end
    tell_of(item, number)
    return 1 + full
end

-- include copies.lua

-- include other.lua

-- ---- a post ----------------------------------------------------------

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
        last_item = item
    end
    return answer
end

-- ---- all of them --------------------------------------------------------

-- A commit id goes with its row, so that a later import finds where it was
-- without a walk over the whole archive.
local function place_of(item)
    local here = format('%.0f %.0f', item.row, item.arrival)
    if not has(item, ITEM_HAS_MARK) then return here end
    return here .. ' ' .. hex_of(item.mark)
end

local function write_meta()
    local fields = {}
    if last_item then fields = { place, place_of(last_item) } end
    if last_post > first_post then
        for _, word in ipairs({ 'post', last_post, 'person', last_person,
            'posts', posts_there, 'format', FORMAT, 'whole', '1' }) do
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
for at = 2, #ARGV, ITEM_WORDS do items[#items + 1] = read_item(at) end
local lost = lost_key() or read_seen(items)
if lost then return redis.error_reply('LOST ' .. sub(lost, #base + 1)) end
read_people(items)
stop_if_other_data(items)
for i, item in ipairs(items) do
    answers[i] = count(item)
    if type(answers[i]) == 'string' then break end
end
write_rows()
write_parts()
write_seen()
if first_post == 0 and last_post > 0 then fill_buckets(SEEN) end
write_sums()
write_firsts()
each_split(last_post, split)
write_meta()
wake_followers()
return answers
