-- SPDX-License-Identifier: MIT
-- Buckets of entries that are found by the first bits of a digest. How many
-- buckets there are follows from the highest post number alone: each time that
-- a family's posts are full, the next bucket is split in two, in turn (linear
-- hashing). So a digest lies in just one bucket, buckets stay small whatever
-- the size of the list, and nobody moves more than one bucket at a time. keys.c
-- finds the same ones.

-- layout LINKS_FIRST LINKS_POSTS LINKS_ENTRY MARKS_FIRST MARKS_POSTS
-- layout MARKS_ENTRY SEEN_FIRST SEEN_POSTS SEEN_ENTRY
local LINKS = { name = 'link:', first = LINKS_FIRST, posts = LINKS_POSTS,
    entry = LINKS_ENTRY }
local MARKS = { name = 'mark:', first = MARKS_FIRST, posts = MARKS_POSTS,
    entry = MARKS_ENTRY }
local SEEN = { name = 'seen:', first = SEEN_FIRST, posts = SEEN_POSTS,
    entry = SEEN_ENTRY }
local BUCKETS_MAX = 2 ^ 23

local function bucket_count(family, last_post)
    local count = floor(last_post / family.posts)
    if count < family.first then return family.first end
    return count < BUCKETS_MAX and count or BUCKETS_MAX
end

local function bits_of(count)
    local _, exponent = math.frexp(count)
    return exponent - 1
end

local function bucket_key(family, bits, index)
    return base .. family.name .. bits .. ':' .. index
end

-- How the buckets lie that bucket_of finds: set once a call of the script.
local function compute_bucket_layout(family, last_post)
    local count = bucket_count(family, last_post)
    local bits = bits_of(count)
    family.split = count - 2 ^ bits
    family.width = 2 ^ (24 - bits)
    family.key = bucket_key(family, bits, '')
    family.half_key = bucket_key(family, bits + 1, '')
end

-- The bucket of the digest that begins at this byte. Format prints an integer
-- in half of the time that .. takes, and % needs no call as floor does.
local function bucket_of(family, digests, at)
    local a, b, c = byte(digests, at, at + 2)
    local front = a * 65536 + b * 256 + c
    local width = family.width
    local index = (front - front % width) / width
    if index >= family.split then return family.key .. format('%d', index) end
    width = width / 2
    return family.half_key .. format('%d', (front - front % width) / width)
end

-- Where an entry that begins so lies in a bucket, or nil.
local function find_entry(family, value, front)
    local at = find(value, front, 1, true)
    while at and (at - 1) % family.entry ~= 0 do
        at = find(value, front, at + 1, true)
    end
    return at
end
