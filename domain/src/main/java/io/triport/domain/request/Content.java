package io.triport.domain.request;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * A body of bytes, to be subscribed once or closed; who receives one owns it. One that a mechanism signs is held in memory
 * and may be read again.
 */
public interface Content extends AutoCloseable {
    /** The length in bytes, where it is known before the last byte. */
    OptionalLong length();

    /**
     * The bytes under back-pressure. A piece belongs to the subscriber until it asks for the next one, so it asks for one at a
     * time and copies what it keeps.
     *
     * @throws IllegalStateException on the second subscription of a body that streams
     */
    Flow.Publisher<ByteBuffer> bytes();

    /** The same body, failing with {@link InvalidInput} at the first byte above the bound. */
    Content limitedTo(ByteSize most);

    /** A body held in memory, whole. @throws IllegalStateException when the body streams */
    Bytes buffered();

    /** The fields that came behind the bytes, by their names in lower case; complete when the bytes have ended, before that empty. */
    default Map<String, String> trailers() {
        return Map.of();
    }

    /**
     * Whether asking for a piece never waits, because pieces are told by threads of the body's own, where a subscriber must not wait
     * either.
     */
    default boolean flows() {
        return false;
    }

    @Override
    void close();

    /** A body that is held in memory. */
    static Content of(Bytes bytes) {
        return new HeldContent(bytes);
    }
}
