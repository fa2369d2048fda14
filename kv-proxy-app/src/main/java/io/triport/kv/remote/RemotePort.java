package io.triport.kv.remote;

/** A port that can be served beside KV, by its name in the configuration, in scopes and in paths. */
public enum RemotePort {
    SQL("sql", "databases", Prefixes.NONE),
    QUEUE("queue", "queues", Prefixes.NONE),
    OBJECT("object", "buckets", Prefixes.HOLD),
    DO("do", "classes", Prefixes.HOLD),
    CACHE("cache", "caches", Prefixes.HOLD),
    VECTOR("vector", "indexes", Prefixes.NONE),
    AI("ai", "models", Prefixes.NONE);

    private final String text;
    private final String resources;
    private final Prefixes prefixes;

    /** Whether the prefixes of a key bear on what lies in a resource, such as the names of objects. */
    public enum Prefixes {
        HOLD,
        NONE
    }

    RemotePort(String text, String resources, Prefixes prefixes) {
        this.text = text;
        this.resources = resources;
        this.prefixes = prefixes;
    }

    public String text() {
        return text;
    }

    /** What the list of its resources is called. */
    public String resources() {
        return resources;
    }

    public Prefixes prefixes() {
        return prefixes;
    }

    @Override
    public String toString() {
        return text;
    }
}
