package io.triport.manager.alert;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people were told, the last 500, and those who listen at the moment: on this node, as it happens. A listener who does not keep
 * up misses what he finds in the list. Safe for many threads.
 */
final class Notices {
    private static final int MOST = 500;
    private static final int MOST_LISTENERS = 1_000;
    private static final int AHEAD = 100;

    private final Set<BlockingQueue<Kept<Notice>>> listeners = ConcurrentHashMap.newKeySet();
    private final Shelf<Notice> shelf;
    private final FreshId ids;

    Notices(Storage storage, FreshId ids) {
        this.shelf = new Shelf<>(storage, "notification", Notice.FORM, Problem.NOT_FOUND);
        this.ids = ids;
    }

    void tell(Grant grant, Notice notice) {
        shelf.add(grant, ids.timed(), notice).ifPresent(kept -> listeners.forEach(one -> one.offer(kept)));
        var all = shelf.list(grant);
        all.subList(0, Math.max(0, all.size() - MOST)).forEach(old -> shelf.remove(grant, old.id()));
    }

    /** The newest first. */
    List<Kept<Notice>> newest(Grant grant) {
        return shelf.list(grant).reversed();
    }

    boolean full() {
        return listeners.size() >= MOST_LISTENERS;
    }

    /** Hears all from now on until {@link #leave}. */
    BlockingQueue<Kept<Notice>> listen() {
        var queue = new ArrayBlockingQueue<Kept<Notice>>(AHEAD);
        listeners.add(queue);
        return queue;
    }

    void leave(BlockingQueue<Kept<Notice>> queue) {
        listeners.remove(queue);
    }
}
