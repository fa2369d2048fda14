package io.triport.storage.postgresql;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.QueueTable;
import io.triport.storage.queue.StoredMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Rows of queue_message, on the connection of one transaction. */
final class PostgreSqlQueueTable implements QueueTable {
    private static final String COLUMNS = """
        m.number, m.queue, m.id, m.origin_queue, m.origin_id, m.origin_sent_at, m.type, m.body, m.sent_at, m.attempts, m.producer,
        m.ordering, m.ready_at, m.expires_at, m.lease\
        """;
    private static final String ADD = """
        insert into queue_message (queue, id, origin_queue, origin_id, origin_sent_at, type, body, sent_at, attempts, producer,
                                   ordering, ready_at, expires_at, lease)
        select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """;
    private static final String IS_READY = """
        from queue_message m
        where m.queue = ? and m.ready_at <= ? and m.expires_at > ?
          and (m.ordering = '' or not exists (
            select from queue_message e
            where e.queue = m.queue and e.ordering = m.ordering and e.ordering <> '' and e.number < m.number and e.expires_at > ?))\
        """;
    private static final String READY =
            "select " + COLUMNS + " " + IS_READY + " order by m.ready_at, m.number limit ? for update of m skip locked";
    private static final String COUNT_READY = "select count(*) from (select " + IS_READY + " limit ?) found";
    /** In the order of the numbers, so that two calls never wait for each other in a circle. */
    private static final String FIND = "select " + COLUMNS
            + " from queue_message m where m.queue = ? and m.number = any (?) order by m.number for update of m";

    private static final String CHANGE = """
        update queue_message m set ready_at = c.ready_at, attempts = c.attempts, lease = c.lease
        from unnest(?, ?, ?, ?) as c(number, ready_at, attempts, lease) where m.number = c.number\
        """;
    private static final String REMOVE = "delete from queue_message where number = any (?)";
    private static final String PEEK = "select " + COLUMNS
            + " from queue_message m where m.queue = ? and m.expires_at > ? order by m.ready_at, m.number limit ?";
    private static final String CLEAR = """
        with gone as (delete from queue_message where queue = ? returning octet_length(body) as bytes)
        select coalesce(sum(bytes), 0) from gone\
        """;
    private static final String EXPIRED = """
        select number, queue, octet_length(body) from queue_message
        where expires_at <= ? order by expires_at limit ? for update skip locked\
        """;
    private static final String REMEMBER = """
        insert into queue_dedup as d (queue, dedup, id, kept_until) values (?, ?, ?, ?)
        on conflict (queue, dedup) do update
          set id = case when d.kept_until <= ? then excluded.id else d.id end,
              kept_until = case when d.kept_until <= ? then excluded.kept_until else d.kept_until end
        returning id\
        """;
    private static final String FORGET = """
        delete from queue_dedup where (queue, dedup) in (
          select queue, dedup from queue_dedup where kept_until <= ? limit ? for update skip locked)\
        """;
    private static final String COUNT = """
        insert into queue_count as c (queue, slot, bytes, dropped) values (?, pg_backend_pid() % 16, ?, ?)
        on conflict (queue, slot) do update
          set bytes = c.bytes + excluded.bytes, dropped = c.dropped + excluded.dropped\
        """;
    private static final String BYTES = "select coalesce(sum(bytes), 0) from queue_count where queue = ?";
    private static final String TOTALS = """
        select count(*), coalesce(sum(octet_length(body)), 0), coalesce(min(sent_at), ?),
               (select coalesce(sum(dropped), 0) from queue_count where queue = ?)
        from queue_message where queue = ? and expires_at > ?\
        """;

    private final Connection connection;

