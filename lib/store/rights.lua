-- SPDX-License-Identifier: MIT
-- Every command that a script may come to must be allowed before it writes
-- anything: a refusal in the middle would tear what it does apart. A call
-- without keys only asks, for the commands that ARGV names, too.

local acl_check_cmd = redis.acl_check_cmd
local refused = {}

-- Redis 8 only answers for a call that the command could have: as many
-- arguments as it takes, which are tried. Those behind the key do not matter.
local function may(name)
    local call = { name, KEYS[1] or 'lp:{}:meta' }
    for _ = 1, 4 do
        local is_answer, answer = pcall(acl_check_cmd, unpack(call))
        if is_answer then return answer end
        call[#call + 1] = '0'
    end
    return acl_check_cmd(name)
end

local function check(name)
    if not refused[name] and not may(name) then
        refused[name] = true
        refused[#refused + 1] = string.lower(name)
    end
end

for _, name in ipairs(COMMANDS) do check(name) end
for _, names in ipairs(#KEYS == 0 and ARGV or {}) do
    string.gsub(names, '%a+', check)
end
if #refused > 0 then
    return redis.error_reply('DENIED ' .. table.concat(refused, ', '))
end
if #KEYS == 0 then return 0 end
