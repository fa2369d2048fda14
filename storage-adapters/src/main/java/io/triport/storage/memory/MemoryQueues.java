package io.triport.storage.memory;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.QueueTable;
import io.triport.storage.queue.StoredMessage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queues of a memory, under the lock of its data. */
final class MemoryQueues implements QueueTable {
    private static final Comparator<StoredMessage> BY_READINESS =
            Comparator.comparingLong(StoredMessage::readyAt).thenComparingLong(StoredMessage::number);
    private static final Comparator<StoredMessage> BY_END =
            Comparator.comparingLong(StoredMessage::expiresAt).thenComparingLong(StoredMessage::number);

    private final Consumer<Runnable> journal;
    private final NavigableMap<Long, StoredMessage> byNumber = new TreeMap<>();
    private final NavigableSet<StoredMessage> byEnd = new TreeSet<>(BY_END);
    private final Map<QueueName, NavigableSet<StoredMessage>> byReadiness = new HashMap<>();
    private final Map<Line, NavigableSet<Long>> lines = new HashMap<>();
    private final Map<Once, Sent> sent = new HashMap<>();
    private final Map<QueueName, Counted> counted = new HashMap<>();
    private long last;

    private record Line(QueueName queue, OrderingKey key) {}

    private record Once(QueueName queue, DedupId dedup) {}

    private record Sent(MessageId id, long until) {}

    private record Counted(long bytes, long dropped) {}

    /** @param journal takes what takes a change back */
    MemoryQueues(Consumer<Runnable> journal) {
        this.journal = journal;
    }

    @Override
    public void add(List<StoredMessage> messages) {
        for (var message : messages) {
            last++;
            replace(last, message.numbered(last));
        }
    }

    @Override
    public List<StoredMessage> ready(QueueName queue, long now, int most) {
        return ready(queue, now).limit(most).toList();
    }

    @Override
    public int countReady(QueueName queue, long now, int most) {
        return (int) ready(queue, now).limit(most).count();
    }

    @Override
    public List<StoredMessage> find(QueueName queue, List<Long> numbers) {
        return numbers.stream()
                .flatMap(number -> Stream.ofNullable(byNumber.get(number)))
                .filter(message -> message.queue().equals(queue))
                .toList();
    }

    @Override
    public void change(List<StoredMessage> messages) {
        messages.forEach(message -> replace(message.number(), message));
    }

    @Override
    public void remove(List<Long> numbers) {
        numbers.forEach(number -> replace(number, null));
    }

    @Override
    public List<StoredMessage> peek(QueueName queue, long now, int most) {
        return live(queue, now).limit(most).toList();
    }

    @Override
    public long clear(QueueName queue) {
        var all = List.copyOf(of(queue));
        all.forEach(message -> replace(message.number(), null));
        return all.stream().mapToLong(StoredMessage::bytes).sum();
    }

    @Override
    public List<Remains> expired(long now, int most) {
        return byEnd.stream()
                .takeWhile(message -> message.expiresAt() <= now)
                .limit(most)
                .map(message -> new Remains(message.number(), message.queue(), message.bytes()))
                .toList();
    }

    @Override
    public MessageId remember(QueueName queue, DedupId dedup, MessageId id, Period period) {
        var once = new Once(queue, dedup);
        var before = sent.get(once);
        if (before != null && before.until() > period.now()) {
            return before.id();
        }
        set(sent, once, new Sent(id, period.until()));
        return id;
    }

    @Override
    public void forget(long now, int most) {
        var ended = sent.entrySet().stream()
                .filter(entry -> entry.getValue().until() <= now)
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
        ended.forEach(once -> set(sent, once, null));
    }

    @Override
    public void count(QueueName queue, long bytes, long dropped) {
        var before = counted(queue);
        set(counted, queue, new Counted(before.bytes() + bytes, before.dropped() + dropped));
    }

    @Override
    public long bytes(QueueName queue) {
        return counted(queue).bytes();
    }

    @Override
    public Totals totals(QueueName queue, long now) {
        var live = live(queue, now).toList();
        var oldest = live.stream()
                .mapToLong(message -> message.delivery().sentAt().toEpochMilli())
                .min();
        return new Totals(
                live.size(),
                live.stream().mapToLong(StoredMessage::bytes).sum(),
                oldest.orElse(now),
                counted(queue).dropped());
    }

    private Stream<StoredMessage> ready(QueueName queue, long now) {
        return of(queue).stream()
                .takeWhile(message -> message.readyAt() <= now)
                .filter(message -> message.expiresAt() > now)
                .filter(message -> message.ordering().isNone() || firstOfLine(message, now));
    }

    private boolean firstOfLine(StoredMessage message, long now) {
        return lines.getOrDefault(line(message), new TreeSet<>()).headSet(message.number()).stream()
                .flatMap(number -> Stream.ofNullable(byNumber.get(number)))
                .noneMatch(earlier -> earlier.expiresAt() > now);
    }

    private Stream<StoredMessage> live(QueueName queue, long now) {
        return of(queue).stream().filter(message -> message.expiresAt() > now);
    }

    private NavigableSet<StoredMessage> of(QueueName queue) {
        return byReadiness.getOrDefault(queue, new TreeSet<>(BY_READINESS));
    }

    private Counted counted(QueueName queue) {
        return counted.getOrDefault(queue, new Counted(0, 0));
    }

    private void replace(long number, @Nullable StoredMessage message) {
        var before = put(number, message);
        journal.accept(() -> put(number, before));
    }

    private @Nullable StoredMessage put(long number, @Nullable StoredMessage message) {
        var before = byNumber.remove(number);
        if (before != null) {
            byEnd.remove(before);
            of(before.queue()).remove(before);
            lines.getOrDefault(line(before), new TreeSet<>()).remove(number);
        }
        if (message == null) {
            if (before != null && of(before.queue()).isEmpty()) {
                byReadiness.remove(before.queue());
            }
            if (before != null
                    && lines.getOrDefault(line(before), new TreeSet<>()).isEmpty()) {
                lines.remove(line(before));
            }
            return before;
        }
        byNumber.put(number, message);
        byEnd.add(message);
        byReadiness
                .computeIfAbsent(message.queue(), absent -> new TreeSet<>(BY_READINESS))
                .add(message);
        if (!message.ordering().isNone()) {
            lines.computeIfAbsent(line(message), absent -> new TreeSet<>()).add(number);
        }
        return before;
    }

    private static Line line(StoredMessage message) {
        return new Line(message.queue(), message.ordering());
    }

    private <K, V> void set(Map<K, V> map, K key, @Nullable V value) {
        var before = value == null ? map.remove(key) : map.put(key, value);
        journal.accept(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
