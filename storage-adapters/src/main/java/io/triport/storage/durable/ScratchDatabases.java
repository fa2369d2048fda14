package io.triport.storage.durable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.NavigableMap;

/**
 * Makes the databases that live objects work on. Nothing of them lasts by itself: what lasts are their pages, which a {@link
 * StateStore} keeps. Safe for many threads.
 */
public interface ScratchDatabases extends AutoCloseable {
    /** Gives the pages of a database that is kept. */
    interface StoredPages {
        /** Some that come next behind a number, each of {@link PageChanges#PAGE_BYTES}; none behind the last. */
        NavigableMap<Integer, Bytes> after(int number);
    }

    /**
     * Makes a database of its pages; an empty one where there are none.
     *
     * @throws StorageFailure.Unavailable OVERLOADED where too many are open
     */
    ScratchDatabase open(StoredPages pages);

    /** Whether those should be closed that nobody uses now. */
    boolean crowded();

    @Override
    void close();

    /** None: who asks for one is refused as UNSUPPORTED. */
    static ScratchDatabases none() {
        return new ScratchDatabases() {
            @Override
            public ScratchDatabase open(StoredPages pages) {
                throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "sql: objects have no databases here");
            }

            @Override
            public boolean crowded() {
                return false;
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
    }
}
