package io.triport.gateway.trace;

/** A time within a request. Confined to its event loop until the request is over, and changed no more after that. */
final class Span {
    private static final long OPEN = -1;

    private final Stage stage;
    private final String id;
    private final String parent;
    private final long start;
    private final String about;
    private long end = OPEN;
    private String outcome = "";

    /** @param parent empty for none. @param start nanoseconds since 1970 */
    Span(Stage stage, String id, String parent, long start, String about) {
        this.stage = stage;
        this.id = id;
        this.parent = parent;
        this.start = start;
        this.about = about;
    }

    /** Once; what comes after the first does nothing. */
    void end(long at, String how) {
        if (end == OPEN) {
            end = at;
            outcome = how;
        }
    }

    Stage stage() {
        return stage;
    }

    String id() {
        return id;
    }

    String parent() {
        return parent;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    String about() {
        return about;
    }

    String outcome() {
        return outcome;
    }
}
