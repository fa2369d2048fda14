package io.triport.storage.filesystem;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.KilledObjectWriter;
import io.triport.testkit.ObjectCapability;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A directory of its own. */
final class DirectoryFixture implements ObjectFixture {
    private final Path root;
    private final SettableClock clock = SettableClock.anywhere();
    private final RoomyDisk disk = new RoomyDisk();
    private EmbeddedObjects objects;

    DirectoryFixture() {
        try {
            this.root = Files.createTempDirectory("triport-objects");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.objects = open();
    }

    @Override
    public ObjectStore store(Versioning versioning) {
        return objects.store(versioning);
    }

    @Override
    public Set<ObjectCapability> capabilities() {
        return Set.of(ObjectCapability.values());
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public void sweep() {
        objects.sweep();
    }

    void sweep(Duration uploadsKept) {
        objects.sweep(uploadsKept);
    }

    @Override
    public void reopen() {
        objects.close();
        objects = open();
        objects.sweep();
    }

    @Override
    public Set<String> steps() {
        return new LinkedHashSet<>(ArmedDisk.STEPS);
    }

    @Override
    public void killAt(String step) {
        objects.close();
        KilledObjectWriter.killWhenReached(
                KilledDirectoryWriter.class.getName(), List.of("-Xmx128m"), List.of(root.toString(), step));
        objects = open();
        objects.sweep();
    }

    @Override
    public int leftOver() {
        var files = files();
        files.removeAll(named());
        return files.size();
    }

    @Override
    public void flipBit(ObjectKey key, long at) {
        try (var file = new RandomAccessFile(fileOf(key).toFile(), "rw")) {
            var place = at + at / Block.DATA * Block.CHECK;
            file.seek(place);
            var before = file.read();
            file.seek(place);
            file.write(before ^ 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void room(ByteSize left) {
        disk.room(left.bytes());
    }

    @Override
    public String passThroughSmallHeap(ByteSize size) {
        objects.close();
        var told = KilledObjectWriter.lines(
                SmallHeap.class.getName(), List.of("-Xmx64m"), List.of(root.toString(), Long.toString(size.bytes())));
        objects = open();
        return told.isEmpty() ? "" : told.getLast();
    }

    @Override
    public void close() {
        objects.close();
        try (var all = Files.walk(root)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path fileOf(ObjectKey key) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("index.db"));
                var query = connection.prepareStatement("select bytes from object where key = ?")) {
            query.setBytes(1, key.bytes().toByteArray());
            try (var rows = query.executeQuery()) {
                rows.next();
                return folders().file(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Folders folders() {
        return new Folders(root.resolve("tmp"), root.resolve("data"));
    }

    private Set<String> files() {
        var names = new HashSet<String>();
        for (var folder : List.of(folders().unfinished(), folders().data())) {
            try (var all = Files.walk(folder)) {
                all.filter(Files::isRegularFile)
                        .forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private Set<String> named() {
        var names = new HashSet<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("index.db"));
                var query = connection.createStatement();
                var rows = query.executeQuery("select bytes from object union all select bytes from part")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private EmbeddedObjects open() {
        return ObjectDirectory.open(root, clock, Randomness.system(), disk);
    }
}
