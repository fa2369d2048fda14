package io.triport.manager.transfer;

import io.triport.domain.request.Bytes;

/**
 * What a file to be imported holds.
 *
 * @param format json, ndjson, object or wrangler
 * @param items of all kinds
 * @param replaced a bit for each item that a later one of the same name replaces
 * @param duplicates how many these are
 */
public record ImportSummary(String format, long items, Bytes replaced, int duplicates) {
    /** Reads all of it. @throws ImportInvalid where it cannot be read */
    static ImportSummary of(ImportReader reader, Bytes salt) {
        try (reader) {
            var repeats = new Repeats(salt);
            for (var row = reader.next(); row != null; row = reader.next()) {
                if (row.index() >= Repeats.MOST_ITEMS) {
                    throw new ImportInvalid(
                            "too many items (expected: at most " + Repeats.MOST_ITEMS + ")", row.line(), 1);
                }
                if (row instanceof ImportRow.Valid valid) {
                    repeats.seen(valid.item().key(), (int) row.index());
                }
            }
            return new ImportSummary(reader.format(), reader.count(), repeats.replaced(), repeats.count());
        }
    }

    /** Whether a later item of the same name replaces the one at the place. */
    public boolean replaces(long place) {
        var at = (int) (place / Byte.SIZE);
        return at < replaced.size() && (replaced.at(at) >> (place % Byte.SIZE) & 1) == 1;
    }
}
