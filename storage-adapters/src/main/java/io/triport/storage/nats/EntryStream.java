package io.triport.storage.nats;

import io.triport.domain.request.Bytes;
import java.util.Collection;
import java.util.Map;

/** Entries, each with the number behind that of the one before it. Used by one thread at a time, but for {@link #close}. */
interface EntryStream extends AutoCloseable {
    /** @throws io.triport.domain.failure.StorageFailure.Unavailable where the server does not answer, or does not know us */
    Extent extent();

    /**
     * The entries of the numbers.
     *
     * @throws Gone for one that is not there
     * @throws io.triport.domain.failure.StorageFailure.Unavailable as above
     */
    Map<Long, Bytes> read(Collection<Long> numbers);

    /**
     * Adds an entry, if none is behind the one of the number.
     *
     * @throws io.triport.domain.failure.StorageFailure.Unavailable where it is not there and will not be
     */
    Appended append(long behind, byte[] entry);

    /** Removes all entries before the number. @throws io.triport.domain.failure.StorageFailure.Unavailable as above */
    void cut(long before);

    @Override
    void close();
}
