package io.triport.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few megabytes, which only the processes see that are started inside. It needs no rights, only a Linux that
 * gives each user name spaces of his own; a process that waits keeps it until it is closed.
 */
public final class SmallDisk implements AutoCloseable {
    private static final int PIECE = 4_096;
    private static final String READY = "mounted";

    private final Process keeper;
    private final Path mounted;

    private SmallDisk(Process keeper, Path mounted) {
        this.keeper = keeper;
        this.mounted = mounted;
    }

    /** Or an aborted test where there are no such name spaces. @param at an empty directory */
    public static SmallDisk mount(Path at, int megabytes) {
        try {
            var keeper = new ProcessBuilder(
                            "unshare",
                            "--user",
                            "--map-root-user",
                            "--mount",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o size=" + megabytes + "m tmpfs \"$0\" && echo " + READY + " && exec cat",
                            at.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = keeper.inputReader().readLine();
            assumeTrue(READY.equals(said), "no file system of one's own (" + said + "): a full disk is not tested");
            return new SmallDisk(keeper, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands before the words of a program that is to see the disk. */
    public List<String> inside() {
        return List.of(
                "nsenter",
                "--target",
                Long.toString(keeper.pid()),
                "--user",
                "--mount",
                "--preserve-credentials",
                "--");
    }

    /** A directory on the disk, as programs inside call it. */
    public Path data() {
        return mounted.resolve("data");
    }

    /** The same place as this process calls it. */
    public Path outside(Path inside) {
        return Path.of("/proc", Long.toString(keeper.pid()), "root", inside.toString());
    }

    /** Takes all the room that is left. */
    public void fill() {
        var piece = new byte[PIECE];
        try (var out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    public void empty() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return outside(mounted.resolve("filler"));
    }

    @Override
    public void close() {
        keeper.destroyForcibly().onExit().join();
    }
}
