package io.triport.storage.audit;

import static io.triport.testkit.AuditSinkContract.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileAuditSpillTest {
    @TempDir
    private Path directory;

    @Test
    void records_come_back_in_order_and_whole() {
        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("a", "/1\0\n\ud83d\ude00"), record("b", "/2")));
            spill.append(List.of(record("c", "/3")));

            assertThat(spill.oldest(2)).containsExactly(record("a", "/1\0\n\ud83d\ude00"), record("b", "/2"));
            assertThat(spill.oldest(2)).hasSize(2);
            spill.remove(2);
            assertThat(spill.oldest(2)).containsExactly(record("c", "/3"));
            spill.remove(1);
            assertThat(spill.isEmpty()).isTrue();
            assertThat(spill.oldest(2)).isEmpty();
        }
    }

    @Test
    void a_place_lies_before_what_is_appended_after_it() {
        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("a", "/")));
            var place = spill.place();
            spill.append(List.of(record("c", "/")));

            spill.insert(place, List.of(record("b", "/")));

            assertThat(drained(spill)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void what_was_not_removed_is_there_after_a_restart() {
        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("a", "/")));
            spill.append(List.of(record("b", "/")));
        }

        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("c", "/")));
            assertThat(drained(spill)).containsExactly("a", "b", "c");
        }

        try (var spill = AuditFiles.spill(directory)) {
            assertThat(spill.isEmpty()).isTrue();
        }
    }

    @Test
    void files_whose_records_were_all_removed_are_deleted() throws IOException {
        try (var spill = AuditFiles.spill(directory)) {
            for (var round = 0; round < 5; round++) {
                spill.append(List.of(record("a" + round, "/")));
                drained(spill);
            }
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void a_record_that_a_crash_cut_is_not_there() throws IOException {
        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("a", "/")));
            spill.append(List.of(record("b", "/")));
        }
        try (var channel = java.nio.channels.FileChannel.open(files().getFirst(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }

        try (var spill = AuditFiles.spill(directory)) {
            spill.append(List.of(record("c", "/")));

            assertThat(drained(spill)).containsExactly("a", "c");
        }
    }

    @Test
    void many_records_go_through_several_files() throws IOException {
        var path = "/" + "x".repeat(2_000);
        try (var spill = AuditFiles.spill(directory)) {
            for (var batch = 0; batch < 20; batch++) {
                var first = batch * 500;
                spill.append(IntStream.range(first, first + 500)
                        .mapToObj(i -> record("id-" + i, path))
                        .toList());
            }
            assertThat(files()).hasSizeGreaterThan(1);
        }

        try (var spill = AuditFiles.spill(directory)) {
            assertThat(drained(spill))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10_000).mapToObj(i -> "id-" + i).toList());
        }
    }

    @Test
    void the_end_of_a_chain_is_known_after_a_restart() {
        var chain = new AuditChain(AuditLink.NONE);
        var linked = List.of(chain.link(record("a", "/")), chain.link(record("b", "/")));
        try (var spill = AuditFiles.spill(directory)) {
            assertThat(spill.lastLink()).isEqualTo(AuditLink.NONE);
            spill.append(linked);
        }

        try (var spill = AuditFiles.spill(directory)) {
            assertThat(spill.lastLink())
                    .isEqualTo(new AuditLink(
                            2, linked.getLast().text(AuditColumn.HASH).orElseThrow()));
        }
    }

    @Test
    void a_directory_belongs_to_one_process() {
        try (var spill = AuditFiles.spill(directory)) {
            assertThatThrownBy(() -> AuditFiles.spill(directory))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("held");
            assertThat(spill.isEmpty()).isTrue();
        }
    }

    private static List<String> drained(AuditSpill spill) {
        var ids = new ArrayList<String>();
        for (var records = spill.oldest(500); !records.isEmpty(); records = spill.oldest(500)) {
            records.stream().map(AuditRecord::id).forEach(ids::add);
            spill.remove(records.size());
        }
        return ids;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".audit"))
                    .sorted()
                    .toList();
        }
    }
}
