package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.testkit.GeneratedContent;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedContentTest {
    private final List<String> seen = new ArrayList<>();

    private final WatchedContent.Watcher watcher = new WatchedContent.Watcher() {
        @Override
        public void came(int bytes) {
            seen.add("came " + bytes);
        }

        @Override
        public void asked(long pieces) {
            seen.add("asked " + pieces);
        }

        @Override
        public void ended() {
            seen.add("ended");
        }
    };

    @Test
    void each_demand_each_piece_and_the_end_are_seen_in_their_order() {
        read(new WatchedContent(Content.of(Bytes.utf8("12345")), watcher));

        assertThat(seen).startsWith("asked 1", "came 5", "ended");
    }

    @Test
    void a_body_that_breaks_off_has_ended() {
        var broken = new WatchedContent(GeneratedContent.of(1, 500_000).breakingAfter(300_000), watcher);

        assertThatThrownBy(() -> read(broken)).isInstanceOf(UncheckedIOException.class);

        assertThat(seen).last().isEqualTo("ended");
    }

    @Test
    void a_reader_that_goes_away_ends_the_watching() throws InterruptedException {
        var reader = new ContentReader(new WatchedContent(GeneratedContent.of(1, 500_000), watcher));
        reader.next();

        reader.close();

        assertThat(seen).first().isEqualTo("asked 1");
        assertThat(seen).last().isEqualTo("ended");
    }

    @Test
    void the_part_that_is_within_a_bound_is_watched_too() {
        read(new WatchedContent(Content.of(Bytes.utf8("12345")), watcher).limitedTo(ByteSize.ofBytes(5)));

        assertThat(seen).contains("came 5");
    }

    private static void read(Content content) {
        GeneratedContent.read(content);
    }
}
