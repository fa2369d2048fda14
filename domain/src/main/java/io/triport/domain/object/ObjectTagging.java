package io.triport.domain.object;

import java.util.Optional;

/** The tags of objects. Safe for many threads. */
public interface ObjectTagging {
    /** Empty where the object is missing. */
    Optional<Tags> get(ObjectRef object);

    /** Replaces all of them. @return false where the object is missing */
    boolean put(ObjectRef object, Tags tags);
}
