package io.triport.domain.table;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.List;

/**
 * A page of one level of a namespace, in byte order.
 *
 * @param next where the next page begins; no bytes when this was the last
 */
public record KeyTree(List<KeyTree.Branch> branches, List<KeyRecord> leaves, Bytes next) {
    /** Keys that go on behind a delimiter. @param prefix ends with the delimiter @param keys how many live ones */
    public record Branch(KeyPrefix prefix, long keys) {}

    /**
     * What to show.
     *
     * @param delimiter 1 to 16 characters
     * @param from {@link KeyTree#next} of the page before; no bytes to begin
     * @param limit branches and leaves together, 1..1000
     */
    public record Query(KeyArea area, String delimiter, Bytes from, int limit) {
        private static final int LONGEST = 16;
        private static final int MOST = 1_000;

        /** @throws InvalidInput outside the bounds */
        public Query {
            if (delimiter.isEmpty() || delimiter.length() > LONGEST) {
                throw new InvalidInput("delimiter", "1..16 characters");
            }
            if (limit < 1 || limit > MOST) {
                throw new InvalidInput("limit", "1..1000");
            }
        }
    }

    public KeyTree {
        branches = List.copyOf(branches);
        leaves = List.copyOf(leaves);
    }
}
