package io.triport.domain.queue;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** Messages that share one are delivered one after the other, in the order of their sends: 1 to 128 bytes. */
public record OrderingKey(Bytes bytes) {
    /** No order with others. */
    public static final OrderingKey NONE = new OrderingKey(Bytes.EMPTY);

    private static final int MOST = 128;

    /** @throws InvalidInput above 128 bytes */
    public OrderingKey {
        if (bytes.size() > MOST) {
            throw new InvalidInput("ordering key", "1.." + MOST + " bytes");
        }
    }

    /** @throws InvalidInput when empty, or above 128 bytes of UTF-8 */
    public static OrderingKey of(String text) {
        if (text.isEmpty()) {
            throw new InvalidInput("ordering key", "1.." + MOST + " bytes");
        }
        return new OrderingKey(Bytes.utf8(text));
    }

    public boolean isNone() {
        return bytes.isEmpty();
    }
}
