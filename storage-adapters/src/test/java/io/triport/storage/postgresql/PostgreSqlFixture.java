package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.Ability;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.Relay;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node on a database of its own. */
final class PostgreSqlFixture implements StorageFixture {
    private static final int BEFORE_THE_KILL = 200;

    private final PostgreSqlSettings settings = EmbeddedServer.freshDatabase();
    private final SettableClock clock = SettableClock.anywhere();
    private final List<PostgreSqlStorage> besides = new ArrayList<>();
    private PostgreSqlStorage storage = open();

    PostgreSqlStorage storage() {
        return storage;
    }

    PostgreSqlSettings settings() {
        return settings;
    }

    /** Another node on the same database. */
    PostgreSqlStorage open() {
        return open(settings);
    }

    /** Another node, which reaches the database by the relay. */
    PostgreSqlStorage openOver(Relay relay) {
        var url = settings.url().replace(":" + EmbeddedServer.port() + "/", ":" + relay.port() + "/");
        return open(new PostgreSqlSettings(url, settings.user(), settings.password()));
    }

    /** The database was made with its tables, and to look whether they are up to date takes longer than most tests. */
    private PostgreSqlStorage open(PostgreSqlSettings to) {
        return PostgreSqlStorage.openMigrated(to, clock, Ticker.system(), Randomness.system());
    }

    @Override
    public StorageEngine engine() {
        return storage.engine(TestRepositories::get);
    }

    @Override
    public StorageEngine reopen() {
        storage.close();
        storage = open();
        return storage.engine(TestRepositories::get);
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        var other = open();
        besides.add(other);
        return other.engine(TestRepositories::get);
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.values());
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        storage.close();
        var arguments = List.of(settings.url(), namespace.text());
        var written = KilledWriter.killAfter(BEFORE_THE_KILL, KilledPostgreSqlWriter.class.getName(), arguments);
        storage = open();
        return written;
    }

    @Override
    public List<Integer> killWhileSending(QueueDefinition queue) {
        storage.close();
        var arguments =
                List.of(settings.url(), queue.name().text(), clock.instant().toString());
        var sent = KilledWriter.killAfter(BEFORE_THE_KILL, KilledPostgreSqlSender.class.getName(), arguments);
        storage = open();
        return sent;
    }

    @Override
    public void close() {
        besides.forEach(PostgreSqlStorage::close);
        storage.close();
        EmbeddedServer.drop(settings);
    }
}
