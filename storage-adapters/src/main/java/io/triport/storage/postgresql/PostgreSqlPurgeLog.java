package io.triport.storage.postgresql;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.Purge;
import io.triport.domain.request.Bytes;
import io.triport.storage.purge.PurgeLog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Rows of cache_purge. */
record PostgreSqlPurgeLog(Database database, Clock clock) implements PurgeLog {
    /** Longer than most restarts; who is away for longer begins with nothing. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final String NEXT = "update cache_purge_revision set number = number + 1 returning number";
    private static final String ADD = "insert into cache_purge (number, at, cache, kind, what) values (?, ?, ?, ?, ?)";
    private static final String FORGET = """
        with gone as (delete from cache_purge where at < ? returning number)
        update cache_purge_revision set forgotten = greatest(forgotten, (select max(number) from gone))
        where exists (select from gone)\
        """;

    /** One state of all: the row of the revision comes without a purge where there is no new one. */
    private static final String AFTER = """
        select r.number, r.forgotten, p.cache, p.kind, p.what
        from cache_purge_revision r left join cache_purge p on p.number > ? order by p.number\
        """;

    private enum Kind {
        URL,
        TAG,
        PREFIX,
        ALL
    }

    private record Row(long newest, long forgotten, List<Entry> entry) {}

    @Override
    public void add(CacheName cache, Purge what) {
        var now = clock.instant();
        database.transact(connection -> {
            var number =
                    new Call(connection, NEXT).first(row -> row.getLong(1)).orElseThrow(PostgreSqlPurgeLog::noRevision);
            add(connection, number, now.toEpochMilli(), new Entry(cache, what));
            return new Call(connection, FORGET)
                    .with(now.minus(KEPT).toEpochMilli())
                    .change();
        });
    }

    @Override
    public News after(long number) {
        var rows = database.read(
                connection -> new Call(connection, AFTER).with(number).all(PostgreSqlPurgeLog::row));
        var first =
                rows.stream().findFirst().orElseThrow(() -> new IllegalStateException("cache_purge_revision: no row"));
        return new News(
                first.newest(),
                first.forgotten(),
                rows.stream().flatMap(row -> row.entry().stream()).toList());
    }

    private static void add(Connection connection, long number, long at, Entry entry) throws SQLException {
        var call = new Call(connection, ADD)
                .with(number)
                .with(at)
                .with(entry.cache().text());
        var whole = switch (entry.what()) {
            case Purge.Url(var url) -> call.with(Kind.URL.name()).with(Bytes.utf8(url.text()));
            case Purge.Tag(var tag) -> call.with(Kind.TAG.name()).with(Bytes.utf8(tag.text()));
            case Purge.Prefix(var text) -> call.with(Kind.PREFIX.name()).with(Bytes.utf8(text));
            case Purge.All all -> call.with(Kind.ALL.name()).with(Bytes.EMPTY);
        };
        whole.change();
    }

    private static Row row(ResultSet row) throws SQLException {
        var cache = row.getString(3);
        List<Entry> entry = cache == null
                ? List.of()
                : List.of(new Entry(
                        new CacheName(cache),
                        purge(
                                Kind.valueOf(row.getString(4)),
                                Bytes.copyOf(row.getBytes(5)).toUtf8())));
        return new Row(row.getLong(1), row.getLong(2), entry);
    }

    private static Purge purge(Kind kind, String text) {
        return switch (kind) {
            case URL -> new Purge.Url(new CacheUrl(text));
            case TAG -> new Purge.Tag(new CacheTag(text));
            case PREFIX -> new Purge.Prefix(text);
            case ALL -> new Purge.All();
        };
    }

    private static SQLException noRevision() {
        return new SQLException("cache_purge_revision: no row (expected: one)", "XX000");
    }
}
