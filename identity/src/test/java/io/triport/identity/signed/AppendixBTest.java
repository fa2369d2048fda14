package io.triport.identity.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.identity.field.FieldParser;
import io.triport.identity.field.Member;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The test cases of RFC 9421, appendix B.2, with the keys of appendix B.1, for the algorithms that are offered here (test
 * vectors of an IETF document, used under its Trust Legal Provisions, Revised BSD License).
 */
final class AppendixBTest {
    private static final SignatureKey SHARED_SECRET = SignatureKey.shared(Secret.copyOf(Base64.getDecoder()
            .decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")));
    private static final SignatureKey KEY_ED25519 = SignatureKey.parsePublic("""
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """);
    private static final SignatureKey KEY_ECC_P256 = SignatureKey.parsePublic("""
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """);
    private static final String REQUEST_DIGEST =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private static final Headers REQUEST = new Headers(Map.of(
            "host", List.of("example.com"),
            "date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
            "content-type", List.of("application/json"),
            "content-digest", List.of(REQUEST_DIGEST),
            "content-length", List.of("18")));

    @Test
    void b_2_4_signing_a_response_with_ecdsa_p256_sha256() {
        var base = """
            "@status": 200
            "content-type": application/json
            "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
            "content-length": 23
            "@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"\
            """;

        assertThat(
                        KEY_ECC_P256.signed(
                                base.getBytes(StandardCharsets.US_ASCII),
                                decode(
                                        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==")))
                .isTrue();
    }

    @Test
    void b_2_5_signing_a_request_with_hmac_sha256() {
        var base = base("(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"");

        assertThat(base).isEqualTo("""
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json
            "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"\
            """);
        assertThat(SHARED_SECRET.signed(
                        base.getBytes(StandardCharsets.US_ASCII),
                        decode("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=")))
                .isTrue();
    }

    @Test
    void b_2_6_signing_a_request_with_ed25519() {
        var base = base("(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"");

        assertThat(
                        KEY_ED25519.signed(
                                base.getBytes(StandardCharsets.US_ASCII),
                                decode(
                                        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")))
                .isTrue();
    }

    @Test
    void the_content_digest_of_the_test_request_fits_its_body() {
        var digest = ContentDigest.parse(REQUEST_DIGEST);

        assertThat(digest.matches(Bytes.utf8("{\"hello\": \"world\"}"))).isTrue();
        assertThat(digest.matches(Bytes.utf8("{\"hello\": \"worle\"}"))).isFalse();
    }

    private static String base(String input) {
        var covered = FieldParser.dictionary("x", "sig=" + input).values().stream()
                .map(Member.InnerList.class::cast)
                .findFirst()
                .orElseThrow();
        return new SignatureBase(Method.POST, RawTarget.parse("/foo?param=Value&Pet=dog"), REQUEST).text(covered);
    }

    private static byte[] decode(String signature) {
        return Base64.getDecoder().decode(signature);
    }
}
