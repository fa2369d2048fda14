package io.triport.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CheckedImportTest {
    private static final Bytes SALT = Bytes.utf8("salt");

    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void a_file_passes_as_it_is_and_is_summed_up() throws InterruptedException {
        var file = lines(1_000, "a", "b", "a");

        try (var checked = new CheckedImport(Content.of(file), SALT, clock)) {
            assertThat(read(checked)).isEqualTo(file);

            var summary = checked.summary();
            assertThat(summary.items()).isEqualTo(1_003);
            assertThat(summary.format()).isEqualTo("ndjson");
        }
    }

    @Test
    void an_item_that_a_later_one_of_the_same_name_replaces_is_marked() throws InterruptedException {
        var summary = summary(lines(10_000, "5", "b", "5", "c", "b"));

        assertThat(summary.duplicates()).isEqualTo(3);
        assertThat(summary.replaces(5)).isTrue();
        assertThat(summary.replaces(10_000)).isTrue();
        assertThat(summary.replaces(10_001)).isTrue();
        assertThat(summary.replaces(10_002)).isFalse();
        assertThat(summary.replaces(4)).isFalse();
        assertThat(summary.replaces(10_004)).isFalse();
    }

    @Test
    void a_body_that_is_no_import_fails_instead_of_ending() {
        var file = lines(5_000).concat(Bytes.utf8("{\"name\":"));

        try (var checked = new CheckedImport(Content.of(file), SALT, clock)) {
            assertThatThrownBy(() -> read(checked))
                    .isInstanceOfSatisfying(
                            ImportInvalid.class, e -> assertThat(e.line()).isEqualTo(5_001));
        }
    }

    @Test
    void a_body_that_is_wrong_early_is_not_read_to_its_end() {
        var endless = GeneratedContent.zeros(1L << 40, 1 << 16);

        try (var checked = new CheckedImport(endless, SALT, clock)) {
            assertThatThrownBy(() -> read(checked)).isInstanceOf(ImportInvalid.class);
        }

        assertThat(endless.given()).isLessThan(1 << 24);
        assertThat(endless.closed()).isTrue();
    }

    @Test
    void what_the_body_fails_with_comes_out_as_it_is() {
        try (var checked = new CheckedImport(new Breaking(lines(5_000)), SALT, clock)) {
            assertThatThrownBy(() -> read(checked)).hasMessage("the client has gone");
        }
    }

    private ImportSummary summary(Bytes file) throws InterruptedException {
        try (var checked = new CheckedImport(Content.of(file), SALT, clock)) {
            read(checked);
            return checked.summary();
        }
    }

    private static Bytes lines(int count, String... more) {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++) {
            text.append("{\"name\":\"").append(at).append("\",\"value\":\"v\"}\n");
        }
        for (var name : more) {
            text.append("{\"name\":\"").append(name).append("\",\"value\":\"v\"}\n");
        }
        return Bytes.utf8(text.toString());
    }

    private static Bytes read(Content content) throws InterruptedException {
        var all = new ByteArrayOutputStream();
        try (var reader = new ContentReader(content)) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                all.writeBytes(Bytes.from(piece).toByteArray());
            }
        }
        return Bytes.copyOf(all.toByteArray());
    }

    /** A body that fails behind its first piece. */
    private record Breaking(Bytes first) implements Content {
        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public Flow.Publisher<ByteBuffer> bytes() {
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                private boolean given;

                @Override
                public void request(long n) {
                    if (given) {
                        subscriber.onError(new IllegalStateException("the client has gone"));
                    } else {
                        given = true;
                        subscriber.onNext(first.toByteBuffer());
                    }
                }

                @Override
                public void cancel() {
                    given = true;
                }
            });
        }

        @Override
        public Content limitedTo(ByteSize most) {
            return this;
        }

        @Override
        public Bytes buffered() {
            return first;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
