package io.triport.storage.nats;

import io.triport.domain.queue.DedupId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.StoredMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all queues keep, but for the bodies of messages: what the changes of the stream make of nothing. Guarded by its owner. */
final class QueueState {
    /*
     * Rows and entries
     *
     * Each row knows the entry of the stream in which it is written whole. What is before the oldest of these entries is not needed
     * any more: changes of rows that are gone say nothing. A change of a row that is not there is passed over, because the row is
     * either gone or written whole later on.
     */
    private final Map<Row.Name, Row> rows = new HashMap<>();
    private final NavigableMap<Long, SequencedSet<Row.Name>> byEntry = new TreeMap<>();
    private final Map<QueueName, NavigableSet<Row.Waiting>> byReadiness = new HashMap<>();
    private final NavigableSet<Row.Waiting> byEnd = new TreeSet<>(Row.Waiting.BY_END);
    private final NavigableSet<Row.Sent> sentByEnd = new TreeSet<>(Row.Sent.BY_END);
    private final Map<Row.Waiting.Line, NavigableSet<Long>> lines = new HashMap<>();
    private long bodyBytes;

    /**
     * Makes a change.
     *
     * @param entry in which it is written
     * @return what takes it back, if nothing was changed since
     */
    Runnable apply(Change change, long entry) {
        return switch (change) {
            case Change.Put(var message) -> {
                var body = new BodyPlace(
                        entry, message.number(), message.delivery().body().size());
                yield replace(new Row.Waiting(BodyPlace.with(message, Bytes.EMPTY), body));
            }
            case Change.Refer(var message, var body) -> replace(new Row.Waiting(message, body));
            case Change.Turn turn -> turned(turn);
            case Change.Remove(var number) -> remove(new Row.Waiting.Place(number));
            case Change.Clear(var queue) -> cleared(queue);
            case Change.Remember(var queue, var dedup, var id, var until) ->
                replace(new Row.Sent(new Row.Sent.Once(queue, dedup), id, until, entry));
            case Change.Forget(var queue, var dedup) -> remove(new Row.Sent.Once(queue, dedup));
            case Change.Count(var queue, var bytes, var dropped) ->
                replace(new Row.Counted(new Row.Counted.Counters(queue), bytes, dropped, entry));
        };
    }

    Optional<Row.Waiting> waiting(long number) {
        return rows.get(new Row.Waiting.Place(number)) instanceof Row.Waiting row ? Optional.of(row) : Optional.empty();
    }

    Optional<Row.Sent> sent(QueueName queue, DedupId dedup) {
        return rows.get(new Row.Sent.Once(queue, dedup)) instanceof Row.Sent row ? Optional.of(row) : Optional.empty();
    }

    Row.Counted counted(QueueName queue) {
        var name = new Row.Counted.Counters(queue);
        return rows.get(name) instanceof Row.Counted row ? row : new Row.Counted(name, 0, 0, BodyPlace.UNWRITTEN);
    }

    /** Those of a queue, in the order in which they are or will be ready. */
    Stream<Row.Waiting> live(QueueName queue, long now) {
        return of(queue).stream().filter(row -> row.message().expiresAt() > now);
    }

    Stream<Row.Waiting> ready(QueueName queue, long now) {
        return of(queue).stream()
                .takeWhile(row -> row.message().readyAt() <= now)
                .filter(row -> row.message().expiresAt() > now)
                .filter(row -> row.message().ordering().isNone() || firstOfLine(row, now));
    }

    /** In the order of their ends. */
    Stream<Row.Waiting> expired(long now) {
        return byEnd.stream().takeWhile(row -> row.message().expiresAt() <= now);
    }

    /** In the order of their ends. */
    Stream<Row.Sent> forgettable(long now) {
        return sentByEnd.stream().takeWhile(sent -> sent.until() <= now);
    }

    int size() {
        return rows.size();
    }

    /** Of the bodies of all messages. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Those that are written whole in the oldest entries, the oldest first. */
    Stream<Row> oldest() {
        return byEntry.values().stream()
                .flatMap(SequencedSet::stream)
                .flatMap(name -> Stream.ofNullable(rows.get(name)));
    }

    /** The oldest entry in which a row is written whole; empty where there is no row. */
    OptionalLong firstEntry() {
        return byEntry.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byEntry.firstKey());
    }

    private Runnable turned(Change.Turn turn) {
        return waiting(turn.number())
                .map(row -> {
                    var message = row.message();
                    var next = new StoredMessage(
                            message.number(),
                            message.queue(),
                            message.delivery().attempted(turn.attempt()),
                            message.ordering(),
                            turn.readyAt(),
                            message.expiresAt(),
                            turn.lease());
                    return replace(new Row.Waiting(next, row.body()));
                })
                .orElse(() -> {});
    }

    private Runnable cleared(QueueName queue) {
        List<Runnable> undo = new ArrayList<>();
        for (var row : List.copyOf(of(queue))) {
            undo.add(remove(row.name()));
        }
        return () -> undo.forEach(Runnable::run);
    }

    private Runnable replace(Row row) {
        var before = put(row.name(), row);
        return () -> put(row.name(), before);
    }

    private Runnable remove(Row.Name name) {
        var before = put(name, null);
        return () -> put(name, before);
    }

    private @Nullable Row put(Row.Name name, @Nullable Row row) {
        var before = row == null ? rows.remove(name) : rows.put(name, row);
        if (before != null) {
            unlist(before);
        }
        if (row != null) {
            list(row);
        }
        return before;
    }

    private void list(Row row) {
        byEntry.computeIfAbsent(row.entry(), absent -> new LinkedHashSet<>(2)).add(row.name());
        switch (row) {
            case Row.Waiting waiting -> {
                byReadiness
                        .computeIfAbsent(waiting.message().queue(), absent -> new TreeSet<>(Row.Waiting.BY_READINESS))
                        .add(waiting);
                byEnd.add(waiting);
                if (!waiting.message().ordering().isNone()) {
                    lines.computeIfAbsent(waiting.line(), absent -> new TreeSet<>())
                            .add(waiting.number());
                }
                bodyBytes += waiting.body().size();
            }
            case Row.Sent sent -> sentByEnd.add(sent);
            case Row.Counted counted -> {}
        }
    }

    private void unlist(Row row) {
        byEntry.computeIfPresent(row.entry(), (entry, names) -> {
            names.remove(row.name());
            return names.isEmpty() ? null : names;
        });
        switch (row) {
            case Row.Waiting waiting -> {
                of(waiting.message().queue()).remove(waiting);
                byEnd.remove(waiting);
                lines.computeIfPresent(waiting.line(), (line, numbers) -> {
                    numbers.remove(waiting.number());
                    return numbers.isEmpty() ? null : numbers;
                });
                bodyBytes -= waiting.body().size();
            }
            case Row.Sent sent -> sentByEnd.remove(sent);
            case Row.Counted counted -> {}
        }
    }

    private boolean firstOfLine(Row.Waiting row, long now) {
        return lines.getOrDefault(row.line(), Collections.emptyNavigableSet()).headSet(row.number()).stream()
                .flatMap(number -> waiting(number).stream())
                .noneMatch(earlier -> earlier.message().expiresAt() > now);
    }

    private NavigableSet<Row.Waiting> of(QueueName queue) {
        return byReadiness.getOrDefault(queue, Collections.emptyNavigableSet());
    }
}
