package io.triport.gateway.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The places of a queue, and who waits for one. Safe for many threads. */
final class Places {
    /* The atomic counts what is taken, without a lock, because every request asks. The monitor of the set guards who waits. */
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<Wish> waiting = new LinkedHashSet<>();

    Places(int most) {
        this.most = most;
    }

    boolean take() {
        var before = taken.get();
        while (before < most) {
            if (taken.compareAndSet(before, before + 1)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    void giveBack(int places) {
        var left = taken.addAndGet(-places);
        if (left < most) {
            next(Math.min(places, most - left)).forEach(wish -> wish.call.run());
        }
    }

    /** Calls once, when there is room or at once. @return takes the wish back */
    Runnable whenRoom(Runnable call) {
        var wish = new Wish(call);
        synchronized (waiting) {
            waiting.add(wish);
        }
        if (taken.get() < most && remove(wish)) {
            wish.call.run();
        }
        return () -> remove(wish);
    }

    int taken() {
        return taken.get();
    }

    private boolean remove(Wish wish) {
        synchronized (waiting) {
            return waiting.remove(wish);
        }
    }

    private List<Wish> next(int most) {
        synchronized (waiting) {
            var next = new ArrayList<Wish>(Math.min(most, waiting.size()));
            var each = waiting.iterator();
            while (each.hasNext() && next.size() < most) {
                next.add(each.next());
                each.remove();
            }
            return next;
        }
    }

    /** Not a record: the same call may be wished for twice. */
    private static final class Wish {
        private final Runnable call;

        private Wish(Runnable call) {
            this.call = call;
        }
    }
}
