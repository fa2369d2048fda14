package io.triport.identity.trace;

import java.util.ArrayList;
import java.util.List;

/** A time within a request. Guarded by the lock of its trace until the request is over, and changed no more after that. */
final class Span {
    private static final long OPEN = -1;

    private final Stage stage;
    private final String name;
    private final String id;
    private final String parent;
    private final long start;
    private final List<Attribute> about;
    private long end = OPEN;
    private Fate fate = Fate.FINE;

    /** @param parent empty for none. @param start nanoseconds since 1970 */
    Span(Stage stage, String name, String id, String parent, long start, List<Attribute> about) {
        this.stage = stage;
        this.name = name;
        this.id = id;
        this.parent = parent;
        this.start = start;
        this.about = new ArrayList<>(about);
    }

    /** Once; what comes after the first does nothing. */
    void end(long at, Fate how, List<Attribute> more) {
        if (end == OPEN) {
            end = at;
            fate = how;
            about.addAll(more);
        }
    }

    Stage stage() {
        return stage;
    }

    String name() {
        return name;
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

    Fate fate() {
        return fate;
    }

    List<Attribute> about() {
        return about;
    }
}
