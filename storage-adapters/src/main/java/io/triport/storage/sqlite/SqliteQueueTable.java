package io.triport.storage.sqlite;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.QueueTable;
import io.triport.storage.queue.StoredMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Rows of queue_message. */
final class SqliteQueueTable implements QueueTable {
    private static final String COLUMNS =
            "m.number, m.queue, m.id, m.origin_queue, m.origin_id, m.origin_sent_at, m.type,"
                    + " m.body, m.sent_at, m.attempts, m.producer, m.ordering, m.ready_at, m.expires_at, m.lease";
    private static final String ADD =
            "insert into queue_message (queue, id, origin_queue, origin_id, origin_sent_at, type,"
                    + " body, sent_at, attempts, producer, ordering, ready_at, expires_at, lease)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String IS_READY =
            " from queue_message m where m.queue = ? and m.ready_at <= ? and m.expires_at > ? and (m.ordering = x'' or"
                + " not exists (select 1 from queue_message e where e.queue = m.queue and e.ordering = m.ordering and"
                + " e.ordering <> x'' and e.number < m.number and e.expires_at > ?))";
    private static final String READY = "select " + COLUMNS + IS_READY + " order by m.ready_at, m.number limit ?";
    private static final String COUNT_READY = "select count(*) from (select 1" + IS_READY + " limit ?)";
    private static final String FIND = "select " + COLUMNS + " from queue_message m where m.number = ? and m.queue = ?";
    private static final String CHANGE =
            "update queue_message set ready_at = ?, attempts = ?, lease = ? where number = ?";
    private static final String REMOVE = "delete from queue_message where number = ?";
    private static final String PEEK = "select " + COLUMNS
            + " from queue_message m where m.queue = ? and m.expires_at > ?" + " order by m.ready_at, m.number limit ?";
    private static final String SIZE = "select coalesce(sum(length(body)), 0) from queue_message where queue = ?";
    private static final String CLEAR = "delete from queue_message where queue = ?";
    private static final String EXPIRED = "select number, queue, length(body) from queue_message where expires_at <= ?"
            + " order by expires_at limit ?";
    private static final String REMEMBERED =
            "select id from queue_dedup where queue = ? and dedup = ? and kept_until > ?";
    private static final String REMEMBER =
            "insert or replace into queue_dedup (queue, dedup, id, kept_until) values (?, ?, ?, ?)";
    private static final String FORGET = "delete from queue_dedup where (queue, dedup) in"
            + " (select queue, dedup from queue_dedup where kept_until <= ? limit ?)";
    private static final String COUNT = "insert into queue_count (queue, bytes, dropped) values (?, ?, ?)"
            + " on conflict (queue) do update set bytes = bytes + excluded.bytes, dropped = dropped + excluded.dropped";
    private static final String COUNTED = "select bytes, dropped from queue_count where queue = ?";
    private static final String TOTALS = "select count(*), coalesce(sum(length(body)), 0), coalesce(min(sent_at), ?)"
            + " from queue_message where queue = ? and expires_at > ?";

    private final SqliteSession session;

    SqliteQueueTable(SqliteSession session) {
        this.session = session;
    }

    private record Counted(long bytes, long dropped) {}

    @Override
    public void add(List<StoredMessage> messages) {
        for (var message : messages) {
            var delivery = message.delivery();
            var origin = delivery.origin();
            session.change(
                    ADD,
                    message.queue().text(),
                    delivery.id().text(),
                    origin.queue().text(),
                    origin.id().text(),
                    origin.sentAt().toEpochMilli(),
                    delivery.type().name(),
                    delivery.body(),
                    delivery.sentAt().toEpochMilli(),
                    (long) delivery.attempt(),
                    delivery.producer(),
                    message.ordering().bytes(),
                    message.readyAt(),
                    message.expiresAt(),
                    (long) message.lease());
        }
    }

    @Override
    public List<StoredMessage> ready(QueueName queue, long now, int most) {
        return session.all(READY, SqliteQueueTable::message, queue.text(), now, now, now, (long) most);
    }

    @Override
    public int countReady(QueueName queue, long now, int most) {
        return session.first(COUNT_READY, row -> row.getInt(1), queue.text(), now, now, now, (long) most)
                .orElseThrow();
    }

    @Override
    public List<StoredMessage> find(QueueName queue, List<Long> numbers) {
        return numbers.stream()
                .flatMap(number -> session.first(FIND, SqliteQueueTable::message, number, queue.text()).stream())
                .toList();
    }

    @Override
    public void change(List<StoredMessage> messages) {
        messages.forEach(message -> session.change(
                CHANGE,
                message.readyAt(),
                (long) message.delivery().attempt(),
                (long) message.lease(),
                message.number()));
    }

    @Override
    public void remove(List<Long> numbers) {
        numbers.forEach(number -> session.change(REMOVE, number));
    }

    @Override
    public List<StoredMessage> peek(QueueName queue, long now, int most) {
        return session.all(PEEK, SqliteQueueTable::message, queue.text(), now, (long) most);
    }

    @Override
    public long clear(QueueName queue) {
        var bytes = session.first(SIZE, row -> row.getLong(1), queue.text()).orElseThrow();
        session.change(CLEAR, queue.text());
        return bytes;
    }

    @Override
    public List<Remains> expired(long now, int most) {
        return session.all(
                EXPIRED,
                row -> new Remains(row.getLong(1), new QueueName(row.getString(2)), row.getLong(3)),
                now,
                (long) most);
    }

    @Override
    public MessageId remember(QueueName queue, DedupId dedup, MessageId id, Period period) {
        var before = session.first(
                REMEMBERED, row -> new MessageId(row.getString(1)), queue.text(), dedup.bytes(), period.now());
        if (before.isEmpty()) {
            session.change(REMEMBER, queue.text(), dedup.bytes(), id.text(), period.until());
        }
        return before.orElse(id);
    }

    @Override
    public void forget(long now, int most) {
        session.change(FORGET, now, (long) most);
    }

    @Override
    public void count(QueueName queue, long bytes, long dropped) {
        session.change(COUNT, queue.text(), bytes, dropped);
    }

    @Override
    public long bytes(QueueName queue) {
        return counted(queue).bytes();
    }

    @Override
    public Totals totals(QueueName queue, long now) {
        var dropped = counted(queue).dropped();
        return session.first(
                        TOTALS,
                        row -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3), dropped),
                        now,
                        queue.text(),
                        now)
                .orElseThrow();
    }

    private Counted counted(QueueName queue) {
        return session.first(COUNTED, row -> new Counted(row.getLong(1), row.getLong(2)), queue.text())
                .orElse(new Counted(0, 0));
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        var origin = new Delivery.Origin(
                new QueueName(row.getString(4)), new MessageId(row.getString(5)), Instant.ofEpochMilli(row.getLong(6)));
        var delivery = new Delivery(
                new MessageId(row.getString(3)),
                origin,
                BodyType.valueOf(row.getString(7)),
                SqliteSession.bytes(row, 8),
                Instant.ofEpochMilli(row.getLong(9)),
                row.getInt(10),
                row.getString(11));
        return new StoredMessage(
                row.getLong(1),
                new QueueName(row.getString(2)),
                delivery,
                new OrderingKey(SqliteSession.bytes(row, 12)),
                row.getLong(13),
                row.getLong(14),
                row.getInt(15));
    }
}
