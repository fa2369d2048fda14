package io.triport.storage.table;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One level of a namespace's keys: from each branch it goes on behind all of that branch's keys, without a look at them. */
final class KeyLevels {
    private static final Bytes NEXT = Bytes.copyOf(new byte[] {0});

    private static final String COUNT = "select count(*) from key_entry k where ";
    /** Few at any time, and found by their ends. */
    private static final String ENDED = "k.expires_at <= ? and k.expires_at < 9223372036854775807 and ";

    private final Queries queries;
    private final long space;
    private final long now;

    KeyLevels(Queries queries, long space, long now) {
        this.queries = queries;
        this.space = space;
        this.now = now;
    }

    /** @param leaves keys @param next where the next page begins; no bytes when this was the last */
    record Level(List<KeyTree.Branch> branches, List<Bytes> leaves, Bytes next) {}

    Level read(KeyTree.Query query) {
        var prefix = query.area().prefix().bytes();
        var delimiter = Bytes.utf8(query.delimiter());
        var end = KeyRows.endOf(prefix);
        var someEnded = ended(prefix) > 0;
        var branches = new ArrayList<KeyTree.Branch>();
        var leaves = new ArrayList<Bytes>();
        var from = query.from().compareTo(prefix) > 0 ? query.from() : prefix;
        for (var key = first(from, end); key.isPresent(); key = first(from, end)) {
            if (branches.size() + leaves.size() == query.limit()) {
                return new Level(branches, leaves, from);
            }
            var cut = indexOf(delimiter, key.get(), prefix.size());
            if (cut < 0) {
                leaves.add(key.get());
                from = key.get().concat(NEXT);
            } else {
                var branch = key.get().slice(0, cut + delimiter.size());
                branches.add(new KeyTree.Branch(new KeyPrefix(branch), count(branch, someEnded)));
                from = KeyRows.endOf(branch);
            }
        }
        return new Level(branches, leaves, Bytes.EMPTY);
    }

    private Optional<Bytes> first(Bytes from, Bytes end) {
        return queries.first(
                Sql.of("select k.key from key_entry k where k.space = ? and k.key >= ? and k.key < ?", space, from, end)
                        .add(" and k.expires_at > ? order by k.key limit 1", now),
                row -> Queries.bytes(row, 1));
    }

    private long count(Bytes branch, boolean someEnded) {
        var all = queries.number(Sql.of(COUNT).add(range(branch)));
        return someEnded ? all - ended(branch) : all;
    }

    /** Few at any time, and found by their ends: the sign keeps SQLite from looking among the names. */
    private long ended(Bytes prefix) {
        return queries.number(Sql.of(COUNT).add(ENDED, now).add("+").add(range(prefix)));
    }

    private Sql range(Bytes prefix) {
        return Sql.of("k.space = ? and k.key >= ? and k.key < ?", space, prefix, KeyRows.endOf(prefix));
    }

    private static int indexOf(Bytes part, Bytes whole, int from) {
        for (var at = from; at + part.size() <= whole.size(); at++) {
            if (whole.slice(at, at + part.size()).equals(part)) {
                return at;
            }
        }
        return -1;
    }
}
