package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SignatureTest {
    private static final JsonNode VECTORS = vectors();

    private static JsonNode vectors() {
        try (var file = SignatureTest.class.getResourceAsStream("/sigv4/s3-vectors.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonNode> cases() {
        return VECTORS.get("header_auth").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_vector_is_signed_as_published(JsonNode vector) {
        var names = List.of(vector.get("signed_headers").asText().split(";"));
        var headers = new TreeMap<String, String>();
        vector.get("headers").forEach(field -> {
            if (names.contains(field.get(0).asText())) {
                headers.merge(field.get(0).asText(), field.get(1).asText().strip(), (one, other) -> one + "," + other);
            }
        });
        var query = new ArrayList<Map.Entry<String, String>>();
        vector.get("query")
                .forEach(pair ->
                        query.add(Map.entry(pair.get(0).asText(), pair.get(1).asText())));
        var signed = new Signature.Signed(
                vector.get("method").asText(),
                UrlText.path(Bytes.utf8(vector.get("path").asText())),
                query,
                headers,
                vector.get("payload_hash").asText());
        var at = LocalDateTime.parse(headers.get("x-amz-date"), DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
        var signature = new Signature(vector.get("region").asText(), "s3", at);

        assertThat(signed.canonical()).isEqualTo(vector.get("canonical_request").asText());
        assertThat(signature.stringToSign(signed))
                .isEqualTo(vector.get("string_to_sign").asText());
        var key = new AccessKey(
                VECTORS.get("access_key_id").asText(),
                Secret.of(VECTORS.get("secret_access_key").asText()),
                Secret.of(""));
        assertThat(signature.authorization(signed, key.id(), signature.key(key.secret())))
                .startsWith("AWS4-HMAC-SHA256 Credential=" + key.id() + "/")
                .endsWith("Signature=" + vector.get("signature").asText());
    }
}
