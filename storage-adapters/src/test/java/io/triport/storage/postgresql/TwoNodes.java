package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.Ability;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Two nodes, each with a pool of its own, on one database. */
final class TwoNodes implements StorageFixture {
    private final PostgreSqlFixture one = new PostgreSqlFixture();
    private PostgreSqlStorage other = one.open();
    private StorageEngine engine = alternating();

    PostgreSqlStorage one() {
        return one.storage();
    }

    PostgreSqlStorage other() {
        return other;
    }

    long rows(String table) {
        return count("select count(*) from " + table);
    }

    /** Whether a statement waits for another transaction. */
    boolean someoneWaits() {
        return count("""
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'\
            """) > 0;
    }

    @Override
    public StorageEngine engine() {
        return engine;
    }

    @Override
    public StorageEngine reopen() {
        one.reopen();
        other.close();
        other = one.open();
        engine = alternating();
        return engine;
    }

    @Override
    public SettableClock clock() {
        return one.clock();
    }

    @Override
    public StorageEngine beside() {
        return one.beside();
    }

    @Override
    public Set<Ability> abilities() {
        return one.abilities();
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        var written = one.killWhileWriting(namespace);
        engine = alternating();
        return written;
    }

    @Override
    public List<Integer> killWhileSending(QueueDefinition queue) {
        var sent = one.killWhileSending(queue);
        engine = alternating();
        return sent;
    }

    @Override
    public void close() {
        other.close();
        one.close();
    }

    private StorageEngine alternating() {
        return new AlternatingEngine(List.of(one.engine(), other.engine()));
    }

    private long count(String sql) {
        try (var connection = one.settings().dataSource().getConnection()) {
            return new Call(connection, sql).first(row -> row.getLong(1)).orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
