package io.triport.domain.keyvalue;

/**
 * Memory that a reader may take for values. A store asks for it before it reads values of more than {@link #ASKED_ABOVE} bytes
 * together, so that nothing is read that there is no room for. Used by one thread.
 */
@FunctionalInterface
public interface Room {
    /** Bytes that may be read unasked. */
    int ASKED_ABOVE = 65_536;

    /** As much as there is. */
    Room UNBOUNDED = bytes -> {};

    /** @throws io.triport.domain.failure.StorageFailure.Unavailable OVERLOADED where there is none for so many bytes now */
    void take(long bytes);

    /** Asks where it has to be asked. */
    default void takeIfLarge(long bytes) {
        if (bytes > ASKED_ABOVE) {
            take(bytes);
        }
    }
}
