package io.triport.storage.durable;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.SqlAccess;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One event of one object, from its arrival to its answer. */
final class Turn implements ObjectContext, Caller, Runnable {
    /*
     * The gate
     *
     * The answer is completed after the commit and nowhere else; a call to the outside commits first. So nothing that rests on
     * what was written is known to anybody before it is durable. An event that wrote nothing has nothing to commit, and its
     * answer leaves when the tenure surely lasts: then no other owner can have written what it did not see.
     *
     * Threads
     *
     * An event has a virtual thread of its own, because the caller may go away while the event goes on.
     */
    private final LiveObject object;
    private final Work work;
    private final Access access;
    private final Caller caller;
    private final AwaitedAnswer answer = new AwaitedAnswer();
    private final Semaphore aloneAgain = new Semaphore(0);
    private final DraftOutbox outbox;
    private final DraftSockets sockets;
    private final DraftSql sql;
    private final Draft draft;
    private final DraftAlarm alarm;
    private volatile Phase phase = Phase.WAITING;
    private volatile @Nullable Thread thread;
    private volatile boolean begun;
    private int commits;
    private int generation;

    /** What an event is. */
    interface Work {
        ObjectAnswer on(Turn turn);
    }

    private enum Phase {
        WAITING,
        ALONE,
        OPEN,
        OVER
    }

    Turn(LiveObject object, Work work, Access access, Caller caller) {
        this.object = object;
        this.work = work;
        this.access = access;
        this.caller = caller;
        this.outbox = new DraftOutbox(this, object.turns());
        this.sockets = new DraftSockets(this, object.room());
        this.sql = new DraftSql(this, access == Access.READ ? SqlAccess.READ : SqlAccess.WRITE);
        this.draft = new Draft(this, outbox, sockets, sql);
        this.alarm = new DraftAlarm(this, draft);
    }

    /** This event's object, unless it lets others in, and those that wait for this event. */
    @Override
    public Set<Address> waiting() {
        if (phase == Phase.OPEN) {
            return caller.waiting();
        }
        var all = new HashSet<>(caller.waiting());
        all.add(object.address());
        return all;
    }

    ObjectAnswer await() {
        return answer.await();
    }

    /** The object is this event's: a new one begins, one that has yielded goes on. */
    void goOn() {
        if (phase == Phase.OPEN) {
            aloneAgain.release();
        } else {
            Thread.ofVirtual().name("object-event").start(this);
        }
    }

    /** Ends an event that has not begun; one that wants to come back finds out by itself. */
    void refuse(StorageFailure why) {
        if (phase == Phase.OPEN) {
            goOn();
        } else if (answer.decide()) {
            answer.fail(why);
        }
    }

    /** Whether its code may have done something. */
    boolean begun() {
        return begun;
    }

    /** Whether the event's code goes on now, or has something to do, other than to wait. */
    boolean busy() {
        var running = thread;
        return running != null && running.getState() == Thread.State.RUNNABLE;
    }

    /** Whether the object is this event's. */
    boolean holds() {
        return object.heldBy(this);
    }

    /** Whether it is the event's own thread that asks. */
    boolean current() {
        return Thread.currentThread().equals(thread);
    }

    void interrupt() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** The answer is given when the object is free again, so that who has it finds it so. */
    @Override
    public void run() {
        if (!answer.decide()) {
            object.leave(this);
            return;
        }
        thread = Thread.currentThread();
        try {
            var given = answered();
            leave();
            answer.give(given);
        } catch (Throwable e) {
            if (phase != Phase.OVER) {
                takeBack(e);
                object.instanceEnds();
                leave();
            }
            answer.fail(e);
        }
    }

    /** Of the database, which outlives the event. What fails here must not keep the object from the next one. */
    private void takeBack(Throwable why) {
        try {
            sql.forget();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private void leave() {
        phase = Phase.OVER;
        thread = null;
        object.leave(this);
    }

    private ObjectAnswer answered() {
        object.claim();
        phase = Phase.ALONE;
        begun = true;
        var given = work.on(this);
        requireAlone();
        if (!commit()) {
            object.requireOwned(this);
        }
        return given;
    }

    @Override
    public ObjectId id() {
        return tenure().address().id();
    }

    @Override
    public ObjectState state() {
        return draft;
    }

    @Override
    public DraftSql sql() {
        return sql;
    }

    @Override
    public void sync() {
        requireAlone();
        commit();
    }

    @Override
    public <R> R yieldDuring(Supplier<R> call) {
        sync();
        phase = Phase.OPEN;
        object.open();
        try {
            return call.get();
        } finally {
            object.comeBack(this);
            aloneAgain.acquireUninterruptibly();
            phase = Phase.ALONE;
            object.requireSame(this);
        }
    }

    @Override
    public ObjectAnswer call(ObjectId other, ObjectEvent asked) {
        if (phase != Phase.OPEN) {
            sync();
        }
        return object.call(other, asked, this);
    }

    @Override
    public DraftAlarm alarm() {
        return alarm;
    }

    @Override
    public DraftOutbox outbox() {
        return outbox;
    }

    @Override
    public DraftSockets sockets() {
        return sockets;
    }

    LiveObject object() {
        return object;
    }

    /** The object's code, which begins when it has not yet. */
    DurableObject instance() {
        return object.instance(this);
    }

    /** Puts another change of the alarm in the place of all that the event has written. */
    void only(AlarmChange change) {
        requireAlone();
        draft.forget();
        draft.change(change);
    }

    StateStore store() {
        return object.store();
    }

    Tenure tenure() {
        return object.tenure();
    }

    void madeBy(int instance) {
        generation = instance;
    }

    /** Which instance the event began with. */
    int generation() {
        return generation;
    }

    int commits() {
        return commits;
    }

    void requireAlone() {
        if (phase != Phase.ALONE) {
            throw new IllegalStateException("object: used while " + phase + " (expected: within its event, alone)");
        }
    }

    void requireWritable() {
        requireAlone();
        if (access == Access.READ) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "state: written in a read");
        }
    }

    /** Lets out what waited for it, too. @return whether there was something to commit */
    private boolean commit() {
        var changes = draft.changes(settled());
        if (changes.none() && !sockets.hasEffects()) {
            return false;
        }
        if (changes.none()) {
            object.requireOwned(this);
        } else {
            store(changes);
            sql.kept();
        }
        commits++;
        alarm.committed(changes.alarm());
        sockets.takeEffect();
        draft.forget();
        return true;
    }

    private PageChanges settled() {
        try {
            return sql.settle();
        } catch (StorageFailure e) {
            throw told(e);
        }
    }

    private void store(StateChanges changes) {
        try {
            object.commit(changes);
        } catch (StorageFailure e) {
            var failure = told(e);
            if (changes.touchDatabase()) {
                sql.failed(failure);
            }
            throw failure;
        }
    }

    /** Of an event that has committed before, nobody may say that nothing happened. */
    private StorageFailure told(StorageFailure e) {
        return commits > 0 && e.code().retry() == FailureCode.Retry.SAFE ? unknown("object: partly done", e) : e;
    }

    StorageFailure fenced() {
        return commits > 0 ? unknown("object: partly done", null) : Ownership.fenced();
    }

    private static StorageFailure unknown(String message, @Nullable Throwable cause) {
        return cause == null
                ? new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, message)
                : new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, message, cause);
    }
}
