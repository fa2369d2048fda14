package io.triport.storage.durable;

import io.triport.domain.failure.StorageFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that a live object works on, while it is the one that is stored. For whoever holds the object. */
final class Workbench {
    /*
     * Whether it is the stored one
     *
     * It is made of the stored pages within a tenure, and whatever commits pages within that tenure has written them here first.
     * It outlives the tenure where the next one is of the same session and of the next epoch: each claim makes the epoch greater
     * by one, so nobody else can have written. After a commit that failed it is thrown away.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int PAGES_AT_ONCE = 256;

    private final StateStore store;
    private final ScratchDatabases databases;
    private @Nullable Tenure tenure;
    private @Nullable ScratchDatabase database;

    Workbench(StateStore store, ScratchDatabases databases) {
        this.store = store;
        this.databases = databases;
    }

    /** The object is worked on within a tenure from now on. */
    void claimed(Tenure now) {
        if (tenure == null || !now.follows(tenure)) {
            clear();
        }
        tenure = now;
    }

    /** The stored one, with what was done to it since. */
    ScratchDatabase stored(Tenure now) {
        if (database == null) {
            database = databases.open(after -> store.pages(now, after, PAGES_AT_ONCE));
        }
        return database;
    }

    /** The same where it is there already. */
    Optional<ScratchDatabase> present() {
        return Optional.ofNullable(database);
    }

    /** One without anything in it. */
    ScratchDatabase empty() {
        return databases.open(after -> PageChanges.NONE.written());
    }

    /** From now on another is the stored one. @param other null for one that is empty and not made yet */
    void become(@Nullable ScratchDatabase other) {
        clear();
        database = other;
    }

    /** What was committed to it is stored. */
    void kept() {
        try {
            present().ifPresent(ScratchDatabase::kept);
        } catch (StorageFailure e) {
            LOG.warn("database of an object not used on, and made anew code={}", e.code(), e);
            clear();
        }
    }

    /** Takes back what is not stored. */
    void rollBack() {
        if (database != null && !database.rollBack()) {
            clear();
        }
    }

    /** Nobody uses it for now. */
    void rest() {
        if (databases.crowded()) {
            clear();
        }
    }

    void clear() {
        present().ifPresent(ScratchDatabase::close);
        database = null;
    }
}
