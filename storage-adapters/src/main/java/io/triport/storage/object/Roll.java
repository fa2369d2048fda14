package io.triport.storage.object;

import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows in the order of their keys, with those rolled up that have a delimiter behind the prefix. What is rolled up is
 * skipped and not read.
 *
 * @param key of a row
 * @param number that orders the rows of one key
 */
record Roll<R>(Fetch<R> fetch, Function<R, Bytes> key, ToLongFunction<R> number) {
    /** With a delimiter most rows of a large read would be skipped over. */
    private static final int ROWS_PER_READ = 64;

    /** Where to read on: from a key, of that key behind a number. */
    record Place(Bytes from, long behind) {}

    /** Rows from a place to a key. */
    interface Fetch<R> {
        List<R> rows(Place place, Bytes to, int most);
    }

    /** @param firstOfKey the number behind which all rows of a key come */
    record Wanted(Bytes prefix, Bytes delimiter, int limit, long firstOfKey) {
        Place behindKey(Bytes key) {
            var common = key.startsWith(prefix) ? KeyRanges.commonPrefix(key, prefix, delimiter) : Bytes.EMPTY;
            return common.isEmpty() ? new Place(KeyRanges.after(key), firstOfKey) : behindPrefix(common);
        }

        Place behindPrefix(Bytes common) {
            return new Place(KeyRanges.behind(common), firstOfKey);
        }

        private Place within(Place place) {
            return place.from().compareTo(prefix) >= 0 ? place : new Place(prefix, firstOfKey);
        }
    }

    /** A row, or a common prefix of several; the other is null. */
    record Entry<R>(@Nullable R row, Bytes prefix) {}

    /** @param next null where nothing follows */
    record Page<R>(List<Entry<R>> entries, @Nullable Place next) {}

    Page<R> page(Place start, Wanted wanted) {
        var entries = new ArrayList<Entry<R>>();
        var to = KeyRanges.behind(wanted.prefix());
        var next = wanted.within(start);
        while (true) {
            var most = wanted.limit() + 1 - entries.size();
            var asked = wanted.delimiter().isEmpty() ? most : Math.min(most, ROWS_PER_READ);
            var rows = fetch.rows(next, to, asked);
            for (var row : rows) {
                var itsKey = key.apply(row);
                if (itsKey.compareTo(next.from()) < 0) {
                    continue;
                }
                if (entries.size() == wanted.limit()) {
                    return new Page<>(entries, next);
                }
                var common = KeyRanges.commonPrefix(itsKey, wanted.prefix(), wanted.delimiter());
                if (common.isEmpty()) {
                    entries.add(new Entry<>(row, Bytes.EMPTY));
                    next = new Place(itsKey, number.applyAsLong(row));
                } else {
                    entries.add(new Entry<>(null, common));
                    next = wanted.behindPrefix(common);
                }
            }
            if (rows.size() < asked) {
                return new Page<>(entries, null);
            }
        }
    }
}
