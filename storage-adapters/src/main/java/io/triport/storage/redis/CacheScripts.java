package io.triport.storage.redis;

/** What has to happen as one on the server. */
final class CacheScripts {
    /** Takes out a variant with all that is known of it. */
    private static final String DROP = """
        local order, ends, weights, total = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
        local function place(member) return 'triport:{cache}:place:' .. string.sub(member, 1, 32) end
        local function drop(member)
          local meta = redis.call('HGET', place(member), string.sub(member, 33))
          if meta then
            redis.call('UNLINK', 'triport:{cache}:body:' .. string.sub(meta, 21, 36))
            redis.call('HDEL', place(member), string.sub(member, 33))
          end
          local weight = redis.call('HGET', weights, member)
          if weight then
            redis.call('HDEL', weights, member)
            redis.call('DECRBY', total, weight)
          end
          redis.call('ZREM', order, member)
          redis.call('ZREM', ends, member)
          return meta
        end
        """;

    /**
     * Keeps a variant in the place of the one before, and lets go of what is over its time, of more variants than a URL may have, and of
     * the oldest until all together weigh no more than they may.
     */
    static final byte[] PUT = CacheKeys.bytes(DROP + """
        local member, meta, weight, finish, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
        local most, variants = tonumber(ARGV[6]), tonumber(ARGV[7])
        drop(member)
        if ARGV[8] ~= '' then drop(ARGV[8]) end
        for _, old in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, 100)) do drop(old) end
        local sequence = redis.call('INCR', KEYS[5])
        redis.call('HSET', place(member), string.sub(member, 33), string.format('%020d', sequence) .. meta)
        redis.call('ZADD', order, sequence, member)
        redis.call('ZADD', ends, finish, member)
        redis.call('HSET', weights, member, weight)
        redis.call('INCRBY', total, weight)
        while redis.call('HLEN', place(member)) > variants do
          local oldest, least
          local all = redis.call('HGETALL', place(member))
          for at = 1, #all, 2 do
            local number = string.sub(all[at + 1], 1, 20)
            if not least or number < least then oldest, least = all[at], number end
          end
          drop(string.sub(member, 1, 32) .. oldest)
        end
        while tonumber(redis.call('GET', total)) > most do
          local oldest = redis.call('ZRANGE', order, 0, 0)[1]
          if not oldest then redis.call('SET', total, 0) break end
          drop(oldest)
        end
        return sequence
        """);

    /** Takes out all variants of a place. @return what they were */
    static final byte[] DELETE = CacheKeys.bytes(DROP + """
        local gone = {}
        for _, variant in ipairs(redis.call('HKEYS', 'triport:{cache}:place:' .. ARGV[1])) do
          local meta = drop(ARGV[1] .. variant)
          if meta then table.insert(gone, meta) end
        end
        return gone
        """);

    /** Takes out one variant if it is still the one that was seen. */
    static final byte[] DROP_SEEN = CacheKeys.bytes(DROP + """
        local meta = redis.call('HGET', place(ARGV[1]), string.sub(ARGV[1], 33))
        if meta == ARGV[2] then drop(ARGV[1]) end
        return 1
        """);

    static final byte[][] KEYS = {
        CacheKeys.ORDER, CacheKeys.ENDS, CacheKeys.WEIGHTS, CacheKeys.TOTAL, CacheKeys.SEQUENCE
    };

    private CacheScripts() {}
}
