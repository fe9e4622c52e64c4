-- SPDX-License-Identifier: MIT
-- People: numbers for headers From, and when each first wrote.

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
