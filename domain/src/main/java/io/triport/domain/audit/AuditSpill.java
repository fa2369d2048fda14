package io.triport.domain.audit;

import java.util.List;

/**
 * Records that wait on this node's disk until their sink takes them, oldest first. What was given to it survives the process.
 * Safe for many threads.
 */
public interface AuditSpill extends AutoCloseable {
    /** Keeps records behind all others; returns when they survive the loss of power. @throws io.triport.domain.failure.StorageFailure */
    void append(List<AuditRecord> records);

    /** A place behind all records that were given so far and before all that come. */
    long place();

    /** Keeps records at a place, of which only one caller knows. @throws io.triport.domain.failure.StorageFailure */
    void insert(long place, List<AuditRecord> records);

    /** The oldest records, which stay. Empty when there are none. @throws io.triport.domain.failure.StorageFailure */
    List<AuditRecord> oldest(int most);

    /** Forgets the oldest records. After a crash some of them may come again. @param count not more than {@link #oldest} gave */
    void remove(int count);

    boolean isEmpty();

    /** The last link of the chain among its records, {@link AuditLink#NONE} when there is none. */
    AuditLink lastLink();

    @Override
    void close();
}
