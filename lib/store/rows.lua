-- SPDX-License-Identifier: MIT
-- Finding one row in the chunks of its month. Rows were appended in order of
-- their posts' numbers, but for a few that came from another month later: so
-- the chunk is found by bisection, and by a walk only if it is not that one.

local ROWS = { entry = ROW_BYTES } -- for find_entry

local function row_in_chunk(month, chunk, needle)
    local key = base .. 'rows:' .. month .. ':' .. chunk
    local value = call('GET', key) or ''
    local at = find_entry(ROWS, value, needle)
    if at then
        return { key = key, at = at, value = value,
            bytes = sub(value, at, at + ROW_BYTES - 1) }
    end
end

-- The number of the first post of a chunk; an erased row has none.
local function first_number(month, chunk)
    local head = call('GETRANGE', base .. 'rows:' .. month .. ':' .. chunk, 0,
        ROW_BYTES - 1)
    return #head == ROW_BYTES and unpacked('<I4', head, 7) or 0
end

-- key, at (from 1) and bytes of the row, and the chunk it lies in; or nil.
local function find_row(month, arrival, number)
    local rows = tonumber(call('HGET', base .. 'rows', month) or 0)
    local needle = pack('<I6I4', arrival, number)
    local low, high = 0, floor(rows / ROWS_IN_CHUNK)
    while low < high do
        local middle = math.ceil((low + high) / 2)
        if first_number(month, middle) > number then
            high = middle - 1
        else
            low = middle
        end
    end
    local found = row_in_chunk(month, low, needle)
    for chunk = 0, found and -1 or floor(rows / ROWS_IN_CHUNK) do
        found = row_in_chunk(month, chunk, needle)
        if found then break end
    end
    return found
end
