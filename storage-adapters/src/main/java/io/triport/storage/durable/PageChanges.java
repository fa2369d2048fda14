package io.triport.storage.durable;

import io.triport.domain.request.Bytes;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a commit changes of an object's database, whose pages are numbered from 1.
 *
 * @param before pages that are kept of it
 * @param after pages that it has then; none is kept beyond
 * @param written by their numbers; none where the database stays as it is
 */
public record PageChanges(int before, int after, NavigableMap<Integer, Bytes> written) {
    public static final int PAGE_BYTES = 4_096;

    /** The database stays as it is. */
    public static final PageChanges NONE = new PageChanges(0, 0, Collections.emptyNavigableMap());

    public PageChanges {
        written = Collections.unmodifiableNavigableMap(new TreeMap<>(written));
    }

    public boolean none() {
        return written.isEmpty();
    }

    /** How much more is to be kept, in bytes. */
    long growth() {
        return (long) (after - before) * PAGE_BYTES;
    }
}
