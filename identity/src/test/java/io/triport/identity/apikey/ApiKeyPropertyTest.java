package io.triport.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Method;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.TestRequests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class ApiKeyPropertyTest {
    private final TestTable keys = new TestTable();
    private final ApiKey key = keys.create();

    @Property
    void a_key_that_is_shown_is_read_again(@ForAll long seed) {
        var randomness = new SeededRandomness(seed);
        var shown = ApiKey.fresh("test", ApiKeyId.fresh(randomness), randomness);

        assertThat(ApiKey.read(shown.reveal())).hasValueSatisfying(read -> {
            assertThat(read.id()).isEqualTo(shown.id());
            assertThat(read.environment()).isEqualTo("test");
            assertThat(read.secret()).isEqualTo(shown.secret());
            assertThat(read.reveal()).isEqualTo(shown.reveal());
        });
    }

    @Property
    void a_key_with_a_changed_bit_is_found_before_it_is_looked_up_and_refused(@ForAll @IntRange(max = 10_000) int bit) {
        var text = key.reveal().getBytes(StandardCharsets.ISO_8859_1);
        text[bit / 8 % text.length] ^= (byte) (1 << bit % 8);
        var altered = new String(text, StandardCharsets.ISO_8859_1);

        assertThat(ApiKey.read(altered)).isEmpty();
        assertThat(verify(Map.of("x-api-key", List.of(altered)))).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(verify(Map.of("x-api-key", List.of(key.reveal()))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Property
    void a_pair_with_a_changed_bit_is_refused(@ForAll @IntRange(max = 10_000) int bit) {
        var id = (key.id() + ".access").getBytes(StandardCharsets.ISO_8859_1);
        var secret = key.revealSecret().getBytes(StandardCharsets.ISO_8859_1);
        var at = bit / 8 % (id.length + secret.length);
        if (at < id.length) {
            id[at] ^= (byte) (1 << bit % 8);
        } else {
            secret[at - id.length] ^= (byte) (1 << bit % 8);
        }

        assertThat(verify(Map.of(
                        "cf-access-client-id", List.of(new String(id, StandardCharsets.ISO_8859_1)),
                        "cf-access-client-secret", List.of(new String(secret, StandardCharsets.ISO_8859_1)))))
                .isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void no_text_ends_in_anything_but_a_refusal(@ForAll @StringLength(max = 200) String text) {
        assertThat(verify(Map.of("x-api-key", List.of(text)))).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(verify(Map.of("cf-access-client-id", List.of(text), "cf-access-client-secret", List.of(text))))
                .isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void a_record_comes_back_from_its_bytes(
            @ForAll @StringLength(min = 1, max = 255) @AlphaChars String owner,
            @ForAll @Size(max = 100) Set<@StringLength(min = 1, max = 30) @AlphaChars String> scopes,
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long created,
            @ForAll boolean ends,
            @ForAll byte[] address) {
        var end = ends ? Instant.ofEpochSecond(created) : Instant.MAX;
        var hash = new KeyHash("pepper", Bytes.copyOf(new SeededRandomness(created).bytes(32)), end, Instant.MAX);
        var record = new ApiKeyRecord(
                key.id(),
                new Subject(owner),
                scopes.stream().map(Scope::new).collect(Collectors.toSet()),
                List.of(Cidr.parse("192.0.2." + address.length % 256), Cidr.parse("2001:db8::/32")),
                Instant.ofEpochSecond(created),
                end,
                Instant.MAX,
                List.of(hash, hash.until(Instant.ofEpochSecond(created))));

        assertThat(RecordForm.read(key.id(), RecordForm.write(record))).isEqualTo(record);
    }

    private IdentityOutcome verify(Map<String, List<String>> headers) {
        return keys.mechanism().verify(TestRequests.fetch(Method.GET, "/", headers, "192.0.2.7"), keys.clock.instant());
    }
}
