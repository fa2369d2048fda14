package io.triport.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * What several clients did to one register, and whether some order of it explains every answer. Safe for many threads while
 * it records.
 */
public final class RegisterHistory {
    /*
     * The search of Wing and Gong (Testing and Verifying Concurrent Objects, 1993) with the memory of Lowe (Testing for
     * Linearizability, 2016): an operation may come next when it was called before any of the others left has returned. A pair
     * of operations left and state that led nowhere is not tried again. One whose outcome nobody knows has no end, and may be left.
     */
    public static final int ABSENT = 0;
    public static final int IMPOSSIBLE = -1;

    private static final int MOST = Long.SIZE;
    private static final long NEVER = Long.MAX_VALUE;

    private final AtomicLong time = new AtomicLong();
    private final List<Operation> operations = new ArrayList<>();

    /** @param effect the register after the operation, from the one before; IMPOSSIBLE where its answer could not be */
    private record Operation(long called, long returned, IntUnaryOperator effect) {}

    private record Position(long left, int state) {}

    /** Does the call and keeps when it began and ended, with what its answer says of the register. */
    void record(Supplier<IntUnaryOperator> call) {
        var called = time.incrementAndGet();
        var effect = call.get();
        var returned = time.incrementAndGet();
        synchronized (operations) {
            operations.add(new Operation(called, returned, effect));
        }
    }

    /** The same for a call that may fail. @return whether something may have happened */
    public boolean attempt(Supplier<Attempt> call) {
        var called = time.incrementAndGet();
        var attempt = call.get();
        var returned = time.incrementAndGet();
        if (attempt.outcome() == Outcome.NOTHING) {
            return false;
        }
        synchronized (operations) {
            var ended = attempt.outcome() == Outcome.DONE ? returned : NEVER;
            operations.add(new Operation(called, ended, attempt.effect()));
        }
        return true;
    }

    /** What is known of a call. */
    public enum Outcome {
        DONE,
        UNKNOWN,
        NOTHING
    }

    public record Attempt(Outcome outcome, IntUnaryOperator effect) {}

    public boolean linearizable() {
        if (operations.size() > MOST) {
            throw new IllegalStateException("operations: " + operations.size() + " (expected: at most " + MOST + ")");
        }
        var all = operations.size() == MOST ? -1L : (1L << operations.size()) - 1;
        return explains(new Position(all, ABSENT), new HashSet<>());
    }

    private boolean explains(Position position, Set<Position> tried) {
        if (firstReturn(position.left()) == NEVER) {
            return true;
        }
        if (!tried.add(position)) {
            return false;
        }
        var firstReturn = firstReturn(position.left());
        for (var i = 0; i < operations.size(); i++) {
            var operation = operations.get(i);
            if ((position.left() >>> i & 1) == 0 || operation.called() > firstReturn) {
                continue;
            }
            var next = operation.effect().applyAsInt(position.state());
            if (next != IMPOSSIBLE && explains(new Position(position.left() & ~(1L << i), next), tried)) {
                return true;
            }
        }
        return false;
    }

    private long firstReturn(long left) {
        var first = Long.MAX_VALUE;
        for (var i = 0; i < operations.size(); i++) {
            if ((left >>> i & 1) == 1) {
                first = Math.min(first, operations.get(i).returned());
            }
        }
        return first;
    }
}
