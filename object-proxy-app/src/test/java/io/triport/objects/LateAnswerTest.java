package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.objects.serve.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies and completions that are not done when their answer has to begin. */
final class LateAnswerTest {
    private static final String BEGINNING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n  <";
    private static final AtomicInteger LOOKS = new AtomicInteger();
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        var whole = Patience.of(Duration.ofMinutes(1));
        Patience slow = work -> LOOKS.incrementAndGet() > 3 && whole.awaits(work);
        proxy = ProxyUnderTest.start("""
            buckets: [{name: data, backend_type: memory}, {name: other, backend_type: memory}]
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """, slow);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void look() {
        LOOKS.set(0);
    }

    @Test
    void a_completion_answers_with_blanks_and_then_its_result() {
        var upload = proxy.send("POST", "/data/parts?uploads").element("UploadId");
        var tag = part(upload, "parts");

        var late = complete("parts", upload, tag);

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.header("transfer-encoding")).isEqualTo("chunked");
        assertThat(late.body()).startsWith(BEGINNING + "CompleteMultipartUploadResult");
        assertThat(late.element("ETag")).endsWith("-1&quot;");
        assertThat(proxy.send("GET", "/data/parts").body()).isEqualTo("part");
    }

    @Test
    void a_completion_that_fails_then_says_so_in_the_body() {
        var upload = proxy.send("POST", "/data/wrong?uploads").element("UploadId");
        part(upload, "wrong");

        var late = complete("wrong", upload, "0123456789abcdef0123456789abcdef");

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).startsWith(BEGINNING + "Error");
        assertThat(late.element("Code")).isEqualTo("InvalidPart");
        assertThat(late.element("RequestId")).isEqualTo(late.header("x-amz-request-id"));
        assertThat(proxy.send("GET", "/data/wrong").status()).isEqualTo(404);
    }

    @Test
    void a_document_that_is_none_is_refused_before_anything_is_answered() {
        var upload = proxy.send("POST", "/data/none?uploads").element("UploadId");

        var refused = proxy.send("POST", "/data/none?uploadId=" + upload, Map.of(), "<Nothing/>");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(LOOKS.get()).isZero();
    }

    @Test
    void copies_answer_late_within_a_bucket_and_between_buckets() {
        proxy.send("PUT", "/data/source", Map.of(), "bytes");
        for (var target : new String[] {"/data/copy", "/other/copy"}) {
            LOOKS.set(0);

            var late = proxy.send("PUT", target, Map.of("x-amz-copy-source", "data/source"), "");

            assertThat(late.status()).isEqualTo(200);
            assertThat(late.body()).startsWith(BEGINNING + "CopyObjectResult");
            assertThat(proxy.send("GET", target).body()).isEqualTo("bytes");
        }
    }

    @Test
    void a_copied_part_answers_late_too() {
        proxy.send("PUT", "/data/source", Map.of(), "bytes");
        var upload = proxy.send("POST", "/data/p?uploads").element("UploadId");

        var late = proxy.send(
                "PUT",
                "/data/p?partNumber=1&uploadId=" + upload,
                Map.of("x-amz-copy-source", "data/source", "x-amz-copy-source-range", "bytes=1-9"),
                "");

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).startsWith(BEGINNING + "Error");
        assertThat(late.element("Code")).isEqualTo("InvalidArgument");
    }

    private static String part(String upload, String key) {
        return proxy.send("PUT", "/data/" + key + "?partNumber=1&uploadId=" + upload, Map.of(), "part")
                .header("etag")
                .replace("\"", "");
    }

    private static ProxyUnderTest.Answer complete(String key, String upload, String tag) {
        return proxy.send(
                "POST",
                "/data/" + key + "?uploadId=" + upload,
                Map.of(),
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tag
                        + "</ETag></Part></CompleteMultipartUpload>");
    }
}
