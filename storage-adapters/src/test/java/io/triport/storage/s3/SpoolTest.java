package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.SeededRandomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    @TempDir
    private Path folder;

    @Test
    void a_body_comes_back_whole_and_with_its_length() {
        var body = GeneratedContent.of(1, 300_001);

        var measured = spool().measured(body);

        assertThat(body.closed()).isTrue();
        assertThat(measured.length()).hasValue(300_001);
        assertThat(GeneratedContent.read(measured)).isEqualTo(body.whole());
    }

    @Test
    void a_body_of_no_bytes_is_one_too() {
        var measured = spool().measured(GeneratedContent.of(1, 0));

        assertThat(measured.length()).hasValue(0);
        assertThat(GeneratedContent.read(measured).isEmpty()).isTrue();
    }

    @Test
    void nothing_stays_behind() throws IOException {
        GeneratedContent.read(spool().measured(GeneratedContent.of(1, 10)));
        spool().measured(GeneratedContent.of(2, 10)).close();
        var broken = GeneratedContent.of(3, 100_000).breakingAfter(50_000);
        assertThatThrownBy(() -> spool().measured(broken)).isInstanceOf(UncheckedIOException.class);

        assertThat(broken.closed()).isTrue();
        try (var files = Files.list(folder.resolve("spool"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_disk_that_does_not_take_it_is_no_fault_of_the_body() throws IOException {
        Files.createFile(folder.resolve("spool"));
        var body = GeneratedContent.of(1, 10);

        assertThatThrownBy(() -> spool().measured(body)).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(body.closed()).isTrue();
    }

    private Spool spool() {
        return new Spool(folder.resolve("spool"), new SeededRandomness(1));
    }
}
