package io.triport.e2e.kv;

import io.triport.testkit.RegisterHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One register after the other, each with a history as long as can be judged. Safe for many threads. */
final class Registers {
    private static final int CALLS_OF_ONE = 40;

    private final List<Register> all = new ArrayList<>();
    private int calls;

    /** A key, and what was done to it. */
    record Register(String key, RegisterHistory history) {
        void call(Function<String, RegisterHistory.Attempt> call) {
            history.attempt(() -> call.apply(key));
        }
    }

    /** For one call. */
    synchronized Register next() {
        if (calls++ % CALLS_OF_ONE == 0) {
            all.add(new Register("register-" + all.size(), new RegisterHistory()));
        }
        return all.getLast();
    }

    /** Whether some order explains all answers of each. */
    synchronized boolean explained() {
        return !all.isEmpty() && all.stream().allMatch(each -> each.history().linearizable());
    }
}
