package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Permissions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.hmac.CanonicalRequest;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.HmacSettings;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningHeaders;
import io.triport.identity.hmac.SigningKey;
import io.triport.kv.Vectors.Vector;
import io.triport.testkit.FakeNonceLedger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original signer signed. */
final class SigningVectorsTest {
    private static final String ORIGIN = "https://kv.example.test";

    @ParameterizedTest
    @MethodSource("vectors")
    void our_signature_is_that_of_the_original_signer(Vector vector) {
        var target = target(vector);
        var headers = vector.headers();

        var signature = HmacSecret.of(vector.text("secret"))
                .sign(new CanonicalRequest(
                        vector.text("method"),
                        target.path(),
                        target.search(),
                        headers.getOrDefault(SigningHeaders.TIMESTAMP, ""),
                        headers.getOrDefault(SigningHeaders.NONCE, ""),
                        headers.getOrDefault(SigningHeaders.BODY_SHA256, "")));

        assertThat(signature).isEqualTo(headers.get(SigningHeaders.SIGNATURE));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_the_original_signer_signed_is_admitted(Vector vector) {
        var now = Instant.ofEpochMilli(Long.parseLong(vector.headers().get(SigningHeaders.TIMESTAMP)));
        var ring = new KeyRing.Shared(new SigningKey(
                new CredentialId("shared"),
                List.of(HmacSecret.of(vector.text("secret"))),
                Set.of(),
                Permissions.NONE,
                List.of(),
                Instant.MAX,
                List.of()));
        var mechanism = new HmacMechanism(
                () -> ring, FakeNonceLedger.empty(), new HmacSettings(HmacSettings.DEFAULT_WINDOW, ""));

        assertThat(mechanism.verify(fetch(vector, vector.body()), now))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(mechanism.verify(fetch(vector, vector.body().concat(Bytes.utf8(" "))), now))
                .isInstanceOf(IdentityOutcome.Rejected.class);
    }

    static Stream<Vector> vectors() {
        return Vectors.load().signing().stream();
    }

    private static RawTarget target(Vector vector) {
        return RawTarget.parse(vector.text("url").substring(ORIGIN.length()));
    }

    private static Fetch fetch(Vector vector, Bytes body) {
        var headers = vector.headers().entrySet().stream()
                .collect(Collectors.toMap(java.util.Map.Entry::getKey, header -> List.of(header.getValue())));
        return new Fetch(
                new RequestId("vector"),
                Instant.EPOCH,
                new Method(vector.text("method")),
                target(vector),
                new Headers(headers),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.TLS),
                Content.of(body));
    }
}
