package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an object keeps. Reads see what the event has written; all of it commits at the event's end, together. In a {@link
 * DurableObjects#read} every change is refused as UNSUPPORTED.
 */
public interface ObjectState {
    /** Keys of one call, entries of one put. */
    int MOST_AT_ONCE = 128;

    /** Bytes of a key and its value. */
    int MOST_BYTES = 2_000_000;

    /** Bytes of all keys and values of an object, and of its database; a commit that would leave more fails. */
    long MOST_BYTES_OF_OBJECT = 10_000_000_000L;

    /** Entries of one page of a listing. */
    int MOST_LISTED = 1_000;

    default Optional<Bytes> get(StateKey key) {
        return Optional.ofNullable(get(Set.of(key)).get(key));
    }

    /** Those that are there. @param keys at most 128 */
    Map<StateKey, Bytes> get(Set<StateKey> keys);

    default void put(StateKey key, Bytes value) {
        put(Map.of(key, value));
    }

    /**
     * @param entries at most 128
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for a key and value above 2,000,000 bytes
     */
    void put(Map<StateKey, Bytes> entries);

    /** How many were there. @param keys at most 128 */
    int delete(Set<StateKey> keys);

    /** In the order of the keys' bytes. */
    List<StateEntry> list(StateQuery query);

    /** The entries, and what is in {@link ObjectContext#sql}; the alarm stays. */
    void deleteAll();

    /** Does all of the body, or takes back what it wrote when it throws. */
    <R> R transaction(Supplier<R> body);
}
