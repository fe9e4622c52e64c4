-- SPDX-License-Identifier: MIT
-- People: numbers for headers From, and when each first wrote.

local people = {} -- digest of a header From -> { number, same }
local firsts, firsts_changed = {}, {}

-- Where an item's people begin in its word, and their digests: a kind, two
-- digests, the length of a value and that value each.
local function find_people(item)
    local word, starts, digests, at = item.people, {}, {}, 1
    local length = #word
    while at <= length do
        local count = #starts + 1
        starts[count], digests[count] = at, sub(word, at + 1, at + 8)
        local low, high = byte(word, at + 17, at + 18)
        at = at + 19 + low + 256 * high
    end
    item.starts, item.digests = starts, digests
    return digests
end

local function read_people(items)
    local digests, asked = {}, {}
    for _, item in ipairs(items) do
        for _, digest in ipairs(known_post(item) and {} or find_people(item)) do
            if not asked[digest] then
                asked[digest] = true
                digests[#digests + 1] = digest
            end
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
local function new_person(word, start)
    local digest, address, length = unpacked('<c8c8I2', word, start + 1)
    local value = sub(word, start + 19, start + 18 + length)
    last_person = last_person + 1
    local number = last_person
    local same = tonumber(call('HGET', base .. 'address', address) or number)
    if same == number then call('HSET', base .. 'address', address, number) end
    call('HSET', base .. 'person', digest, number .. ' ' .. same)
    call('HSET', base .. 'people', number, value)
    call('SETRANGE', base .. 'same', (number - 1) * 3, pack('<I3', same))
    return { number, same }
end

-- Author, sender, and the others with their kinds as a record holds them.
local function people_of(item)
    local found, credits = {}, {}
    for i, digest in ipairs(item.digests) do
        local person = people[digest]
        if not person then
            person = new_person(item.people, item.starts[i])
            people[digest] = person
        end
        found[i] = person
    end
    local others = has(item, ITEM_HAS_SENDER) and 3 or 2
    for i = others, #found do
        credits[#credits + 1] =
            pack('<I1I3', byte(item.people, item.starts[i]), found[i][1])
    end
    return found[1], found[others - 1], table.concat(credits)
end

local function note_first(person, arrival, is_patch)
    local first = firsts[person]
    if not first then
        local at = (person - 1) * 12
        local value = call('GETRANGE', base .. 'firsts', format('%d', at),
            format('%d', at + 11))
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
        call('SETRANGE', base .. 'firsts', format('%d', (person - 1) * 12),
            pack('<I6I6', first[1], first[2]))
    end
end
