package io.triport.storage.postgresql;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.queue.Producer;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.storage.durable.OutboxEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What objects send as parameters, a column each, and as rows. */
record OutboxColumns(List<OutboxEntry> entries) {
    static final String ADDRESSEES = "select distinct queue from do_outbox";
    static final String FIRST = """
        select number, queue, type, body, delay, ordering, dedup, producer
        from do_outbox where queue = ? order by number limit ?\
        """;
    static final String REMOVE = "delete from do_outbox where number = any(?)";

    private static final long OF_QUEUE = -1;

    static OutboxEntry read(ResultSet row) throws SQLException {
        var delay = row.getLong(5);
        var message = new Message(
                BodyType.valueOf(row.getString(3)),
                Bytes.copyOf(row.getBytes(4)),
                delay == OF_QUEUE ? Delay.OF_QUEUE : Delay.of(Duration.ofMillis(delay)),
                new OrderingKey(Bytes.copyOf(row.getBytes(6))),
                new DedupId(Bytes.copyOf(row.getBytes(7))),
                new Producer(Bytes.copyOf(row.getBytes(8)).toUtf8()));
        return new OutboxEntry(row.getLong(1), new QueueName(row.getString(2)), message);
    }

    String[] queues() {
        return entries.stream().map(entry -> entry.queue().text()).toArray(String[]::new);
    }

    String[] types() {
        return entries.stream().map(entry -> entry.message().type().name()).toArray(String[]::new);
    }

    byte[][] bodies() {
        return bytes(Message::body);
    }

    Long[] delays() {
        return entries.stream()
                .map(entry -> switch (entry.message().delay()) {
                    case Delay.OfQueue ofQueue -> OF_QUEUE;
                    case Delay.For(var time) -> time.toMillis();
                })
                .toArray(Long[]::new);
    }

    byte[][] orderings() {
        return bytes(message -> message.ordering().bytes());
    }

    byte[][] dedups() {
        return bytes(message -> message.dedup().bytes());
    }

    byte[][] producers() {
        return bytes(message -> Bytes.utf8(message.producer().text()));
    }

    private byte[][] bytes(Function<Message, Bytes> column) {
        return entries.stream()
                .map(entry -> column.apply(entry.message()).toByteArray())
                .toArray(byte[][]::new);
    }
}