    PostgreSqlQueueTable(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void add(List<StoredMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        done(new Call(connection, ADD)
                .with(texts(messages, message -> message.queue().text()))
                .with(texts(messages, message -> message.delivery().id().text()))
                .with(texts(
                        messages, message -> message.delivery().origin().queue().text()))
                .with(texts(
                        messages, message -> message.delivery().origin().id().text()))
                .with(numbers(
                        messages, message -> millis(message.delivery().origin().sentAt())))
                .with(texts(messages, message -> message.delivery().type().name()))
                .with(bytes(messages, message -> message.delivery().body()))
                .with(numbers(messages, message -> millis(message.delivery().sentAt())))
                .with(numbers(messages, message -> message.delivery().attempt()))
                .with(bytes(messages, message -> Bytes.utf8(message.delivery().producer())))
                .with(bytes(messages, message -> message.ordering().bytes()))
                .with(numbers(messages, StoredMessage::readyAt))
                .with(numbers(messages, StoredMessage::expiresAt))
                .with(numbers(messages, StoredMessage::lease)));
    }

    @Override
    public List<StoredMessage> ready(QueueName queue, long now, int most) {
        return asked(() -> new Call(connection, READY)
                .with(queue.text())
                .with(now)
                .with(now)
                .with(now)
                .with(most)
                .all(PostgreSqlQueueTable::message));
    }

    @Override
    public int countReady(QueueName queue, long now, int most) {
        return asked(() -> new Call(connection, COUNT_READY)
                .with(queue.text())
                .with(now)
                .with(now)
                .with(now)
                .with(most)
                .first(row -> row.getInt(1))
                .orElseThrow());
    }

    @Override
    public List<StoredMessage> find(QueueName queue, List<Long> numbers) {
        return asked(() -> new Call(connection, FIND)
                .with(queue.text())
                .with(numbers.toArray(Long[]::new))
                .all(PostgreSqlQueueTable::message));
    }

    @Override
    public void change(List<StoredMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        var sorted = messages.stream()
                .sorted(Comparator.comparingLong(StoredMessage::number))
                .toList();
        done(new Call(connection, CHANGE)
                .with(numbers(sorted, StoredMessage::number))
                .with(numbers(sorted, StoredMessage::readyAt))
                .with(numbers(sorted, message -> message.delivery().attempt()))
                .with(numbers(sorted, StoredMessage::lease)));
    }

    @Override
    public void remove(List<Long> numbers) {
        done(new Call(connection, REMOVE).with(numbers.toArray(Long[]::new)));
    }

    @Override
    public List<StoredMessage> peek(QueueName queue, long now, int most) {
        return asked(() -> new Call(connection, PEEK)
                .with(queue.text())
                .with(now)
                .with(most)
                .all(PostgreSqlQueueTable::message));
    }

    @Override
    public long clear(QueueName queue) {
        return asked(() -> new Call(connection, CLEAR)
                .with(queue.text())
                .first(row -> row.getLong(1))
                .orElseThrow());
    }

    @Override
    public List<Remains> expired(long now, int most) {
        return asked(() -> new Call(connection, EXPIRED)
                .with(now)
                .with(most)
                .all(row -> new Remains(row.getLong(1), new QueueName(row.getString(2)), row.getLong(3))));
    }

    @Override
    public MessageId remember(QueueName queue, DedupId dedup, MessageId id, Period period) {
        return asked(() -> new Call(connection, REMEMBER)
                .with(queue.text())
                .with(dedup.bytes())
                .with(id.text())
                .with(period.until())
                .with(period.now())
                .with(period.now())
                .first(row -> new MessageId(row.getString(1)))
                .orElseThrow());
    }

    @Override
    public void forget(long now, int most) {
        done(new Call(connection, FORGET).with(now).with(most));
    }

    @Override
    public void count(QueueName queue, long bytes, long dropped) {
        done(new Call(connection, COUNT).with(queue.text()).with(bytes).with(dropped));
    }

    @Override
    public long bytes(QueueName queue) {
        return asked(() -> new Call(connection, BYTES)
                .with(queue.text())
                .first(row -> row.getLong(1))
                .orElseThrow());
    }

    @Override
    public Totals totals(QueueName queue, long now) {
        return asked(() -> new Call(connection, TOTALS)
                .with(now)
                .with(queue.text())
                .with(queue.text())
                .with(now)
                .first(row -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .orElseThrow());
    }

    /** What is asked of the server. */
    private interface Asking<R> {
        R answer() throws SQLException;
    }

    private static <R> R asked(Asking<R> asking) {
        try {
            return asking.answer();
        } catch (SQLException e) {
            throw Failures.BEFORE_COMMIT.of(e);
        }
    }

    private static void done(Call change) {
        asked(change::change);
    }

    private static String[] texts(List<StoredMessage> messages, Function<StoredMessage, String> part) {
        return messages.stream().map(part).toArray(String[]::new);
    }

    private static Long[] numbers(List<StoredMessage> messages, ToLongFunction<StoredMessage> part) {
        return messages.stream().map(part::applyAsLong).toArray(Long[]::new);
    }

    private static byte[][] bytes(List<StoredMessage> messages, Function<StoredMessage, Bytes> part) {
        return messages.stream().map(part).map(Bytes::toByteArray).toArray(byte[][]::new);
    }

    private static long millis(Instant moment) {
        return moment.toEpochMilli();
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        var origin = new Delivery.Origin(
                new QueueName(row.getString("origin_queue")),
                new MessageId(row.getString("origin_id")),
                Instant.ofEpochMilli(row.getLong("origin_sent_at")));
        var delivery = new Delivery(
                new MessageId(row.getString("id")),
                origin,
                BodyType.valueOf(row.getString("type")),
                Bytes.copyOf(row.getBytes("body")),
                Instant.ofEpochMilli(row.getLong("sent_at")),
                row.getInt("attempts"),
                Bytes.copyOf(row.getBytes("producer")).toUtf8());
        return new StoredMessage(
                row.getLong("number"),
                new QueueName(row.getString("queue")),
                delivery,
                new OrderingKey(Bytes.copyOf(row.getBytes("ordering"))),
                row.getLong("ready_at"),
                row.getLong("expires_at"),
                row.getInt("lease"));
    }
}
