package io.triport.kv.wire;

/** Says which app runs, so that a class path with several apps wires the beans of that one only. */
public final class ThisApp {
    public static final String PROPERTY = "micronaut.application.name";
    public static final String NAME = "kv-proxy";

    private ThisApp() {}
}
