package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.ShippedDatabases;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Brings databases back from a bucket. @param connectors to the file of a database here */
record SqlRecovery(
        Path directory,
        SqlCatalogue catalogue,
        Function<DatabaseId, SqlConnector> connectors,
        ShippedBucket bucket,
        SqlMeans means)
        implements ShippedDatabases {
    /*
     * The folder of earlier states is made as it was, in a folder aside, and the newest state in it is built as any other is that somebody
     * asks for. So what comes out has the checks of both, goes on with the same bookmarks, and is shipped on where shipping ended. Only then
     * it is laid where it belongs, and the catalogue names it last.
     */
    private static final String ASIDE = ".restoring";

    @Override
    public List<Database> all() {
        return bucket.ids().stream()
                .map(bucket::database)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Database::name))
                .toList();
    }

    @Override
    public Bookmark restore(DatabaseId id) {
        var database = bucket.database(id);
        if (database == null) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "database: " + id + " is not in the bucket");
        }
        var to = connectors.apply(id);
        requireFree(database, to);
        var aside = directory.resolve(id + ASIDE);
        try {
            removeAll(aside);
            var made = new SqlConnector(aside.resolve(to.file().getFileName()), means.limits(), to.patience());
            Files.createDirectories(made.past());
            var number = build(id, made);
            lay(made, to);
            catalogue.add(database);
            removeAll(aside);
            forgetDrops(id);
            return Bookmark.of(id, 0, number);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "sql: " + id + " cannot be brought back to " + directory, e);
        }
    }

    private void requireFree(Database database, SqlConnector to) {
        if (catalogue.find(database.id()).isPresent()) {
            throw taken("database: " + database.id() + " is here");
        }
        if (catalogue.find(database.name()).isPresent()) {
            throw taken("database: another one of the name " + database.name() + " is here");
        }
        for (var file : List.of(to.file(), to.log(), to.past())) {
            if (Files.exists(file)) {
                throw taken("database: " + file + " is here");
            }
        }
    }

    private static StorageFailure taken(String what) {
        return new StorageFailure.Rejected(FailureCode.CONFLICT, what);
    }

    private long build(DatabaseId id, SqlConnector made) throws IOException {
        var newest = new SqlShippedPast(id, bucket, made.past()).fetch();
        try (var past = new SqlPast(made, means)) {
            past.make(made.file(), newest);
        }
        SqlConnector.check(made.file());
        return newest;
    }

    /** On the disk, the database behind its earlier states. */
    private void lay(SqlConnector made, SqlConnector to) throws IOException {
        try (var files = Files.newDirectoryStream(made.past())) {
            for (var file : files) {
                force(file);
            }
        }
        PastSegment.force(made.past());
        force(made.file());
        Files.move(made.past(), to.past(), StandardCopyOption.ATOMIC_MOVE);
        Files.move(made.file(), to.file(), StandardCopyOption.ATOMIC_MOVE);
        PastSegment.force(directory);
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Else it would go with the window. */
    private void forgetDrops(DatabaseId id) {
        var drops = bucket.keys(ShippedNames.DROPPED).stream()
                .filter(key -> {
                    var drop = ShippedNames.Drop.of(key);
                    return drop != null && drop.id().equals(id);
                })
                .toList();
        bucket.delete(drops);
    }

    private static void removeAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
