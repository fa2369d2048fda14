package io.triport.domain.queue;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** Names what a message is about, so that a send that is repeated has no effect: 1 to 128 bytes. */
public record DedupId(Bytes bytes) {
    /** Every send counts. */
    public static final DedupId NONE = new DedupId(Bytes.EMPTY);

    private static final int MOST = 128;

    /** @throws InvalidInput above 128 bytes */
    public DedupId {
        if (bytes.size() > MOST) {
            throw new InvalidInput("dedup id", "1.." + MOST + " bytes");
        }
    }

    /** @throws InvalidInput when empty, or above 128 bytes of UTF-8 */
    public static DedupId of(String text) {
        if (text.isEmpty()) {
            throw new InvalidInput("dedup id", "1.." + MOST + " bytes");
        }
        return new DedupId(Bytes.utf8(text));
    }

    public boolean isNone() {
        return bytes.isEmpty();
    }
}
