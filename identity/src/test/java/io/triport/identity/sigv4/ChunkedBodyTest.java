package io.triport.identity.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChunkedBodyTest {
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final Bytes PAYLOAD = Bytes.utf8("a".repeat(66_560));
    private static final List<ClaimValue.Members> VECTORS = Vectors.objects(Vectors.s3(), "chunked");

    static Stream<ClaimValue.Members> vectors() {
        return VECTORS.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_published_body_is_framed_as_published(ClaimValue.Members vector) {
        assertThat(framed(vector).size()).isEqualTo((int) Vectors.number(vector, "framed_length"));
        assertThat(Sha256.hex(framed(vector).toByteArray())).isEqualTo(Vectors.text(vector, "framed_sha256"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_body_is_handed_on_without_its_frames(ClaimValue.Members vector) {
        var content = checked(vector, new Reading.Cut(framed(vector), List.of()));
        var reading = Reading.of(content);

        assertThat(reading.failure).isNull();
        assertThat(reading.complete).isTrue();
        assertThat(reading.bytes()).isEqualTo(PAYLOAD);
        assertThat(content.length()).hasValue(66_560);
        assertThat(content.trailers()).isEqualTo(trailers(vector));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_body_in_memory_is_unframed_at_once(ClaimValue.Members vector) {
        assertThat(checked(vector, Content.of(framed(vector))).buffered()).isEqualTo(PAYLOAD);
    }

    @Property(tries = 300)
    void it_does_not_matter_where_the_body_is_cut(
            @ForAll @IntRange(max = 2) int which, @ForAll @Size(max = 40) List<@IntRange(max = 66_000) Integer> cuts) {
        var vector = VECTORS.get(which);
        var ends = cuts.stream().sorted().distinct().toList();

        var reading = Reading.of(checked(vector, new Reading.Cut(framed(vector), ends)));

        assertThat(reading.failure).isNull();
        assertThat(reading.bytes()).isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void it_may_be_cut_at_every_byte(ClaimValue.Members vector) {
        var framed = framed(vector);
        var ends = new ArrayList<Integer>();
        for (var i = 1; i < framed.size(); i++) {
            ends.add(i);
        }

        assertThat(Reading.of(checked(vector, new Reading.Cut(framed, ends))).bytes())
                .isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_changed_byte_of_a_frame_is_refused(ClaimValue.Members vector) {
        var framed = framed(vector).toByteArray();
        for (var i = 0; i < framed.length; i++) {
            // In the data one byte of many stands for all; of what has no signature only the frames are checked here.
            var data = framed[i] == 'a' && i > 100 && i % 1_021 != 0;
            if (data || insignificant(vector, framed, i)) {
                continue;
            }
            var changed = framed.clone();
            changed[i] ^= 1;

            var reading = Reading.of(checked(vector, new Reading.Cut(Bytes.copyOf(changed), List.of(i))));

            assertThat(reading.failure).as("byte %d", i).isInstanceOf(BodyRefused.class);
            assertThat(reading.complete).isFalse();
            assertThat(reading.bytes().size()).isLessThan(PAYLOAD.size());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_body_that_ends_early_is_refused(ClaimValue.Members vector) {
        var framed = framed(vector);
        for (var end = 0; end < framed.size(); end += end > 100 && end < 66_000 ? 997 : 1) {
            var reading = Reading.of(checked(vector, new Reading.Cut(framed.slice(0, end), List.of())));

            assertThat(reading.failure).as("ends at %d", end).isInstanceOf(BodyRefused.class);
            assertThat(reading.bytes().size()).isLessThan(PAYLOAD.size());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bytes_behind_the_end_are_refused(ClaimValue.Members vector) {
        var reading = Reading.of(checked(vector, new Reading.Cut(framed(vector).concat(Bytes.utf8("x")), List.of())));

        assertThat(reading.failure).isInstanceOf(BodyRefused.class);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void who_stops_reading_stops_the_sender(ClaimValue.Members vector) {
        var raw = new Reading.Cut(framed(vector), List.of(10, 20));

        checked(vector, raw).bytes().subscribe(new java.util.concurrent.Flow.Subscriber<>() {
            @Override
            public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
            }

            @Override
            public void onNext(java.nio.ByteBuffer piece) {}

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onComplete() {}
        });

        assertThat(raw.cancelled).isTrue();
    }

    /** In data without signatures every byte is as good as any, and the case of a hexadecimal digit is nobody's business. */
    private static boolean insignificant(ClaimValue.Members vector, byte[] framed, int at) {
        var unsigned = Vectors.list(vector, "chunk_signatures").isEmpty();
        var trailers = framed.length - 60;
        return unsigned && (framed[at] == 'a' || at > trailers);
    }

    private static Content checked(ClaimValue.Members vector, Content raw) {
        var outcome = TestKeys.s3().verify(request(vector).fetch(), NOW);
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).body().checked(raw);
    }

    private static SentRequest request(ClaimValue.Members vector) {
        var fields = Vectors.pairs(vector, "headers").stream()
                .map(pair -> Map.entry(pair.get(0), pair.get(1)))
                .toList();
        return new SentRequest(Vectors.text(vector, "method"), Vectors.text(vector, "path"), fields, Bytes.EMPTY)
                .with(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=" + TestKeys.ID
                                + "/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                                + Vectors.text(vector, "signed_headers") + ",Signature="
                                + Vectors.text(vector, "seed_signature"));
    }

    private static Bytes framed(ClaimValue.Members vector) {
        var signatures = Vectors.list(vector, "chunk_signatures").stream()
                .map(signature -> ((ClaimValue.Text) signature).text())
                .toList();
        var sizes = List.of(65_536, 1_024, 0);
        var framed = new StringBuilder();
        for (var i = 0; i < sizes.size(); i++) {
            framed.append(Integer.toHexString(sizes.get(i)))
                    .append(signatures.isEmpty() ? "" : ";chunk-signature=" + signatures.get(i))
                    .append("\r\n")
                    .append("a".repeat(sizes.get(i)));
            if (sizes.get(i) > 0 || trailers(vector).isEmpty()) {
                framed.append("\r\n");
            }
        }
        trailers(vector)
                .forEach((name, value) ->
                        framed.append(name).append(':').append(value).append("\r\n"));
        if (!trailers(vector).isEmpty()) {
            if (vector.members().get("trailer_signature") instanceof ClaimValue.Text(var signature)) {
                framed.append("x-amz-trailer-signature:").append(signature).append("\r\n");
            }
            framed.append("\r\n");
        }
        return Bytes.utf8(framed.toString());
    }

    private static Map<String, String> trailers(ClaimValue.Members vector) {
        return Vectors.pairs(vector, "trailers").stream()
                .collect(Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1)));
    }
}
