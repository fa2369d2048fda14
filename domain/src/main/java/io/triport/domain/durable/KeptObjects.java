package io.triport.domain.durable;

import java.util.List;

/** A part of a listing. May be short or empty and still not be the last. */
public sealed interface KeptObjects {
    List<KeptObject> objects();

    /** Nothing follows. */
    record Last(List<KeptObject> objects) implements KeptObjects {
        public Last {
            objects = List.copyOf(objects);
        }
    }

    /** The listing goes on after the last one, which may be one that is not shown. */
    record More(List<KeptObject> objects, ObjectId last) implements KeptObjects {
        public More {
            objects = List.copyOf(objects);
        }
    }

    /** The part that a store has read. @param found what comes next, one more than the limit if there are so many */
    static KeptObjects of(List<KeptObject> found, int limit) {
        if (found.size() <= limit) {
            return new Last(found);
        }
        var page = found.subList(0, limit);
        return new More(page, page.getLast().id());
    }
}
