-- SPDX-License-Identifier: MIT
-- Puts a value in the place of another that says the same, packed or unpacked,
-- if that is still there.
--
-- KEYS[1] the key; KEYS[2] see script.h; ARGV[1] SHA-1 of what should be there; ARGV[2] the new value
-- returns 1 if it was put there, else 0

-- include rights.lua

local value = redis.call('GET', KEYS[1])
if value and redis.sha1hex(value) == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2])
    return 1
end
return 0
