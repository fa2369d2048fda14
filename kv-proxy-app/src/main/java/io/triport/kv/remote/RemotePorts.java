package io.triport.kv.remote;

/** Which ports are served beside KV: the routes of a port are there when its sign is a bean. */
public final class RemotePorts {
    private RemotePorts() {}

    /** Databases are served. */
    public record Sql() {}

    /** Queues are served. */
    public record Queues() {}

    /** Models are served. */
    public record Models() {}
}
