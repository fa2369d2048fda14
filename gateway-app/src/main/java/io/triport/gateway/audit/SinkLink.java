package io.triport.gateway.audit;

import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.StorageFailure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sink, and whether it took what it was last given. Safe for many threads. */
final class SinkLink {
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");

    private final AuditSink sink;
    private final Runnable lost;
    private volatile boolean away;

    /** @param lost called when the sink begins to refuse */
    SinkLink(AuditSink sink, Runnable lost) {
        this.sink = sink;
        this.lost = lost;
    }

    boolean away() {
        return away;
    }

    /** @return whether the sink has them */
    boolean send(List<AuditRecord> records) {
        try {
            sink.append(records);
            if (away) {
                away = false;
                LOG.info("audit sink=back");
            }
            return true;
        } catch (StorageFailure e) {
            if (!away) {
                away = true;
                LOG.warn("audit sink=away", e);
                lost.run();
            }
            return false;
        }
    }
}
