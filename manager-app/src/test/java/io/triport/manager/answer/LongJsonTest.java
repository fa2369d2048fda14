package io.triport.manager.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.ContentReader;
import io.triport.identity.stream.StreamReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class LongJsonTest {
    @Property(tries = 200)
    void a_text_is_read_back_as_it_was(
            @ForAll @StringLength(max = 50) String part, @ForAll @IntRange(min = 1, max = 2_000) int times)
            throws InterruptedException {
        var bytes = Bytes.copyOf(part.repeat(times).getBytes(StandardCharsets.UTF_8));

        var read =
                Json.parse(sent(new LongJson().plain("[").text(bytes).plain("]").reply()));

        assertThat(read.path(0).asText()).isEqualTo(bytes.toUtf8());
        assertThat(LongJson.utf8(bytes)).isTrue();
    }

    @Property(tries = 200)
    void bytes_are_read_back_as_they_were(@ForAll byte[] part, @ForAll @IntRange(min = 1, max = 2_000) int times)
            throws InterruptedException {
        var all = new ByteArrayOutputStream();
        for (var at = 0; at < times; at++) {
            all.writeBytes(part);
        }
        var bytes = Bytes.copyOf(all.toByteArray());

        var read = Json.parse(sent(new LongJson()
                .plain("[")
                .base64(bytes)
                .plain(",")
                .text(bytes)
                .plain("]")
                .reply()));

        assertThat(read.path(0).asText()).isEqualTo(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        var text = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        assertThat(read.path(1).asText()).isEqualTo(text);
        assertThat(LongJson.utf8(bytes))
                .isEqualTo(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)).equals(bytes));
    }

    private static Bytes sent(StreamReply reply) throws InterruptedException {
        var all = new ByteArrayOutputStream();
        try (var reader = new ContentReader(Objects.requireNonNull(reply.content()))) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                all.writeBytes(Bytes.from(piece).toByteArray());
            }
        }
        return Bytes.copyOf(all.toByteArray());
    }
}
