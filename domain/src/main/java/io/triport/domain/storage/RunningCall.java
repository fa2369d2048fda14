package io.triport.domain.storage;

import io.triport.domain.identity.StoreWait;
import io.triport.domain.request.WatchedContent;
import java.util.concurrent.atomic.AtomicLong;

/** One call of a store that is under way on a thread. That thread finishes it; any other may end its waiting. */
final class RunningCall implements WatchedContent.Watcher {
    /*
     * Whose interrupt it is
     *
     * An interrupt is a mark on a thread and says nothing of whom it was meant for. So it is set only while the call goes on, which
     * the monitor of this object decides: endIfDue sets it with the monitor held, and finish takes the monitor before it lets the
     * thread go. After finish none can come, and one that has come is taken off again. One that was there before ours, of somebody
     * who wants the thread to stop, is put back. One that comes between ours and the end of the call cannot be told from ours and
     * goes with it: whoever called hears that the call has failed, as he would have from the other one.
     *
     * Bodies
     *
     * A call that carries a body waits for its client as well. That time is not the store's: while the store has asked for a piece
     * that has not come the deadline rests, and each piece that has come begins it anew. How long a client may keep us waiting is
     * the edge's to say.
     */

    /** A store that lays down, joins or copies bytes more slowly counts as one that hangs. */
    private static final long NANOS_PER_KIB = 1_000_000_000L / (4 * 1024);

    private final CallDeadlines deadlines;
    private final StoreWait wait;
    private final Thread thread = Thread.currentThread();
    /** Bytes of which the store may still have something to do. */
    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong owedPieces = new AtomicLong();
    private volatile long since;

    // Guarded by this.
    private boolean finished;
    private boolean ended;
    private boolean interruptedBefore;

    /** A call of the calling thread that begins now. */
    RunningCall(CallDeadlines deadlines, StoreWait wait, long now) {
        this.deadlines = deadlines;
        this.wait = wait;
        this.since = wait.since(now);
    }

    boolean due(long now) {
        return owedPieces.get() == 0 && now - since >= deadlines.most().toNanos() + bytes.get() / 1024 * NANOS_PER_KIB;
    }

    /** Interrupts the thread, once, where the call is due and goes on. From any thread. */
    synchronized void endIfDue(long now) {
        if (!finished && !ended && due(now)) {
            ended = true;
            interruptedBefore = thread.isInterrupted();
            thread.interrupt();
        }
    }

    /**
     * On the call's own thread, which from here on has no interrupt of this call's. May be told again.
     *
     * @return whether the call was ended by its deadline
     */
    synchronized boolean finish() {
        if (ended && !finished) {
            Thread.interrupted();
            if (interruptedBefore) {
                thread.interrupt();
            }
        }
        finished = true;
        return ended;
    }

    /** The store moves bytes by itself, of which nothing is seen here. @param most so many at most */
    void moving(long most) {
        bytes.set(most);
    }

    @Override
    public void came(int size) {
        bytes.addAndGet(size);
        moved();
        owedPieces.updateAndGet(owed -> owed == Long.MAX_VALUE ? owed : Math.max(0, owed - 1));
    }

    @Override
    public void asked(long pieces) {
        owedPieces.updateAndGet(owed -> owed + pieces < 0 ? Long.MAX_VALUE : owed + Math.max(0, pieces));
    }

    @Override
    public void ended() {
        moved();
        owedPieces.set(0);
    }

    /** Before the deadline goes on: it must not see that nothing is owed and still the time of long ago. */
    private void moved() {
        since = deadlines.now();
        wait.moved();
    }
}
