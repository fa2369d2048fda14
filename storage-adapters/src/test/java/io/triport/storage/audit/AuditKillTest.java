package io.triport.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

final class AuditKillTest {
    private static final int BEFORE_THE_KILL = 300;

    @TempDir
    private Path directory;

    @RepeatedTest(5)
    void no_record_that_was_told_to_be_on_disk_is_lost_when_the_process_is_killed()
            throws IOException, InterruptedException {
        var told = spillUntilKilled();

        var ids = new ArrayList<String>();
        try (var spill = AuditFiles.spill(directory)) {
            for (var records = spill.oldest(500); !records.isEmpty(); records = spill.oldest(500)) {
                records.stream().map(AuditRecord::id).forEach(ids::add);
                spill.remove(records.size());
            }
        }
        assertThat(ids)
                .startsWith(LongStream.range(0, told).mapToObj(i -> "id-" + i).toArray(String[]::new));
        assertThat(ids).hasSizeLessThanOrEqualTo(Math.toIntExact(told) + 1);
    }

    /** How many records were told; the last line may have been cut. */
    private long spillUntilKilled() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSpiller.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader()) {
            for (var line = 0; line < BEFORE_THE_KILL; line++) {
                assertThat(lines.readLine()).isEqualTo(Integer.toString(line));
            }
            // Through the handle, because Process.destroyForcibly closes the pipe with what was told in it.
            process.toHandle().destroyForcibly();
            return BEFORE_THE_KILL + lines.lines().count();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
