package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.triport.objects.ProxyUnderTest.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No storage is touched before somebody has proved who asks, whatever is asked for. */
final class IdentityFirstTest {
    /** One request of each kind. */
    private static final List<String> REQUESTS = List.of(
            "GET /",
            "PUT /fresh",
            "HEAD /data",
            "DELETE /data",
            "GET /data",
            "GET /data?list-type=2",
            "GET /data?versions",
            "GET /data?uploads",
            "GET /data?location",
            "GET /data?versioning",
            "PUT /data?versioning",
            "GET /data?cors",
            "PUT /data?cors",
            "DELETE /data?cors",
            "GET /data?tagging",
            "PUT /data?tagging",
            "DELETE /data?tagging",
            "GET /data?acl",
            "POST /data?delete",
            "PUT /data/k",
            "GET /data/k",
            "HEAD /data/k",
            "DELETE /data/k",
            "GET /data/k?attributes",
            "GET /data/k?tagging",
            "PUT /data/k?tagging",
            "DELETE /data/k?tagging",
            "GET /data/k?acl",
            "POST /data/k?uploads",
            "PUT /data/k?partNumber=1&uploadId=u",
            "GET /data/k?uploadId=u",
            "POST /data/k?uploadId=u",
            "DELETE /data/k?uploadId=u");

    private final ProxyUnderTest proxy = ProxyUnderTest.start("""
        buckets:
          - {name: data, backend_type: memory}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """);
    private final Logger logger = (Logger) LoggerFactory.getLogger("triport.storage");
    private final Level before = logger.getEffectiveLevel();
    private final Calls calls = new Calls();

    /** The ids of requests for which storage was called. */
    private static final class Calls extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            line.getKeyValuePairs().stream()
                    .filter(pair -> pair.key.equals("request"))
                    .forEach(pair -> requests.add(String.valueOf(pair.value)));
        }
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        calls.start();
        logger.addAppender(calls);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(calls);
        logger.setLevel(before);
        proxy.close();
    }

    private boolean touched(Answer answer) {
        assertThat(answer.header("x-amz-request-id")).isNotEmpty();
        return calls.requests.contains(answer.header("x-amz-request-id"));
    }

    private void refused(String request, Answer answer) {
        assertThat(answer.status()).as(request).isEqualTo(403);
        assertThat(touched(answer)).as(request).isFalse();
    }

    private static String method(String request) {
        return request.substring(0, request.indexOf(' '));
    }

    private static String target(String request) {
        return request.substring(request.indexOf(' ') + 1);
    }

    @Test
    void a_request_without_a_signature_touches_no_storage() {
        for (var request : REQUESTS) {
            refused(request, proxy.unsigned(method(request), target(request), Map.of(), ""));
        }
    }

    @Test
    void a_request_of_an_unknown_key_touches_no_storage() {
        for (var request : REQUESTS) {
            refused(request, proxy.as("NOBODY", method(request), target(request), Map.of(), ""));
        }
    }

    @Test
    void a_request_of_a_known_key_does_touch_it() {
        assertThat(touched(proxy.send("GET", "/data?list-type=2"))).isTrue();
    }
}
