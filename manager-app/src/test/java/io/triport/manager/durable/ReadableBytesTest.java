package io.triport.manager.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadableBytesTest {
    @Test
    void text_is_shown_as_it_is() {
        for (var text : List.of("", "{\"a\":1}\n", "\u00E9\uD83D\uDE00\ttab")) {
            assertThat(ReadableBytes.of(Bytes.utf8(text), true)).isEqualTo(new ReadableBytes("text", text));
        }
    }

    @Test
    void what_is_no_text_or_would_not_be_seen_is_shown_in_digits() {
        assertThat(ReadableBytes.of(Bytes.copyOf(new byte[] {(byte) 0xFF, 0x41}), true))
                .isEqualTo(new ReadableBytes("hex", "ff41"));
        assertThat(ReadableBytes.of(Bytes.utf8("a\u0000b"), true)).isEqualTo(new ReadableBytes("hex", "610062"));
        assertThat(ReadableBytes.of(Bytes.utf8("a\u0085"), true)).isEqualTo(new ReadableBytes("hex", "61c285"));
    }

    @Test
    void a_character_that_was_cut_is_left_out_where_more_follows_and_no_text_where_nothing_does() {
        var cut = Bytes.utf8("a\u00E9").slice(0, 2);

        assertThat(ReadableBytes.of(cut, false)).isEqualTo(new ReadableBytes("text", "a"));
        assertThat(ReadableBytes.of(cut, true)).isEqualTo(new ReadableBytes("hex", "61c3"));
    }
}
