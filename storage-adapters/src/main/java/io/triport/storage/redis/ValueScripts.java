package io.triport.storage.redis;

/**
 * What has to happen as one on the server. An answer about a namespace that is not there is an empty list. The time is the
 * caller's, in milliseconds, never the server's.
 */
final class ValueScripts {
    private static final String HEAD = """
        local titles, ids, counter, ends, dropped = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
        local function entry(id, key) return 'triport:{kv}:entry:' .. id .. key end
        local function index(id) return 'triport:{kv}:index:' .. id end
        local function live(version, expiry, now)
          return version and (expiry == '' or tonumber(expiry) > now)
        end
        """;

    /**
     * Versions grow over whatever a server forgets, since they are never below the time in microseconds: less than a million
     * writes a second do not overtake it. They stay below 2^53 until 2255, as the numbers of Lua must. The counter is written
     * first: a server without memory refuses the first write of a script, and none after it.
     */
    private static final String STORE = HEAD + """
        local function store(id, key, value, metadata, expiry, now)
          local last = tonumber(redis.call('GET', counter) or 0)
          local version = string.format('%.0f', math.max(last + 1, now * 1000))
          redis.call('SET', counter, version)
          redis.call('HSET', entry(id, key), 'value', value, 'metadata', metadata, 'expiry', expiry, 'version', version)
          redis.call('ZADD', index(id), 0, key)
          if expiry == '' then
            redis.call('ZREM', ends, id .. key)
          else
            redis.call('ZADD', ends, expiry, id .. key)
          end
          return version
        end
        local id = redis.call('HGET', titles, ARGV[1])
        if not id then return {} end
        local now = tonumber(ARGV[2])
        """;

    /** Title, time, most bytes, keys. @return bytes of all values, and a row for each live entry, with its value if they fit */
    static final byte[] GET = CacheKeys.bytes(HEAD + """
        local id = redis.call('HGET', titles, ARGV[1])
        if not id then return {} end
        local now, total, found = tonumber(ARGV[2]), 0, {}
        for at = 4, #ARGV do
          local name = entry(id, ARGV[at])
          local seen = redis.call('HMGET', name, 'version', 'expiry', 'metadata')
          if live(seen[1], seen[2], now) then
            total = total + redis.call('HSTRLEN', name, 'value')
            table.insert(found, {ARGV[at], seen[1], seen[2], seen[3]})
          end
        end
        if total <= tonumber(ARGV[3]) then
          for _, row in ipairs(found) do row[5] = redis.call('HGET', entry(id, row[1]), 'value') end
        end
        return {total, found}
        """);

    /** Title, time, expected version or nothing, key, value, metadata, expiry. @return whether it was stored; the version */
    static final byte[] PUT = CacheKeys.bytes(STORE + """
        local present = redis.call('HMGET', entry(id, ARGV[4]), 'version', 'expiry')
        local version = live(present[1], present[2], now) and present[1] or '0'
        if ARGV[3] ~= '' and ARGV[3] ~= version then return {0, version} end
        return {1, store(id, ARGV[4], ARGV[5], ARGV[6], ARGV[7], now)}
        """);

    /** Title, time, and key, value, metadata, expiry of each. @return how many were stored */
    static final byte[] PUT_MANY = CacheKeys.bytes(STORE + """
        for at = 3, #ARGV, 4 do store(id, ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], now) end
        return {(#ARGV - 2) / 4}
        """);

    /** Title, time, keys. @return how many were live */
    static final byte[] DELETE = CacheKeys.bytes(HEAD + """
        local id = redis.call('HGET', titles, ARGV[1])
        if not id then return {} end
        local now, gone = tonumber(ARGV[2]), 0
        for at = 3, #ARGV do
          local key = ARGV[at]
          local present = redis.call('HMGET', entry(id, key), 'version', 'expiry')
          if live(present[1], present[2], now) then gone = gone + 1 end
          redis.call('UNLINK', entry(id, key))
          redis.call('ZREM', index(id), key)
          redis.call('ZREM', ends, id .. key)
        end
        return {gone}
        """);

    /** Title, time, bounds, most keys. @return how many keys lie there, the last of them, and a row for each live one */
    static final byte[] LIST = CacheKeys.bytes(HEAD + """
        local id = redis.call('HGET', titles, ARGV[1])
        if not id then return {} end
        local now, rows = tonumber(ARGV[2]), {}
        local keys = redis.call('ZRANGEBYLEX', index(id), ARGV[3], ARGV[4], 'LIMIT', 0, ARGV[5])
        for _, key in ipairs(keys) do
          local seen = redis.call('HMGET', entry(id, key), 'version', 'expiry', 'metadata')
          if live(seen[1], seen[2], now) then table.insert(rows, {key, seen[2], seen[3]}) end
        end
        return {#keys, keys[#keys] or '', rows}
        """);

    /** Title, a new id. @return whether the title was free */
    static final byte[] CREATE = CacheKeys.bytes(HEAD + """
        if redis.call('HSETNX', titles, ARGV[1], ARGV[2]) == 0 then return 0 end
        redis.call('HSET', ids, ARGV[2], ARGV[1])
        return 1
        """);

    /** Id, title. @return 1 when it is done, 0 when the title is taken, -1 when there is no such id */
    static final byte[] RENAME = CacheKeys.bytes(HEAD + """
        local present = redis.call('HGET', ids, ARGV[1])
        if not present then return -1 end
        if present == ARGV[2] then return 1 end
        if redis.call('HSETNX', titles, ARGV[2], ARGV[1]) == 0 then return 0 end
        redis.call('HDEL', titles, present)
        redis.call('HSET', ids, ARGV[1], ARGV[2])
        return 1
        """);

    /** Id. The entries go later, since they may be many. @return whether there was one */
    static final byte[] DROP = CacheKeys.bytes(HEAD + """
        local title = redis.call('HGET', ids, ARGV[1])
        if not title then return 0 end
        redis.call('HDEL', titles, title)
        redis.call('HDEL', ids, ARGV[1])
        redis.call('SADD', dropped, ARGV[1])
        return 1
        """);

    /** Time, most. @return how many entries were removed */
    static final byte[] RECLAIM = CacheKeys.bytes(HEAD + """
        local most, gone = tonumber(ARGV[2]), 0
        local function remove(id, key)
          redis.call('UNLINK', entry(id, key))
          redis.call('ZREM', index(id), key)
          redis.call('ZREM', ends, id .. key)
          gone = gone + 1
        end
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', ARGV[1], 'LIMIT', 0, most)) do
          remove(string.sub(member, 1, 32), string.sub(member, 33))
        end
        while gone < most do
          local id = redis.call('SRANDMEMBER', dropped)
          if not id then break end
          local keys = redis.call('ZRANGE', index(id), 0, most - gone - 1)
          if #keys == 0 then redis.call('SREM', dropped, id) end
          for _, key in ipairs(keys) do remove(id, key) end
        end
        return gone
        """);

    private ValueScripts() {}
}
