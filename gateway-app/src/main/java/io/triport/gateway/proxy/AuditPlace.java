package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.triport.domain.audit.AuditRecord;
import io.triport.gateway.audit.AuditQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The place that the record of a request has in the queue before anything is done for it. Confined to an event loop. */
final class AuditPlace {
    private static final int PATIENCE_SECONDS = 1;

    private final AuditQueue queue;
    private final EventLoop loop;
    private AuditQueue.@Nullable Ticket ticket;
    private Runnable withdraw = () -> {};
    private boolean over;

    AuditPlace(AuditQueue queue, EventLoop loop) {
        this.queue = queue;
        this.loop = loop;
    }

    /** Takes a place, now or within a second. @param none when there was no room for so long */
    void take(Runnable taken, Runnable none) {
        ticket = queue.reserve().orElse(null);
        if (ticket == null) {
            await(taken, none);
        } else {
            taken.run();
        }
    }

    private void await(Runnable taken, Runnable none) {
        var late = loop.schedule(() -> giveUp(none), PATIENCE_SECONDS, TimeUnit.SECONDS);
        withdraw = queue.whenRoom(() -> loop.execute(() -> {
            if (over || ticket != null) {
                return;
            }
            late.cancel(false);
            ticket = queue.reserve().orElse(null);
            if (ticket == null) {
                giveUp(none);
            } else {
                taken.run();
            }
        }));
    }

    private void giveUp(Runnable none) {
        if (!over && ticket == null) {
            withdraw.run();
            none.run();
        }
    }

    /** Puts the record in its place, or where there is none where there may be room. @param kept when the answer may end */
    void put(AuditRecord entry, Runnable kept) {
        over = true;
        var place = ticket;
        if (place == null) {
            withdraw.run();
            queue.offer(entry);
            kept.run();
        } else {
            place.put(entry, kept);
        }
    }
}
