package io.triport.storage.nats;

/** What came of adding an entry to a stream. */
enum Appended {
    /** It is there, behind the entry that it was to follow. */
    DONE,
    /** It is not there: another entry follows that one, or the stream is another one. */
    REFUSED,
    /** Nobody knows yet. */
    UNANSWERED
}
