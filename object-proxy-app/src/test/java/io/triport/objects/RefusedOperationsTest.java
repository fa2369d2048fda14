package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Headers;
import io.triport.objects.wire.S3Address;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Parser;
import io.triport.objects.wire.S3Query;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks for every operation that there is: as nobody, as a liar, and as somebody of another bucket. */
final class RefusedOperationsTest {
    private static final Map<String, String> NONE = Map.of();
    private static final Map<String, String> COPY = Map.of("x-amz-copy-source", "data/a");
    private static final String VALUE = "a-value-to-be-kept";
    private static final String DELETE = "<Delete><Object><Key>a</Key></Object></Delete>";
    private static final String DELETE_MD5 = "aFPqFnlCon58cZ4Qt7zwvQ==";
    private static final String FORM = """
        --x
        Content-Disposition: form-data; name="key"

        a
        --x
        Content-Disposition: form-data; name="file"; filename="f"

        other
        --x--
        """.replace("\n", "\r\n");
    private static final String FILE = """
        buckets:
          - {name: data, backend_type: memory}
          - {name: theirs, backend_type: memory}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: STRANGER
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: theirs, actions: ["*"]}]
        """;
    private static final List<Asked> ALL = List.of(
            new Asked("GET", "/", NONE),
            new Asked("PUT", "/fresh", NONE),
            new Asked("DELETE", "/data", NONE),
            new Asked("HEAD", "/data", NONE),
            new Asked("GET", "/data?location", NONE),
            new Asked("GET", "/data?versioning", NONE),
            new Asked("PUT", "/data?versioning", NONE),
            new Asked("GET", "/data?cors", NONE),
            new Asked("PUT", "/data?cors", NONE),
            new Asked("DELETE", "/data?cors", NONE),
            new Asked("GET", "/data?tagging", NONE),
            new Asked("PUT", "/data?tagging", NONE),
            new Asked("DELETE", "/data?tagging", NONE),
            new Asked("GET", "/data?acl", NONE),
            new Asked("PUT", "/data?acl", NONE),
            new Asked("GET", "/data", NONE),
            new Asked("GET", "/data?list-type=2", NONE),
            new Asked("GET", "/data?versions", NONE),
            new Asked("GET", "/data?uploads", NONE),
            new Asked("POST", "/data?delete", Map.of("content-md5", DELETE_MD5), DELETE),
            new Asked("POST", "/data", Map.of("content-type", "multipart/form-data; boundary=x"), FORM),
            new Asked("OPTIONS", "/data/a", NONE),
            new Asked("GET", "/data/a", NONE),
            new Asked("HEAD", "/data/a", NONE),
            new Asked("GET", "/data/a?attributes", Map.of("x-amz-object-attributes", "ETag")),
            new Asked("PUT", "/data/a", NONE),
            new Asked("PUT", "/data/b", COPY),
            new Asked("DELETE", "/data/a", NONE),
            new Asked("GET", "/data/a?tagging", NONE),
            new Asked("PUT", "/data/a?tagging", NONE),
            new Asked("DELETE", "/data/a?tagging", NONE),
            new Asked("GET", "/data/a?acl", NONE),
            new Asked("PUT", "/data/a?acl", NONE),
            new Asked("POST", "/data/a?uploads", NONE),
            new Asked("PUT", "/data/a?partNumber=1&uploadId=u", NONE),
            new Asked("PUT", "/data/a?partNumber=1&uploadId=u", COPY),
            new Asked("POST", "/data/a?uploadId=u", NONE),
            new Asked("DELETE", "/data/a?uploadId=u", NONE),
            new Asked("GET", "/data/a?uploadId=u", NONE));

    private static ProxyUnderTest proxy;

    private record Asked(String method, String target, Map<String, String> fields, String body) {
        private Asked(String method, String target, Map<String, String> fields) {
            this(method, target, fields, "");
        }

        Class<? extends S3Operation> operation() {
            var question = target.indexOf('?');
            var path = question < 0 ? target : target.substring(0, question);
            var query = S3Query.parse(question < 0 ? "" : target.substring(question));
            var headers = fields.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue())));
            return S3Parser.parse(method, S3Address.of(path, "localhost", List.of()), query, new Headers(headers))
                    .getClass();
        }

        /** A browser asks before it has a credential, and has to say where its page is from. */
        int refused() {
            return operation().equals(S3Operation.Preflight.class) ? 400 : 403;
        }

        /** Names the buckets of whoever asks. */
        boolean ofNoBucket() {
            return operation().equals(S3Operation.ListBuckets.class);
        }

        /** Is answered for each key by itself. */
        boolean ofMany() {
            return operation().equals(S3Operation.DeleteObjects.class);
        }

        @Override
        public String toString() {
            return operation().getSimpleName() + ": " + method + " " + target;
        }
    }

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start(FILE);
        assertThat(proxy.send("PUT", "/data/a", NONE, VALUE).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void the_list_has_every_operation() {
        assertThat(ALL.stream().<Class<?>>map(Asked::operation))
                .containsExactlyInAnyOrderElementsOf(leaves(S3Operation.class).toList());
    }

    private static Stream<Class<?>> leaves(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(RefusedOperationsTest::leaves)
                : Stream.of(kind);
    }

    @Test
    void nobody_gets_in_without_a_credential() {
        for (var asked : ALL) {
            var answer = proxy.unsigned(asked.method(), asked.target(), asked.fields(), asked.body());
            assertThat(answer.status()).as(asked.toString()).isEqualTo(asked.refused());
            assertThat(answer.body()).as(asked.toString()).doesNotContain(VALUE);
        }
    }

    @Test
    void nobody_gets_in_by_a_wrong_one() {
        for (var asked : ALL) {
            var liar = new TestSigner("ALL", "another-secret-than-that-of-the-key", Clock.systemUTC())
                    .signed(asked.method(), proxy.address(), asked.target(), asked.fields());
            var answer = proxy.unsigned(asked.method(), asked.target(), liar, asked.body());
            assertThat(answer.status()).as(asked.toString()).isEqualTo(asked.refused());
        }
    }

    @Test
    void who_has_another_bucket_sees_and_changes_nothing_of_this_one() {
        for (var asked : ALL) {
            var answer = proxy.as("STRANGER", asked.method(), asked.target(), asked.fields(), asked.body());
            if (asked.ofNoBucket()) {
                assertThat(answer.body()).contains("theirs").doesNotContain("<Name>data</Name>");
            } else if (asked.ofMany()) {
                assertThat(answer.element("Code")).isEqualTo("AccessDenied");
            } else {
                // Some are not well-formed enough to be judged; none may tell whether something is there.
                assertThat(answer.status()).as(asked.toString()).isIn(400, 403);
            }
            assertThat(answer.body()).as(asked.toString()).doesNotContain(VALUE);
        }

        assertThat(proxy.send("GET", "/data/a").body()).isEqualTo(VALUE);
        assertThat(proxy.send("GET", "/").body()).doesNotContain("fresh");
    }
}
