package io.triport.storage.redis;

/**
 * Where entries lie on a server. The id of a namespace has 32 characters, so what stands behind it is the key, whatever
 * characters that has. The braces keep all of it in one slot of a cluster, for the scripts.
 */
final class ValueKeys {
    /** Ids by title. */
    static final byte[] TITLES = CacheKeys.bytes("triport:{kv}:titles");

    /** Titles by id. */
    static final byte[] IDS = CacheKeys.bytes("triport:{kv}:ids");

    /** The last version that was given, of all namespaces. */
    static final byte[] VERSION = CacheKeys.bytes("triport:{kv}:version");

    /** Id and key of what expires, by its end in milliseconds. */
    static final byte[] ENDS = CacheKeys.bytes("triport:{kv}:ends");

    /** Ids of namespaces whose entries are still to be removed. */
    static final byte[] DROPPED = CacheKeys.bytes("triport:{kv}:dropped");

    /** In the order in which the scripts name them. */
    static final byte[][] ALL = {TITLES, IDS, VERSION, ENDS, DROPPED};

    private ValueKeys() {}
}
