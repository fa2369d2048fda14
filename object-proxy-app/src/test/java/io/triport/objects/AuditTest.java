package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AuditTest {
    private static final Map<String, String> NONE = Map.of();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ProxyUnderTest proxy = ProxyUnderTest.start("""
        buckets: [{name: data, backend_type: memory}]
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            principal_name: somebody
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: FEW
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: data, prefixes: [few/], actions: [read, delete_object]}]
        """);

    @BeforeEach
    void listen() {
        lines.start();
        audit().setLevel(Level.INFO);
        audit().addAppender(lines);
    }

    @AfterEach
    void stop() {
        audit().detachAppender(lines);
        proxy.close();
    }

    private static Logger audit() {
        return (Logger) LoggerFactory.getLogger("triport.audit");
    }

    /** What was said since the last time: the message, and all that it names. */
    private List<Map<String, String>> told() {
        var told = lines.list.stream()
                .map(line -> line.getKeyValuePairs().stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))))
                .toList();
        lines.list.clear();
        return told;
    }

    @Test
    void a_write_is_told_with_who_what_where_and_how_much() {
        var stored = proxy.send("PUT", "/data/a%0Ab", NONE, "hello");

        assertThat(told())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("request", stored.header("x-amz-request-id"))
                        .containsEntry("operation", "PutObject")
                        .containsEntry("bucket", "data")
                        .containsEntry("key", "a\nb")
                        .containsEntry("status", "200")
                        .containsEntry("bytes", "5")
                        .containsEntry("peer", "127.0.0.1")
                        .hasEntrySatisfying("principal", id -> assertThat(id).contains("somebody")));
    }

    @Test
    void a_read_is_not_told_but_one_that_is_denied_is() {
        proxy.send("GET", "/data/none");
        assertThat(told()).isEmpty();

        proxy.as("FEW", "GET", "/data/other", NONE, "");
        proxy.as("UNKNOWN", "GET", "/data/other", NONE, "");

        assertThat(told())
                .allSatisfy(
                        line -> assertThat(line).containsEntry("status", "403").containsEntry("key", "other"))
                .hasSize(2);
    }

    @Test
    void a_form_is_told_with_the_key_that_it_names() {
        var form = new SignedForm(new TestSigner("ALL", ProxyUnderTest.SECRET, Clock.systemUTC()), "posted", NONE);

        proxy.unsigned("POST", "/data", SignedForm.TYPE, form.body("data", "12345"));

        assertThat(told())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("operation", "PostObject")
                        .containsEntry("key", "posted")
                        .containsEntry("status", "204"));
    }

    @Test
    void each_key_of_a_batch_is_told() {
        var document = "<Delete><Object><Key>few/a</Key></Object><Object><Key>other</Key></Object></Delete>";
        var digest = java.util.Base64.getEncoder()
                .encodeToString(java.util.HexFormat.of().parseHex(TestSigner.sha256(document)));

        proxy.as("FEW", "POST", "/data?delete=", Map.of("x-amz-checksum-sha256", digest), document);

        assertThat(told().stream()
                        .filter(line -> line.containsKey("key"))
                        .map(line -> line.get("operation") + " " + line.get("key") + " " + line.get("status")))
                .containsExactly("DeleteObjects few/a 204", "DeleteObjects other 403");
    }

    @Test
    void no_line_has_a_secret_or_a_signature() {
        proxy.send("PUT", "/data/k", NONE, "hello");
        proxy.as("UNKNOWN", "PUT", "/data/k", NONE, "hello");

        assertThat(told().toString()).doesNotContain(ProxyUnderTest.SECRET, "AWS4-HMAC-SHA256", "Signature");
    }
}
