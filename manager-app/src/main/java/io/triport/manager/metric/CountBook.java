package io.triport.manager.metric;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes counts down, a document for each namespace and day; several nodes add to the same ones. What belongs to a title that is
 * no namespace is not kept. Safe for many threads.
 */
final class CountBook {
    private static final int KEPT_DAYS = 31;

    private final Counts counts;
    private final Shelf<Day> days;
    private final Clock clock;

    CountBook(Counts counts, Storage storage, Clock clock) {
        this.counts = counts;
        this.days = new Shelf<>(storage, "metric-day", Day.FORM, Problem.NAMESPACE_NOT_FOUND);
        this.clock = clock;
    }

    /** Also counts the keys of each namespace once an hour, and lets go of old days. */
    void write(Grant grant, Storage storage) {
        var namespaces = storage.resources(grant).namespaces();
        writeCalls(grant, namespaces);
        writeSizes(grant, storage, namespaces);
        var oldest = today().minusDays(KEPT_DAYS).toString();
        days.list(grant).stream()
                .map(Kept::id)
                .filter(id -> id.compareTo(oldest) < 0)
                .forEach(id -> days.remove(grant, id));
    }

    private void writeCalls(Grant grant, List<Namespace> namespaces) {
        var ids = new HashMap<String, String>();
        namespaces.forEach(one -> ids.put(one.title().text(), one.id().text()));
        var left = new HashMap<>(counts.take());
        try {
            for (var entry : Map.copyOf(left).entrySet()) {
                var slot = entry.getKey();
                var id = ids.get(slot.title());
                if (id != null) {
                    change(
                            grant,
                            id(slot.hour(), id),
                            day -> day.plus(slot.type(), hour(slot.hour()), entry.getValue()));
                }
                left.remove(slot);
            }
        } finally {
            counts.giveBack(left);
        }
    }

    private void writeSizes(Grant grant, Storage storage, List<Namespace> namespaces) {
        var now = clock.instant();
        for (var namespace : namespaces) {
            var id = id(now, namespace.id().text());
            if (days.find(grant, id).map(Kept::value).orElse(Day.EMPTY).sizedAt() == hour(now)) {
                continue;
            }
            try {
                var totals = storage.keyCatalogue(grant).totals(namespace.title());
                change(grant, id, day -> day.sized(totals.keys(), totals.bytes(), hour(now)));
            } catch (StorageFailure.Rejected e) {
                // It was dropped meanwhile.
            }
        }
    }

    private void change(Grant grant, String id, UnaryOperator<Day> change) {
        if (days.find(grant, id).isEmpty()
                && days.add(grant, id, change.apply(Day.EMPTY)).isPresent()) {
            return;
        }
        days.change(grant, id, change);
    }

    /** A namespace on a day. */
    record Entry(LocalDate date, String namespace, Day day) {}

    /** From a day on, in the order of the days. */
    List<Entry> since(Grant grant, LocalDate first) {
        return days.list(grant).stream()
                .filter(kept -> kept.id().compareTo(first.toString()) >= 0)
                .map(kept -> new Entry(
                        LocalDate.parse(kept.id().substring(0, kept.id().indexOf('/'))),
                        kept.id().substring(kept.id().indexOf('/') + 1),
                        kept.value()))
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String id(Instant moment, String namespace) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC) + "/" + namespace;
    }

    private static int hour(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).getHour();
    }
}
