package io.triport.gateway.audit;

import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.failure.StorageFailure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spill, whose failures are answers here: what it does not keep or give stays where it is. Safe for many threads. */
final class Disk {
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");

    private final AuditSpill spill;

    Disk(AuditSpill spill) {
        this.spill = spill;
    }

    /** @return whether it keeps them */
    boolean append(List<AuditRecord> records) {
        return succeeds(() -> spill.append(records));
    }

    /** @return whether it keeps them */
    boolean insert(long place, List<AuditRecord> records) {
        return succeeds(() -> spill.insert(place, records));
    }

    boolean isEmpty() {
        return spill.isEmpty();
    }

    /** @throws StorageFailure when it cannot say */
    List<AuditRecord> oldest(int most) {
        return spill.oldest(most);
    }

    void remove(int count) {
        spill.remove(count);
    }

    /** @throws StorageFailure when it has none to give */
    long place() {
        return spill.place();
    }

    static void failing(StorageFailure why) {
        LOG.error("audit spill=failing", why);
    }

    private static boolean succeeds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (StorageFailure e) {
            failing(e);
            return false;
        }
    }
}
