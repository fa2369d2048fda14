package io.triport.storage.durable;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One object while events come to it. */
final class LiveObject {
    /*
     * Who has it
     *
     * `holder` is the one event that is alone with the object; it gives the object to the next one that waits, and nobody
     * else does. The lock guards who holds, who waits and whether all is over; the tenure and the instance are the holder's.
     *
     * The end
     *
     * A live object that is over takes no events; the next one makes another, which claims anew and so ends whatever this one's
     * events still want to commit. One whose event is stuck bars it from committing before that.
     *
     * Sockets
     *
     * While clients are connected the object stays here, and only its instance ends when nothing comes: the room and the tenure are
     * for the next one. When the tenure is lost, or all is over, the clients are told to connect again.
     */
    private static final int MOST_WAITING = 4_096;

    private final Address address;
    private final Turns turns;
    private final Room room = new Room();
    private final Ownership ownership;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final Condition rested = lock.newCondition();
    private volatile @Nullable Turn holder;
    /** Events that have let others in, and come back. */
    private int open;

    private boolean over;
    private boolean barred;
    private final EventTime time;
    private final Fullness fullness;
    private final Workbench workbench;

    private @Nullable DurableObject instance;
    /** Which event's instance it is. */
    private int generation;

    LiveObject(Address address, Turns turns) {
        this.address = address;
        this.turns = turns;
        this.ownership = new Ownership(address, turns, room);
        this.fullness = new Fullness(turns.store(), ObjectState.MOST_BYTES_OF_OBJECT);
        this.workbench = new Workbench(turns.store(), turns.databases());
        this.time = new EventTime(turns.ticker());
    }

    Address address() {
        return address;
    }

    Turns turns() {
        return turns;
    }

    Room room() {
        return room;
    }

    StateStore store() {
        return turns.store();
    }

    // Whoever brings events.

    /** Lets an event wait for its turn. @return false where this object is over and another is to be made */
    boolean take(Turn turn) {
        lock.lock();
        try {
            endIfStuck();
            if (over) {
                return false;
            }
            if (waiting.size() >= MOST_WAITING) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "object: too many events wait");
            }
            waiting.addLast(turn);
            if (holder == null) {
                next();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Events that wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends what has lasted too long, and what nobody has asked for a while. */
    void look() {
        lock.lock();
        try {
            if (holder == null) {
                endIfIdle();
            } else {
                time.look(holder);
                endIfStuck();
            }
        } finally {
            lock.unlock();
        }
    }

    private void endIfIdle() {
        if (!waiting.isEmpty() || open > 0) {
            return;
        }
        if (ownership.lost()) {
            sleep();
        } else if (time.idle() && room.isEmpty()) {
            end();
        } else if (time.idle()) {
            sleep();
        }
    }

    private void sleep() {
        instance = null;
        workbench.clear();
    }

    /** Takes no more events; the one that has the object may come to its end. */
    void stop() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the event that has the object, and bars it then. @param nanos at most */
    void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            var left = nanos;
            while (holder != null && left > 0) {
                left = rested.awaitNanos(left);
            }
            bar();
        } finally {
            lock.unlock();
        }
    }

    private void endIfStuck() {
        if (holder != null && time.tooLong()) {
            end();
            bar();
        }
    }

    private void bar() {
        barred = true;
        room.end(SocketClose.RESTART);
        var running = holder;
        if (running != null) {
            running.interrupt();
        }
    }

    private void end() {
        over = true;
        turns.forget(this);
        waiting.forEach(turn ->
                turn.refuse(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: its instance has ended")));
        waiting.clear();
        if (holder == null) {
            workbench.clear();
        }
        if (holder == null && open == 0) {
            room.end(SocketClose.RESTART);
            ownership.ends();
        }
    }

    // The holder.

    void claim() {
        if (!ownership.claim()) {
            instance = null;
        }
        workbench.claimed(ownership.tenure());
    }

    /** @throws StorageFailure.Unavailable where the object is not this event's any more */
    Workbench workbench(Turn turn) {
        if (!heldBy(turn)) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: its instance has ended");
        }
        return workbench;
    }

    boolean heldBy(Turn turn) {
        return turn.equals(holder);
    }

    Tenure tenure() {
        return ownership.tenure();
    }

    /** The event whose code asks. @throws IllegalStateException where it is none of this object's, or not alone */
    Turn turn() {
        var running = holder;
        if (running == null || !running.current()) {
            throw new IllegalStateException("socket: used outside (expected: within an event of its object, alone)");
        }
        return running;
    }

    DurableObject instance(Turn first) {
        var present = instance;
        if (present == null) {
            generation++;
            present = turns.make(address.type());
            present.start(first);
            instance = present;
        }
        first.madeBy(generation);
        return present;
    }

    void commit(StateChanges changes) {
        requireNotBarred();
        fullness.commit(ownership.tenure(), changes, () -> ownership.commit(changes));
        if (!changes.sends().isEmpty()) {
            turns.outbox().filled();
        }
    }

    /** @throws StorageFailure.Unavailable where another may own the object by now */
    void requireOwned(Turn turn) {
        requireNotBarred();
        ownership.tenure();
        if (ownership.lost()) {
            throw turn.fenced();
        }
    }

    /** @throws StorageFailure.Unavailable where the instance that the event began with has ended while it was open */
    void requireSame(Turn turn) {
        requireNotBarred();
        if (instance == null || turn.generation() != generation) {
            throw turn.fenced();
        }
    }

    /** What the holder's event leaves of the object when it fails: its fields may say what the state does not. */
    void instanceEnds() {
        instance = null;
    }

    /** Lets others in. */
    void open() {
        lock.lock();
        try {
            open++;
            next();
        } finally {
            lock.unlock();
        }
    }

    /** Wants to be alone again, before whoever waits; where all is over, there is nobody else. */
    void comeBack(Turn turn) {
        lock.lock();
        try {
            open--;
            if (over) {
                turn.goOn();
                return;
            }
            waiting.addFirst(turn);
            if (holder == null) {
                next();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the object to the next event. */
    void leave(Turn turn) {
        var held = heldBy(turn);
        if (nobodyWaits() && room.isEmpty() && !ownership.rests()) {
            instance = null;
        }
        if (held) {
            workbench.rest();
        }
        lock.lock();
        try {
            next();
            if (over && held) {
                workbench.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @throws io.triport.domain.request.InvalidInput for an id of another class, under which nobody would find what it keeps */
    ObjectAnswer call(ObjectId other, ObjectEvent event, Turn caller) {
        new ObjectIds(address.type()).require(other.bytes());
        return turns.ask(new Address(address.type(), other), event, Access.WRITE, caller);
    }

    private boolean nobodyWaits() {
        lock.lock();
        try {
            return waiting.isEmpty() && open == 0;
        } finally {
            lock.unlock();
        }
    }

    private void next() {
        var first = waiting.pollFirst();
        holder = first;
        time.begin();
        if (first == null) {
            rested.signalAll();
        } else {
            first.goOn();
        }
    }

    private void requireNotBarred() {
        lock.lock();
        try {
            if (barred) {
                throw Ownership.fenced();
            }
        } finally {
            lock.unlock();
        }
    }
}
