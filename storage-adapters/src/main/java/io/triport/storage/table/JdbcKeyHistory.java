package io.triport.storage.table;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import io.triport.storage.jdbc.Moments;
import io.triport.storage.jdbc.Queries;
import io.triport.storage.jdbc.Sql;
import io.triport.storage.jdbc.TableAccess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kept versions as rows, with their values. */
final class JdbcKeyHistory implements KeyHistory {
    private static final String SUMMARY = "select v.number, v.key, v.version, v.size, v.expires_at, v.operation,"
            + " v.user_name, v.at, v.kept_until from key_version v where v.namespace = ? and v.number < ?"
            + " and v.kept_until > ?";
    private static final String NEWEST = " and not exists (select 1 from key_version w where w.namespace = v.namespace"
            + " and w.key = v.key and w.number > v.number and w.kept_until > ?)";
    private static final String NOT_LIVE =
            " and not exists (select 1 from key_row k where k.space = ? and k.key = v.key and k.expires_at > ?)";
    private static final String LIMIT = " order by v.number desc limit ?";
    private static final String OF_KEY = " where namespace = ? and key = ?";

    private final TableAccess access;
    private final TableRepositories repositories;

    JdbcKeyHistory(TableAccess access, TableRepositories repositories) {
        this.access = access;
        this.repositories = repositories;
    }

    @Override
    public void keep(NamespaceTitle namespace, List<KeptVersion> versions) {
        access.write(() -> {
            var space = space(namespace);
            if (versions.isEmpty()) {
                return space;
            }
            var count = versions.size();
            var number = repositories.counters().take(CounterRepository.KEY_VERSION, count) - count;
            var rows = new ArrayList<StoredVersion>();
            for (var version : versions) {
                number++;
                rows.add(StoredVersion.of(number, space.id(), version));
            }
            repositories.versions().saveAll(rows);
            return space;
        });
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        return access.read(() -> summaries(Sql.of(SUMMARY, space(namespace).id(), before, now())
                .add(" and v.key = ?", key.bytes())
                .add(LIMIT, (long) limit)));
    }

    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        return access.read(() -> {
            var space = space(namespace);
            return summaries(Sql.of(SUMMARY, space.id(), before, now())
                    .add(NEWEST, now())
                    .add(NOT_LIVE, space.number(), now())
                    .add(LIMIT, (long) limit));
        });
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        return access.read(() -> {
            var sql = Sql.of("select * from key_version")
                    .add(OF_KEY, space(namespace).id(), key.bytes())
                    .add(" and number = ? and kept_until > ?", number, now());
            return repositories.queries().all(sql, StoredVersion.class).stream()
                    .map(StoredVersion::kept)
                    .findFirst();
        });
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        return access.write(() -> repositories
                        .queries()
                        .change(Sql.of("delete from key_version")
                                .add(OF_KEY, space(namespace).id(), key.bytes())
                                .add(" and number = ?", number))
                > 0);
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        access.write(() -> repositories
                .queries()
                .change(Sql.of("update key_version set key = ?", to.bytes())
                        .add(OF_KEY, space(namespace).id(), from.bytes())));
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        return access.write(() -> {
            var id = space(namespace).id();
            return repositories
                    .queries()
                    .change(Sql.of("delete from key_version where number in (select number from key_version")
                            .add(OF_KEY, id, key.bytes())
                            .add(" order by number desc limit 9223372036854775807 offset ?)", (long) most));
        });
    }

    @Override
    public int forget(Instant now, int most) {
        return access.write(() -> {
            var removed = repositories.versions().removeEnded(Moments.millis(now), most);
            if (removed < most) {
                removed += repositories.versions().removeDropped(most - removed);
                repositories.versions().forgetDropped();
            }
            return (int) removed;
        });
    }

    private Spaces.Space space(NamespaceTitle namespace) {
        return new Spaces(repositories.queries()).find(namespace);
    }

    private long now() {
        return access.clock().millis();
    }

    private List<VersionSummary> summaries(Sql sql) {
        return repositories.queries().all(sql, JdbcKeyHistory::summary);
    }

    private static VersionSummary summary(ResultSet row) throws SQLException {
        return new VersionSummary(
                row.getLong(1),
                new KvKey(Queries.bytes(row, 2)),
                new KvVersion(row.getLong(3)),
                row.getLong(4),
                Moments.expiry(row.getLong(5)),
                row.getString(6),
                row.getString(7),
                Moments.moment(row.getLong(8)),
                Moments.moment(row.getLong(9)));
    }
}
