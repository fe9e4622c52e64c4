-- SPDX-License-Identifier: MIT
-- What is written at the end of a call, once for all of its posts: sums, strings to
-- append, rows.

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
            local digits = format('%d', amount)
            if amount ~= 0 and sum.command == 'ZINCRBY' then
                call('ZINCRBY', sum.key, digits, name)
            elseif amount ~= 0 then
                call('HINCRBY', sum.key, name, digits)
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
