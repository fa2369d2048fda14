package io.triport.storage.noncelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.testkit.AtOnce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class NonceLogTest {
    private static final NonceClaim FRESH = new NonceClaim.Fresh();
    private static final NonceClaim SPENT = new NonceClaim.Spent();

    @TempDir
    private Path root;

    private LogBench bench;

    @BeforeEach
    void open() {
        bench = new LogBench(root);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_mark_is_spent_once_for_each_owner() {
        assertThat(bench.claim("n")).isEqualTo(FRESH);
        assertThat(bench.claim("n")).isEqualTo(SPENT);
        assertThat(bench.claim(new CredentialId("other"), "n")).isEqualTo(FRESH);
    }

    @Test
    void an_owner_whose_name_ends_in_another_s_mark_does_not_spend_it() {
        bench.claim(new CredentialId("a"), "bc");

        assertThat(bench.claim(new CredentialId("ab"), "c")).isEqualTo(FRESH);
    }

    @Test
    void of_many_claims_at_once_one_is_fresh() {
        var answers = AtOnce.run(200, caller -> () -> bench.claim("n"));

        assertThat(answers).filteredOn(FRESH::equals).hasSize(1);
        assertThat(answers).filteredOn(SPENT::equals).hasSize(199);
    }

    @Test
    void a_restart_remembers() {
        bench.claim("n");

        bench.restart();

        assertThat(bench.claim("n")).isEqualTo(SPENT);
        assertThat(bench.claim("m")).isEqualTo(FRESH);
    }

    @Test
    void the_death_of_the_process_loses_nothing_and_refuses_nothing() {
        bench.claim("n");

        bench.die();

        assertThat(bench.claim("n")).isEqualTo(SPENT);
        assertThat(bench.claim("m")).isEqualTo(FRESH);
    }

    @Test
    void marks_of_several_runs_and_segments_are_remembered_together() {
        bench.claim("first");
        bench.clock.advance(Duration.ofSeconds(30));
        bench.claim("second");
        bench.die();
        bench.claim("third");
        bench.die();

        assertThat(List.of(bench.claim("first"), bench.claim("second"), bench.claim("third")))
                .containsOnly(SPENT);
    }

    @Test
    void a_first_start_refuses_nothing() {
        assertThat(bench.claimDated(LogBench.WINDOW.negated(), "n")).isEqualTo(FRESH);
    }

    @Test
    void a_machine_crash_leaves_claims_undecidable_up_to_one_window_after_the_start() {
        bench.claim("n");
        bench.boot("b00b");

        bench.die();

        assertThat(bench.claimDated(Duration.ofSeconds(60), "m"))
                .isEqualTo(new NonceClaim.Undecidable(Duration.ofSeconds(61)));
        assertThat(bench.claimDated(Duration.ofSeconds(-60), "n")).isInstanceOf(NonceClaim.Undecidable.class);
        assertThat(bench.claimDated(Duration.ofMillis(60_001), "m")).isEqualTo(FRESH);
    }

    @Test
    void a_crash_s_gap_closes_when_the_hint_said() {
        bench.boot("b00b");
        bench.die();
        var undecidable = (NonceClaim.Undecidable) bench.claim("n");

        bench.clock.advance(undecidable.retryAfter());

        assertThat(bench.claim("n")).isEqualTo(FRESH);
    }

    @Test
    void a_process_that_dies_in_the_gap_does_not_end_it() {
        bench.boot("b00b");
        bench.die();
        bench.clock.advance(Duration.ofSeconds(10));

        bench.die();

        assertThat(bench.claim("n")).isEqualTo(new NonceClaim.Undecidable(Duration.ofSeconds(51)));
    }

    @Test
    void a_clean_stop_in_the_gap_does_not_end_it() {
        bench.boot("b00b");
        bench.die();
        bench.clock.advance(Duration.ofSeconds(10));

        bench.restart();

        assertThat(bench.claim("n")).isInstanceOf(NonceClaim.Undecidable.class);
    }

    @Test
    void a_clean_stop_before_the_machine_went_down_refuses_nothing() {
        bench.claim("n");
        bench.boot("b00b");

        bench.restart();

        assertThat(bench.claim("n")).isEqualTo(SPENT);
        assertThat(bench.claim("m")).isEqualTo(FRESH);
    }

    @Test
    void a_machine_without_a_boot_id_counts_every_unclean_stop_as_its_crash() {
        bench.boot("");
        bench.restart();
        assertThat(bench.claim("n")).isEqualTo(FRESH);

        bench.die();

        assertThat(bench.claim("m")).isInstanceOf(NonceClaim.Undecidable.class);
    }

    @Test
    void a_state_that_cannot_be_read_counts_as_a_crash() throws IOException {
        bench.claim("n");
        Files.writeString(bench.directory().resolve(LogState.NAME), "1 boot=b00a run=CLO");

        bench.die();

        assertThat(bench.claim("m")).isInstanceOf(NonceClaim.Undecidable.class);
    }

    @Test
    void segments_without_a_state_count_as_a_crash() throws IOException {
        bench.claim("n");
        Files.delete(bench.directory().resolve(LogState.NAME));

        bench.die();

        assertThat(bench.claim("m")).isInstanceOf(NonceClaim.Undecidable.class);
    }

    @Test
    void a_clock_that_was_ahead_at_start_does_not_keep_the_gap_open() {
        bench.boot("b00b");
        bench.jump(Duration.ofHours(1));
        bench.die();
        bench.jump(Duration.ofHours(-1));
        assertThat(bench.claim("n")).isInstanceOf(NonceClaim.Undecidable.class);

        bench.clock.advance(Duration.ofSeconds(180));

        assertThat(bench.claim("n")).isEqualTo(FRESH);
    }

    @Test
    void a_torn_tail_is_cut_off_and_its_place_is_logged() throws IOException {
        bench.claim("n");
        Files.write(bench.segments().getLast(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger("triport.storage");
        logger.addAppender(lines);

        bench.die();

        logger.detachAppender(lines);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).contains("bad-record-at=36", "dropped-bytes=3"));
        assertThat(bench.claim("n")).isEqualTo(SPENT);
        assertThat(bench.claim("m")).isEqualTo(FRESH);
        bench.die();
        assertThat(bench.claim("m")).isEqualTo(SPENT);
    }

    @Test
    void wherever_the_process_was_cut_short_every_whole_record_counts_and_no_other() throws IOException {
        var whole = Segment.HEADER.length + 3 * LogRecord.BYTES;
        for (var length = 0; length < whole; length++) {
            try (var cut = new LogBench(root.resolve("cut-" + length))) {
                List.of("0", "1", "2").forEach(cut::claim);
                var segment = cut.segments().getLast();
                Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), length));

                cut.die();

                var kept = Math.max(0, length - Segment.HEADER.length) / LogRecord.BYTES;
                assertThat(List.of(cut.claim("0"), cut.claim("1"), cut.claim("2")))
                        .containsExactly(kept > 0 ? SPENT : FRESH, kept > 1 ? SPENT : FRESH, FRESH);
            }
        }
    }

    @Test
    void a_bad_record_before_whole_ones_counts_as_a_crash() throws IOException {
        bench.claim("first");
        bench.claim("second");
        var segment = bench.segments().getLast();
        var bytes = Files.readAllBytes(segment);
        bytes[Segment.HEADER.length] ^= 1;
        Files.write(segment, bytes);

        bench.die();

        assertThat(bench.claim("second")).isInstanceOf(NonceClaim.Undecidable.class);
    }

    @Test
    void zeros_that_a_power_loss_leaves_are_no_records() throws IOException {
        bench.claim("n");
        Files.write(bench.segments().getLast(), new byte[10 * LogRecord.BYTES], StandardOpenOption.APPEND);
        bench.boot("b00b");

        bench.die();

        assertThat(bench.segments().getFirst()).hasSize(Segment.HEADER.length + LogRecord.BYTES);
    }

    @Test
    void a_full_disk_refuses_keeps_the_mark_spent_and_recovers_without_restart() {
        var disk = new SmallDisk(Long.MAX_VALUE);
        bench.disk(disk);
        bench.restart();
        bench.claim("before");
        disk.room(LogRecord.BYTES / 2);
        assertThatThrownBy(() -> bench.claim("during")).isInstanceOf(IdentityStateUnavailable.class);
        assertThatThrownBy(() -> bench.claim("still")).isInstanceOf(IdentityStateUnavailable.class);
        assertThat(bench.claim("during")).isEqualTo(SPENT);

        disk.room(Long.MAX_VALUE);

        assertThat(bench.claim("after")).isEqualTo(FRESH);
        bench.die();
        assertThat(bench.claim("before")).isEqualTo(SPENT);
        assertThat(bench.claim("after")).isEqualTo(SPENT);
        assertThat(bench.claim("another")).isEqualTo(FRESH);
    }

    @Test
    void a_full_disk_at_the_turn_of_a_segment_recovers_too() {
        var disk = new SmallDisk(Long.MAX_VALUE);
        bench.disk(disk);
        bench.restart();
        bench.claim("before");
        bench.clock.advance(Duration.ofSeconds(30));
        disk.room(3);
        assertThatThrownBy(() -> bench.claim("during")).isInstanceOf(IdentityStateUnavailable.class);

        disk.room(Long.MAX_VALUE);

        assertThat(bench.claim("after")).isEqualTo(FRESH);
        bench.die();
        assertThat(bench.claim("after")).isEqualTo(SPENT);
    }

    @Test
    void a_second_process_gets_no_share() {
        assertThatThrownBy(() -> new LogBench(root))
                .isInstanceOf(IdentityStateUnavailable.class)
                .hasRootCauseInstanceOf(Exception.class);
    }

    @Test
    void a_closed_log_takes_no_claim() {
        bench.close();

        assertThatThrownBy(() -> bench.claim("n")).isInstanceOf(IdentityStateUnavailable.class);
    }

    @Test
    void an_interrupted_caller_does_not_close_the_log_for_the_others() {
        Thread.currentThread().interrupt();
        var interrupted = bench.claim("n");
        Thread.interrupted();

        assertThat(interrupted).isEqualTo(FRESH);
        assertThat(bench.claim("m")).isEqualTo(FRESH);
    }

    @Test
    void marks_are_forgotten_with_their_files_when_their_time_has_passed() {
        bench.claim("first");
        bench.clock.advance(Duration.ofSeconds(100));
        bench.claim("second");
        bench.clock.advance(Duration.ofSeconds(79));
        assertThat(bench.forget()).isZero();
        assertThat(bench.segments()).hasSize(2);

        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(bench.forget()).isEqualTo(1);
        assertThat(bench.segments()).hasSize(1);
        assertThat(bench.claim("first")).isEqualTo(FRESH);
        assertThat(bench.claim("second")).isEqualTo(SPENT);
    }

    @Test
    void a_log_that_nobody_uses_any_more_leaves_no_marks_on_disk() {
        bench.claim("n");
        bench.clock.advance(LogBench.MEMORY);

        bench.forget();
        bench.forget();

        assertThat(bench.segments())
                .singleElement()
                .satisfies(file -> assertThat(file).hasSize(Segment.HEADER.length));
    }

    @Test
    void a_wall_clock_that_jumps_ahead_and_back_forgets_nothing() {
        bench.claim("n");
        bench.jump(Duration.ofHours(1));
        assertThat(bench.forget()).isZero();

        bench.jump(Duration.ofHours(-1));

        assertThat(bench.claim("n")).isEqualTo(SPENT);
    }

    @Test
    void a_wall_clock_that_jumps_ahead_over_a_restart_and_back_forgets_nothing() {
        bench.claim("n");
        bench.jump(Duration.ofHours(1));
        bench.die();
        assertThat(bench.forget()).isZero();

        bench.jump(Duration.ofHours(-1));

        assertThat(bench.claim("n")).isEqualTo(SPENT);
    }

    @Test
    void a_wall_clock_that_goes_back_does_not_forget_early() {
        bench.claim("n");
        bench.jump(Duration.ofSeconds(-100));
        bench.clock.advance(LogBench.MEMORY);

        assertThat(bench.forget()).isZero();
        assertThat(bench.claim("n")).isEqualTo(SPENT);
    }
}
