package io.triport.kv.remote;

/** A port that can be served beside KV, by its name in the configuration, in scopes and in paths. */
public enum RemotePort {
    SQL("sql", "databases"),
    QUEUE("queue", "queues"),
    AI("ai", "models");

    private final String text;
    private final String resources;

    RemotePort(String text, String resources) {
        this.text = text;
        this.resources = resources;
    }

    public String text() {
        return text;
    }

    /** What the list of its resources is called. */
    public String resources() {
        return resources;
    }

    @Override
    public String toString() {
        return text;
    }
}
