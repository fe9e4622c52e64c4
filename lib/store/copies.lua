-- SPDX-License-Identifier: MIT
-- Another copy of a post that is known.

-- PostKind, in its order.
local KIND_NAMES = { 'other', 'patch', 'cover', 'pull', 'reply', 'notice',
    'bot_report', 'diff', 'diff_reply' }

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

    local function has_entry(family, digests, at, entry)
        local value = call('GET', bucket_of(family, digests, at))
        return value and find_entry(family, value, entry)
    end

    local function is_marked(mark, number)
        return has_entry(MARKS, mark, 1, mark_entry(mark, number))
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
        return nil, 'LOST posts:' .. bucket
    end

    -- What was counted of a post, as its row has it. The copy at hand may say
    -- something else: who adds no lines to a patch, or calls it a reply, sends
    -- another text under the same identity.
    local function counted_of(row)
        local kinds, flags, insertions, deletions =
            unpacked('<BBI3I3', row.bytes, 17)
        local kind = KIND_NAMES[kinds % 16 + 1]
        return { posts = 1, [kind] = 1, malformed = flags % 2,
            insertions = insertions, deletions = deletions },
            kind == 'patch' or kind == 'cover'
    end

    local function move_counters(from_month, to_month, row, author, sender)
        local from, to = sums_of_month(from_month), sums_of_month(to_month)
        local amounts, is_authored = counted_of(row)
        for field, amount in pairs(amounts) do
            add(from.counters, field, -amount)
            add(to.counters, field, amount)
        end
        add(from.senders, sender, -1)
        add(to.senders, sender, 1)
        if is_authored then
            add(from.authors, author, -1)
            add(to.authors, author, 1)
        end
    end

    -- Are its credits, each a kind and a person, those of the record?
    local function has_credits(item, credits)
        local digests = find_people(item)
        local first = has(item, ITEM_HAS_SENDER) and 3 or 2
        if #credits ~= 4 * math.max(#digests - first + 1, 0) then return false end
        for i = first, #digests do
            local at = 4 * (i - first) + 1
            local value = call('HGET', base .. 'person', digests[i])
            local number = value and tonumber(match(value, '^%d+'))
            if not number or sub(credits, at, at + 3)
                ~= pack('<I1I3', byte(item.people, item.starts[i]), number) then
                return false
            end
        end
        return true
    end

    local function has_links(item, number)
        for i = 1, #item.links, 6 do
            if not has_entry(LINKS, item.links, i,
                sub(item.links, i, i + 5) .. pack('>I4', number)) then
                return false
            end
        end
        return true
    end

    -- Does this copy say what was counted of the post: the same kind and lines, the
    -- same people, the same links? What another version of the program counted may
    -- have other links.
    local function reads_alike(item, found, row, number)
        local kinds, lines = byte(row.bytes, 17), sub(row.bytes, 19)
        if kinds ~= byte(item.row_rear) or lines ~= sub(item.row_rear, 3) then
            return false
        end
        local rear = 18 + 4 * byte(found.bytes, 17)
        return byte(found.bytes, rear) ~= byte(item.record_rear)
            or (has_credits(item, sub(found.bytes, 18, rear - 1))
                and has_links(item, number))
    end

    local function note_difference(number)
        if call('SETBIT', base .. 'differs', number, '1') == 0 then
            add(sum_of('HINCRBY', KEYS[1]), 'differing', 1)
        end
    end

    -- An earlier copy of a known post came later: its arrival and mark are the
    -- post's from now on, as if it had come first.
    local function move(item, found, row, old)
        local credits = byte(found.bytes, 17)
        local author, sender = unpacked('<I3I3', found.bytes, 11)
        local old_month = month_of(old)
        local _, is_authored = counted_of(row)
        if old_month == item.month then
            call('SETRANGE', row.key, row.at - 1, item.arrival6)
        else
            call('SETRANGE', row.key, row.at - 1, string.rep('\0', ROW_BYTES))
            append_row(item.month, item.arrival6 .. sub(row.bytes, 7))
            move_counters(old_month, item.month, row, author, sender)
        end
        call('SETRANGE', found.key, found.offset + 4, item.arrival6)
        call('SETRANGE', found.key, found.offset + 18 + 4 * credits, item.mark)
        note_first(same_as(sender), item.arrival, false)
        if has(item, ITEM_IS_SPOKEN_FOR) then note_first(same_as(author), item.arrival, false) end
        if is_authored then note_first(same_as(author), item.arrival, true) end
        move_seen(item)
    end

    -- What an import answers where it reads a known mail again: 3, or 5 and the
    -- number if the record may lack fields that are known now.
    local function known_answer(item, number)
        local bucket = floor(number / POSTS_IN_BUCKET)
        local known = call('GETRANGE', base .. 'known', bucket, bucket)
        if (byte(known) or 0) >= byte(item.record_rear) then return 3 end
        return OUTCOME_LACKING + OUTCOMES * number
    end

    -- The journal tells the mail itself that an import has brought already. Any
    -- further one is a copy, if it came within the same millisecond, too.
    local function is_brought(item, number, old)
        return old == item.arrival and source ~= ''
            and not has(item, ITEM_IS_REPLAY) and is_marked(item.mark, number)
            and call('SREM', base .. 'brought', format('%d', number)) == 1
    end

    local function count_copy(item, number, old)
        local later, outcome = item.arrival, 2
        if has_erased and call('GETBIT', base .. 'erased', number) == 1 then
            return 3
        end
        if is_brought(item, number, old) then return 3 end
        -- A commit id names one copy; a derived mark is that of all copies.
        if has(item, ITEM_IS_REPLAY) and (has(item, ITEM_HAS_MARK) or old == item.arrival)
            and is_marked(item.mark, number) then
            return known_answer(item, number)
        end
        if item.arrival <= old then
            local found, failure = find_record(number)
            if failure then return failure end
            local at = 18 + 4 * byte(found.bytes, 17) + 1
            if item.arrival < old or item.mark < sub(found.bytes, at, at + 19) then
                write_rows()
                local row = find_row(month_of(old), old, number)
                if not row then return 'LOST rows:' .. month_of(old) end
                if not reads_alike(item, found, row, number) then
                    note_difference(number)
                    outcome = 6
                end
                move(item, found, row, old)
                later = old
            end
        end
        if (has(item, ITEM_HAS_MARK) or later ~= item.arrival)
            and not is_marked(item.mark, number) then
            add_mark(item.mark, number)
        end
        local month = later == item.arrival and item.month or month_of(later)
        local of_month = sums_of_month(month)
        add(of_month.dups, floor(later / 1000), 1)
        add(of_month.counters, 'duplicates', 1)
        add(sum_of('HINCRBY', KEYS[1]), 'duplicates', 1)
        return outcome
    end

    return count_copy
end
