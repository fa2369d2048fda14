package io.triport.e2e.kv;

import io.triport.testkit.RegisterHistory;
import io.triport.testkit.RegisterHistory.Attempt;
import io.triport.testkit.RegisterHistory.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One register after the other, each with a history as long as can be judged. Safe for many threads. */
final class Registers {
    private static final int CALLS_OF_ONE = 40;
    /** Each may have happened at any time, and so doubles what has to be tried. */
    private static final int DOUBTS_OF_ONE = 4;

    private final String prefix;
    private final List<Register> all = new ArrayList<>();
    private int calls = CALLS_OF_ONE;

    /** @param prefix of their names */
    Registers(String prefix) {
        this.prefix = prefix;
    }

    /** A key, and what was done to it. */
    record Register(String key, RegisterHistory history, AtomicInteger doubts) {
        void call(Function<String, Attempt> call) {
            history.attempt(() -> {
                var attempt = call.apply(key);
                if (attempt.outcome() == Outcome.UNKNOWN) {
                    doubts.incrementAndGet();
                }
                return attempt;
            });
        }
    }

    /** For one call. */
    synchronized Register next() {
        if (calls++ >= CALLS_OF_ONE || all.getLast().doubts().get() >= DOUBTS_OF_ONE) {
            all.add(new Register(prefix + all.size(), new RegisterHistory(), new AtomicInteger()));
            calls = 1;
        }
        return all.getLast();
    }

    synchronized int count() {
        return all.size();
    }

    /** The names of those whose answers no order explains. */
    synchronized List<String> unexplained() {
        return all.stream()
                .filter(each -> !each.history().linearizable())
                .map(Register::key)
                .toList();
    }
}
