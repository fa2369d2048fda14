package io.triport.manager.route;

import io.triport.domain.request.Fetch;
import io.triport.identity.handler.PathPattern;
import io.triport.identity.stream.StreamReply;

/** A method and a path, and what answers them. */
public record Route(String method, PathPattern pattern, Handler handler) {
    /** What answers. */
    public sealed interface Handler {}

    /** A route for those who are known. Runs on a virtual thread and may wait. */
    public record Guarded(Answering answering) implements Handler {}

    /** A route for whoever holds a link to what it is about; no other credential counts there. Runs as a guarded one does. */
    public record Linked(Answering answering) implements Handler {}

    /** A route for everybody, which therefore reaches no storage. */
    public record Open(Public answering) implements Handler {}

    /** Answers somebody who is known. */
    @FunctionalInterface
    public interface Answering {
        StreamReply answer(Call call);
    }

    /** Answers anybody. */
    @FunctionalInterface
    public interface Public {
        StreamReply answer(Fetch fetch);
    }

    /** Its method and its path with the names of variables, as it is told to people. */
    public String name() {
        return method + " " + pattern;
    }

    public static Route get(String path, Answering answering) {
        return guarded("GET", path, answering);
    }

    public static Route post(String path, Answering answering) {
        return guarded("POST", path, answering);
    }

    public static Route put(String path, Answering answering) {
        return guarded("PUT", path, answering);
    }

    public static Route patch(String path, Answering answering) {
        return guarded("PATCH", path, answering);
    }

    public static Route delete(String path, Answering answering) {
        return guarded("DELETE", path, answering);
    }

    /** For whoever holds a link. */
    public static Route linked(String method, String path, Answering answering) {
        return new Route(method, PathPattern.of(path), new Linked(answering));
    }

    /** For everybody, without an identity. */
    public static Route open(String method, String path, Public answering) {
        return new Route(method, PathPattern.of(path), new Open(answering));
    }

    private static Route guarded(String method, String path, Answering answering) {
        return new Route(method, PathPattern.of(path), new Guarded(answering));
    }
}
