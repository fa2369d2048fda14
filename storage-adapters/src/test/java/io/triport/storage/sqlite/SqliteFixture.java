package io.triport.storage.sqlite;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.Ability;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A data directory of its own. */
final class SqliteFixture implements StorageFixture {
    private static final int WRITTEN_BEFORE_KILL = 60;
    private static final int SENT_BEFORE_KILL = 300;

    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final SettableClock clock = SettableClock.anywhere();
    private Sqlite sqlite = open();

    @Override
    public StorageEngine engine() {
        return sqlite.engine(TestRepositories::get);
    }

    @Override
    public StorageEngine reopen() {
        sqlite.close();
        sqlite = open();
        return sqlite.engine(TestRepositories::get);
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        open().close();
        throw new AssertionError("the directory was opened twice");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.values());
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        sqlite.close();
        var written = KilledWriter.killAfter(
                WRITTEN_BEFORE_KILL,
                KilledSqliteWriter.class.getName(),
                List.of(directory.path().toString(), namespace.text()));
        sqlite = open();
        return written;
    }

    @Override
    public List<Integer> killWhileSending(QueueDefinition queue) {
        sqlite.close();
        var sent = KilledWriter.killAfter(
                SENT_BEFORE_KILL,
                KilledSqliteSender.class.getName(),
                List.of(
                        directory.path().toString(),
                        queue.name().text(),
                        clock.instant().toString()));
        sqlite = open();
        return sent;
    }

    /** Closes the engine, kills a process over the same directory when it has told something, and opens the engine again. */
    List<Integer> kill(String mainClass, List<String> arguments) {
        sqlite.close();
        var all = new ArrayList<>(List.of(directory.path().toString()));
        all.addAll(arguments);
        var told = KilledWriter.killAfter(1, mainClass, all);
        sqlite = open();
        return told;
    }

    @Override
    public void close() {
        sqlite.close();
        directory.close();
    }

    java.nio.file.Path file() {
        return directory.path().resolve("triport.db");
    }

    Sqlite sqlite() {
        return sqlite;
    }

    private Sqlite open() {
        return Sqlite.open(directory.path(), clock, new SeededRandomness(System.identityHashCode(this)));
    }
}
