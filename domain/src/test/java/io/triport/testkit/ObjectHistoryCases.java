package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether one order of all calls explains what each of several clients was told. */
abstract class ObjectHistoryCases extends ObjectLimitCases {
    private static final int ROUNDS = 10;
    private static final int CLIENTS = 5;
    private static final int CALLS = 12;
    private static final int VALUES = 3;

    /** An object of as many bytes as the register's number, none for {@link RegisterHistory#ABSENT}. */
    @Test
    @Tag("OBJ-HISTORY")
    void writes_deletes_reads_and_listings_of_an_object_are_as_one_after_the_other() {
        for (var round = 0; round < ROUNDS; round++) {
            var seed = round;
            var history = new RegisterHistory();
            delete(Conditions.NONE, ref(KEY));

            AtOnce.run(CLIENTS, client -> () -> {
                var random = new Random(100L * seed + client);
                for (var call = 0; call < CALLS; call++) {
                    var kind = random.nextInt(6);
                    var value = 1 + random.nextInt(VALUES);
                    history.record(() -> call(kind, value));
                }
                return client;
            });

            assertThat(history.linearizable()).as("round %s", round).isTrue();
        }
    }

    private IntUnaryOperator call(int kind, int value) {
        return switch (kind) {
            case 0 -> {
                stored(put(value, Conditions.NONE));
                yield before -> value;
            }
            case 1 ->
                put(value, Conditions.CREATE_ONLY) instanceof PutOutcome.Stored
                        ? before -> before == RegisterHistory.ABSENT ? value : RegisterHistory.IMPOSSIBLE
                        : before -> before == RegisterHistory.ABSENT ? RegisterHistory.IMPOSSIBLE : before;
            case 2 -> {
                delete(Conditions.NONE, ref(KEY));
                yield before -> RegisterHistory.ABSENT;
            }
            case 3 -> saw(got());
            case 4 -> saw(described());
            default -> saw(listed());
        };
    }

    private static IntUnaryOperator saw(int number) {
        return before -> before == number ? before : RegisterHistory.IMPOSSIBLE;
    }

    private PutOutcome put(int number, Conditions conditions) {
        return store().put(KEY, content("x".repeat(number)), WriteOptions.PLAIN.under(conditions));
    }

    private int got() {
        return switch (store().get(ref(KEY), ReadOptions.WHOLE)) {
            case GetOutcome.Found found -> read(found.content()).size();
            case GetOutcome.Missing missing -> RegisterHistory.ABSENT;
            case GetOutcome other -> throw new AssertionError("got: " + other);
        };
    }

    private int described() {
        return switch (store().head(ref(KEY))) {
            case HeadOutcome.Found(var info) -> Math.toIntExact(info.size());
            case HeadOutcome.Missing missing -> RegisterHistory.ABSENT;
            case HeadOutcome other -> throw new AssertionError("described: " + other);
        };
    }

    private int listed() {
        return store().list(ObjectQuery.of(KEY.text())).entries().stream()
                .map(entry -> Math.toIntExact(((Listed.Item) entry).info().size()))
                .findFirst()
                .orElse(RegisterHistory.ABSENT);
    }
}
