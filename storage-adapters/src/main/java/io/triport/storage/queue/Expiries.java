package io.triport.storage.queue;

import java.util.stream.Collectors;

/** Takes messages away whose retention has ended. */
final class Expiries {
    private Expiries() {}

    /** @return how many there were, at most so many */
    static int remove(QueueTable table, long now, int most) {
        var expired = table.expired(now, most);
        if (!expired.isEmpty()) {
            table.remove(expired.stream().map(QueueTable.Remains::number).toList());
            expired.stream()
                    .collect(Collectors.groupingBy(
                            QueueTable.Remains::queue, Collectors.summingLong(QueueTable.Remains::bytes)))
                    .forEach((queue, bytes) -> table.count(queue, -bytes, 0));
        }
        return expired.size();
    }
}
