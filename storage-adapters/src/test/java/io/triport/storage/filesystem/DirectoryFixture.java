package io.triport.storage.filesystem;

import io.triport.domain.object.Backend;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.KilledObjectWriter;
import io.triport.testkit.ObjectAbility;
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
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A directory of its own. */
final class DirectoryFixture implements ObjectFixture {
    /** Files are written the same way, whatever the small objects do. */
    private static final Set<ObjectAbility> LARGE_ONES_ASIDE =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(ObjectAbility.KILL, ObjectAbility.SMALL_HEAP)));

    private final Path root;
    private final SettableClock clock = SettableClock.anywhere();
    private final RoomyDisk disk = new RoomyDisk();
    private final int small;
    private EmbeddedObjects objects;

    DirectoryFixture() {
        this(0);
    }

    /** @param small bytes of an object that lies in the index at most */
    DirectoryFixture(int small) {
        this.small = small;
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
    public ObjectStoreInfo info() {
        return ObjectDirectory.info(Backend.Flush.COMMIT);
    }

    @Override
    public Set<ObjectAbility> abilities() {
        return small == 0 ? Set.of(ObjectAbility.values()) : LARGE_ONES_ASIDE;
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
                KilledDirectoryWriter.class.getName(),
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                List.of(root.toString(), step));
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
        if (flippedInIndex(key, at)) {
            return;
        }
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

    long smallRows() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("index.db"));
                var query = connection.createStatement();
                var rows = query.executeQuery("select count(*) from small_object")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    /** Whether the object lies in the index. */
    private boolean flippedInIndex(ObjectKey key, long at) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("index.db"));
                var query = connection.prepareStatement("select number, content from small_object"
                        + " where number in (select number from object where key = ?)");
                var change = connection.prepareStatement("update small_object set content = ? where number = ?")) {
            query.setBytes(1, key.bytes().toByteArray());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                var content = rows.getBytes(2);
                content[(int) at] ^= 1;
                change.setBytes(1, content);
                change.setLong(2, rows.getLong(1));
            }
            return change.executeUpdate() == 1;
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
        return ObjectDirectory.open(root, small, clock, Randomness.system(), disk);
    }
}
