package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many read and write at a moment, and wait for that. */
@Timeout(60)
final class SqliteLevelsTest {
    private static final int READERS = 8;

    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final SqliteConnections connections = new SqliteConnections(
            new SqliteFile(directory.path().resolve("test.db"), "io/triport/storage/sqlite"),
            name -> {},
            SqliteWriter.Commit.REAL);

    @AfterEach
    void close() {
        connections.close();
        directory.close();
    }

    @Test
    void a_reader_that_is_lent_is_busy_and_no_longer_idle() {
        connections.read(session -> {
            assertThat(level(Kind.BUSY, "data-readers")).isEqualTo(1);
            assertThat(level(Kind.IDLE, "data-readers")).isEqualTo(READERS - 1);
            return true;
        });

        assertThat(level(Kind.BUSY, "data-readers")).isZero();
        assertThat(level(Kind.IDLE, "data-readers")).isEqualTo(READERS);
    }

    @Test
    void who_finds_no_reader_waits_for_one() throws InterruptedException {
        var thread = readWithAll(READERS);
        thread.join();

        assertThat(level(Kind.WAITING, "data-readers")).isZero();
        assertThat(level(Kind.IDLE, "data-readers")).isEqualTo(READERS);
    }

    /** Holds all readers until somebody waits for one more. */
    private Thread readWithAll(int left) {
        if (left > 0) {
            return connections.read(session -> readWithAll(left - 1));
        }
        assertThat(level(Kind.WAITING, "data-readers")).isZero();
        var late = Thread.startVirtualThread(() -> connections.read(session -> true));
        until(Kind.WAITING, "data-readers", 1);
        return late;
    }

    @Test
    void a_write_waits_while_another_one_is_under_way() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var first = Thread.startVirtualThread(() -> connections.write(transaction -> {
            begun.countDown();
            return await(released);
        }));
        await(begun);
        assertThat(level(Kind.WAITING, "data-writer")).isZero();

        var second = Thread.startVirtualThread(() -> connections.write(transaction -> true));
        until(Kind.WAITING, "data-writer", 1);
        released.countDown();
        first.join();
        second.join();

        assertThat(level(Kind.WAITING, "data-writer")).isZero();
    }

    private void until(Kind kind, String part, int number) {
        while (level(kind, part) != number) {
            Thread.onSpinWait();
        }
    }

    private double level(Kind kind, String part) {
        return connections.levels("sqlite", "data").stream()
                .filter(level -> level.kind() == kind && level.part().equals(part))
                .map(StorageLevel::now)
                .findFirst()
                .orElseThrow()
                .getAsDouble();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
