package io.triport.storage.sql;

/** What is done to the files of earlier states, in the order in which it happens; between any two the process may end. */
enum PastStep {
    /** A copy of the database lies beside the log. */
    COPIED,
    /** A file of the log begins at a copy. */
    BEGUN,
    /** Changes are in the log. */
    LOGGED,
    /** They are on the disk. */
    FORCED,
    /** SQLite has moved them out of its own log. */
    MOVED,
    /** What is not kept any more is gone. */
    TIDIED,
    /** A file of an earlier state is made. */
    BUILT,
    /** It has the number that the state will have. */
    NUMBERED,
    /** The database is that file. */
    RESTORED;

    /** Hears of them; a seam for tests. */
    interface Watch {
        Watch NOBODY = step -> {};

        void after(PastStep step);
    }
}
