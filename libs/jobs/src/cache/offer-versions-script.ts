/**
 * Stores what is not older than what was offered before, each key by itself. KEYS: of each entry
 * its value and its version, which outlives the value. ARGV: the two times to live, then of each
 * entry what to do (`keep` it, `replace` a value that is there, `drop` that), its version and its
 * value. Answers of each entry 1 where it was not older, or else the newer value, null where that
 * is gone.
 */
export const OFFER_VERSIONS_SCRIPT = `
local answers = {}
for entry = 1, #KEYS / 2 do
  local valueKey, versionKey = KEYS[entry * 2 - 1], KEYS[entry * 2]
  local action, version, value = ARGV[entry * 3], ARGV[entry * 3 + 1], ARGV[entry * 3 + 2]
  local offered = redis.call('GET', versionKey)
  if offered and tonumber(version) < tonumber(offered) then
    answers[entry] = redis.call('GET', valueKey)
  else
    redis.call('SET', versionKey, version, 'PX', ARGV[2])
    if action == 'keep' then
      redis.call('SET', valueKey, value, 'PX', ARGV[1])
    elseif action == 'replace' then
      redis.call('SET', valueKey, value, 'PX', ARGV[1], 'XX')
    else
      redis.call('DEL', valueKey)
    end
    answers[entry] = 1
  end
end
return answers`;
