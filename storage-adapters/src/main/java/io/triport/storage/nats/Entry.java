package io.triport.storage.nats;

import io.triport.domain.request.Bytes;
import java.util.List;

/**
 * Changes that take effect together, as one message of the stream.
 *
 * @param mark of this entry and no other, by which its writer knows it again
 * @param before the mark of the entry before it
 */
record Entry(Bytes mark, Bytes before, List<Change> changes) {
    static final int MARK_BYTES = 16;
    static final Bytes NO_MARK = Bytes.copyOf(new byte[MARK_BYTES]);

    Entry {
        changes = List.copyOf(changes);
    }
}
