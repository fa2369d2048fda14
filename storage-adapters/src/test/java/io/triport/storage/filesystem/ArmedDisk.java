package io.triport.storage.filesystem;

import io.triport.testkit.KilledObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** A disk on which a process waits to be killed just before one of its steps, such as the second {@code commit}. */
final class ArmedDisk implements Disk {
    /** Of the writes of {@link KilledObjectWriter}: each kind of step, and each commit. */
    static final List<String> STEPS = List.of(
            "create 1",
            "write 1",
            "write 3",
            "force 1",
            "move 1",
            "folder 1",
            "commit 1",
            "remove 1",
            "commit 2",
            "move 2",
            "folder 2",
            "commit 3",
            "commit 4",
            "commit 5",
            "commit 6",
            "remove 2");

    private final AtomicReference<String> target = new AtomicReference<>("");
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    void arm(String step) {
        target.set(step);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        before("create");
        return Disk.super.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        before("write");
        Disk.super.write(channel, bytes);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        before("force");
        Disk.super.force(channel);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        before("move");
        Disk.super.move(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        before("folder");
        REAL.forceFolder(folder);
    }

    @Override
    public void beforeCommit() {
        before("commit");
    }

    @Override
    public void beforeRemove() {
        before("remove");
    }

    private void before(String step) {
        if (!target.get().isEmpty() && target.get().equals(step + " " + counts.merge(step, 1, Integer::sum))) {
            KilledObjectWriter.reached(System.out);
        }
    }
}
