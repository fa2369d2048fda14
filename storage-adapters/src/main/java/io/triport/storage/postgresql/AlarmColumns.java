package io.triport.storage.postgresql;

import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.StoredAlarm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A change of an alarm as parameters.
 *
 * @param silencedFrom and @param silencedTo between which an alarm is due that goes; none where the first is the later one
 * @param set the one that is set, or none
 */
record AlarmColumns(long silencedFrom, long silencedTo, List<StoredAlarm> set) {
    AlarmColumns {
        set = List.copyOf(set);
    }

    static AlarmColumns of(AlarmChange change) {
        return switch (change) {
            case AlarmChange.Stays stays -> new AlarmColumns(1, 0, List.of());
            case AlarmChange.Goes goes -> new AlarmColumns(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
            case AlarmChange.Ends ends -> {
                var due = ends.alarm().dueAt().toEpochMilli();
                yield new AlarmColumns(due, due, List.of());
            }
            case AlarmChange.Becomes becomes -> new AlarmColumns(1, 0, List.of(becomes.alarm()));
        };
    }

    static StoredAlarm read(ResultSet row) throws SQLException {
        return new StoredAlarm(
                Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3));
    }

    Long[] dueAt() {
        return column(alarm -> alarm.dueAt().toEpochMilli());
    }

    Long[] scheduledAt() {
        return column(alarm -> alarm.scheduledAt().toEpochMilli());
    }

    Long[] retries() {
        return column(StoredAlarm::retries);
    }

    private Long[] column(ToLongFunction<StoredAlarm> part) {
        return set.stream().map(part::applyAsLong).toArray(Long[]::new);
    }
}
