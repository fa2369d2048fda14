package io.triport.storage.table;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import io.triport.storage.jdbc.TableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows that the key-value adapters keep of their keys, and the labels beside them. */
final class JdbcKeyCatalogue implements KeyCatalogue {
    private static final String OF_KEYS = " where k.space = ? and k.expires_at > ? and k.key in (";
    private static final String LABEL = "insert into key_detail (namespace, key, tags, custom, color, labelled_at)"
            + " select k.space, k.key, ?, ?, ?, ? from key_row k where k.space = ? and k.key = ? and k.expires_at > ?"
            + " on conflict (namespace, key) do update set tags = excluded.tags, custom = excluded.custom,"
            + " color = excluded.color, labelled_at = excluded.labelled_at";

    /** By the labels, of which there are fewer than keys. */
    private static final String COLORS =
            "select k.key, k.color from key_painted k where k.space = ? and k.expires_at > ?";

    private static final String FIRST = "select first_at from key_total where space = ?";

    private final TableAccess access;
    private final TableRepositories repositories;

    JdbcKeyCatalogue(TableAccess access, TableRepositories repositories) {
        this.access = access;
        this.repositories = repositories;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        access.hold(namespace, keys);
        return access.read(() -> find(
                namespace, space(namespace), keys.stream().map(KvKey::bytes).toList()));
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        return access.write(() -> {
            var space = space(namespace).number();
            var missing = new ArrayList<KvKey>();
            labels.forEach((key, value) -> {
                if (queries().change(label(space, key, value)) == 0) {
                    missing.add(key);
                }
            });
            return List.copyOf(missing);
        });
    }

    @Override
    public FoundKeys search(KeySearch search) {
        return access.read(() -> new KeyFinder(queries(), now()).find(search));
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        return access.read(() -> {
            var namespace = query.area().namespace();
            var space = space(namespace);
            var level = new KeyLevels(queries(), space.number(), now()).read(query);
            var records = find(namespace, space, level.leaves());
            var leaves = level.leaves().stream()
                    .map(KvKey::new)
                    .flatMap(key -> Stream.ofNullable(records.get(key)))
                    .toList();
            return new KeyTree(level.branches(), leaves, level.next());
        });
    }

    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        return access.read(() -> {
            var colors = new HashMap<KvKey, String>();
            queries()
                    .all(
                            Sql.of(COLORS, space(namespace).number(), now()),
                            row -> colors.put(new KvKey(Queries.bytes(row, 1)), row.getString(2)));
            return Map.copyOf(colors);
        });
    }

    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        return access.read(() -> queries()
                .first(Sql.of(FIRST, space(namespace).number()), row -> row.getLong(1))
                .filter(millis -> millis > 0)
                .map(Moments::moment));
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        return access.read(() -> new KeyNumbers(queries(), space(namespace), now()).totals());
    }

    @Override
    public NamespaceTotals totals(KeyArea area) {
        return access.read(() -> new KeyNumbers(queries(), space(area.namespace()), now()).totals(area.prefix()));
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        return access.read(() -> new KeyNumbers(queries(), space(namespace), now()).statistics(namespace, delimiter));
    }

    private Map<KvKey, KeyRecord> find(NamespaceTitle namespace, Spaces.Space space, List<Bytes> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var places = String.join(", ", Collections.nCopies(keys.size(), "?"));
        var sql = Sql.of(KeyRows.SELECT).add(OF_KEYS, space.number(), now()).add(places + ")", keys.toArray());
        var found = new HashMap<KvKey, KeyRecord>();
        queries().each(sql, KeyRows.of(space, namespace)::read, row -> found.put(row.key(), row));
        return Map.copyOf(found);
    }

    private Sql label(long space, KvKey key, KeyLabels labels) {
        return Sql.of(
                LABEL,
                Tagging.text(labels.tags()),
                labels.custom().text(),
                labels.color(),
                now(),
                space,
                key.bytes(),
                now());
    }

    private Queries queries() {
        return repositories.queries();
    }

    private Spaces.Space space(NamespaceTitle namespace) {
        return new Spaces(queries()).find(namespace);
    }

    private long now() {
        return access.clock().millis();
    }
}
