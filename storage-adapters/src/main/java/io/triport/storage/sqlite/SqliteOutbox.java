package io.triport.storage.sqlite;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.queue.Producer;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.QueueName;
import io.triport.storage.durable.OutboxEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Rows of outbox, whose numbers grow in the order of the commits. */
final class SqliteOutbox {
    private static final long OF_QUEUE = -1;
    private static final String ADD =
            "insert into outbox (queue, type, body, delay, ordering, dedup, producer) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String ADDRESSEES = "select distinct queue from outbox";
    private static final String FIRST = "select number, queue, type, body, delay, ordering, dedup, producer"
            + " from outbox where queue = ? order by number limit ?";
    private static final String REMOVE = "delete from outbox where number = ?";

    private SqliteOutbox() {}

    static void add(SqliteSession session, OutboxEntry entry) {
        var message = entry.message();
        var delay = switch (message.delay()) {
            case Delay.OfQueue ofQueue -> OF_QUEUE;
            case Delay.For(var time) -> time.toMillis();
        };
        session.change(
                ADD,
                entry.queue().text(),
                message.type().name(),
                message.body(),
                delay,
                message.ordering().bytes(),
                message.dedup().bytes(),
                message.producer().text());
    }

    static List<QueueName> addressees(SqliteSession session) {
        return session.all(ADDRESSEES, row -> new QueueName(row.getString(1)));
    }

    static List<OutboxEntry> first(SqliteSession session, QueueName queue, int most) {
        return session.all(FIRST, SqliteOutbox::entry, queue.text(), (long) most);
    }

    static void remove(SqliteSession session, List<Long> numbers) {
        numbers.forEach(number -> session.change(REMOVE, number));
    }

    private static OutboxEntry entry(ResultSet row) throws SQLException {
        var delay = row.getLong(5);
        var message = new Message(
                BodyType.valueOf(row.getString(3)),
                SqliteSession.bytes(row, 4),
                delay == OF_QUEUE ? Delay.OF_QUEUE : Delay.of(Duration.ofMillis(delay)),
                new OrderingKey(SqliteSession.bytes(row, 6)),
                new DedupId(SqliteSession.bytes(row, 7)),
                new Producer(row.getString(8)));
        return new OutboxEntry(row.getLong(1), new QueueName(row.getString(2)), message);
    }
}
