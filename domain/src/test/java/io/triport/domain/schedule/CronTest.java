package io.triport.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-01")
final class CronTest {
    @Test
    void each_expression_of_the_vectors_falls_due_when_they_say() throws IOException {
        var vectors = vectors();

        assertThat(vectors).hasSizeGreaterThan(40).allSatisfy(line -> {
            var parts = List.of(line.split("\\|")).stream().map(String::strip).toList();
            var next = Cron.parse(parts.get(0)).next(Instant.parse(parts.get(2)), ZoneId.of(parts.get(1)));
            assertThat(next).as(line).isEqualTo(Instant.parse(parts.get(3)));
        });
    }

    @Test
    void the_newest_time_is_the_last_of_all_that_come_one_after_the_other() throws IOException {
        for (var line : vectors()) {
            var parts = List.of(line.split("\\|")).stream().map(String::strip).toList();
            var cron = Cron.parse(parts.get(0));
            var zone = ZoneId.of(parts.get(1));
            var after = Instant.parse(parts.get(2));
            var ticks = Stream.iterate(cron.next(after, zone), tick -> cron.next(tick, zone))
                    .limit(20)
                    .toList();

            assertThat(cron.newest(after, ticks.getFirst().minusNanos(1), zone))
                    .as(line)
                    .isEmpty();
            for (var tick : ticks) {
                assertThat(cron.newest(after, tick, zone)).as(line).contains(tick);
                assertThat(cron.newest(after, cron.next(tick, zone).minusNanos(1), zone))
                        .as(line)
                        .contains(tick);
            }
        }
    }

    @Test
    void what_is_no_expression_is_refused() {
        for (var text : List.of(
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 0 *",
                "* * * 13 *",
                "* * * * 0",
                "* * * * 8",
                "-1 * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "*/60 * * * *",
                "1,,2 * * * *",
                "1, * * * *",
                "a * * * *",
                "* * * FOO *",
                "* * ? * *",
                "* * * * 6#0",
                "* * * * 6#6",
                "* * 32W * *",
                "* * L-31 * *",
                "* * WL * *",
                "\u0661 * * * *",
                "*".repeat(300))) {
            assertThatThrownBy(() -> Cron.parse(text)).as(text).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_time_that_never_comes_is_refused() {
        for (var text : List.of("0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30W FEB *", "0 0 L-30 2 *")) {
            assertThatThrownBy(() -> Cron.parse(text)).as(text).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void its_text_has_single_spaces_and_says_the_same() {
        var cron = Cron.parse("  0  12\t* * MON ");

        assertThat(cron).hasToString("0 12 * * MON").isEqualTo(Cron.parse(cron.toString()));
    }

    private static List<String> vectors() throws IOException {
        try (var resource = CronTest.class.getResourceAsStream("/cron/next.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
