package io.triport.domain.audit;

import java.util.List;
import java.util.Optional;

/** Where records stay. Only appends. Safe for many threads. */
public interface AuditSink extends AutoCloseable {
    /**
     * Keeps the records in their order, but for those of one batch in a table, whose rows say their moments. A record whose id is there already is left as it was, where the sink can tell; so a batch
     * may be sent again when nobody knows what became of it.
     *
     * @param batch 1 to 1000 records
     * @throws io.triport.domain.failure.StorageFailure when it cannot be known that they are kept
     */
    void append(List<AuditRecord> batch);

    /** The last link of a node's chain, to continue it after a restart; empty where the sink cannot tell. */
    Optional<AuditLink> lastLink(String node);

    @Override
    void close();
}
