package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * What to list.
 *
 * @param prefix of the keys, empty for all
 * @param delimiter keys that have it behind the prefix are rolled up into one common prefix; empty for none
 * @param limit entries at most, objects and common prefixes together, 1..1000
 */
public record ObjectQuery(Bytes prefix, Bytes delimiter, ListStart start, int limit, Versions versions) {
    /** Which versions are listed. */
    public enum Versions {
        CURRENT,
        ALL
    }

    /** @throws InvalidInput for a limit outside its bounds */
    public ObjectQuery {
        if (limit < 1 || limit > ObjectLimits.LIST_LIMIT) {
            throw new InvalidInput("limit", "1..1000");
        }
    }

    public static ObjectQuery all() {
        return of("");
    }

    public static ObjectQuery of(String prefix) {
        return new ObjectQuery(
                Bytes.utf8(prefix), Bytes.EMPTY, new ListStart.Beginning(), ObjectLimits.LIST_LIMIT, Versions.CURRENT);
    }

    public ObjectQuery from(ListStart other) {
        return new ObjectQuery(prefix, delimiter, other, limit, versions);
    }

    public ObjectQuery limitedTo(int other) {
        return new ObjectQuery(prefix, delimiter, start, other, versions);
    }

    public ObjectQuery rolledUpAt(String other) {
        return new ObjectQuery(prefix, Bytes.utf8(other), start, limit, versions);
    }

    public ObjectQuery withVersions() {
        return new ObjectQuery(prefix, delimiter, start, limit, Versions.ALL);
    }
}
