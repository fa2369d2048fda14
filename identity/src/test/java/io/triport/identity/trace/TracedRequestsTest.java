package io.triport.identity.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.storage.KeyHash;
import io.triport.domain.storage.StorageCall;
import io.triport.identity.otlp.Teller;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TraceCollector;
import io.triport.testkit.TraceCollector.Told;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TracedRequestsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final RequestId ID = new RequestId("r1");

    private final TraceCollector collector = TraceCollector.listening();
    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final SettableTicker ticker = new SettableTicker();

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void a_request_has_a_span_for_identity_and_for_each_call_of_storage() {
        try (var traces = traces(100)) {
            traces.began(fetch(ID, Map.of()));
            traces.named(ID, "PUT /things/{id}");
            pass(1);
            traces.judging(ID);
            pass(2);
            traces.judged(ID, "hmac", "admitted");
            pass(8);
            traces.called(put(ID, new StorageCall.Done("stored", "true")), Fate.FINE);
            traces.called(put(ID, new StorageCall.Failed(FailureCode.UNAVAILABLE)), Fate.BROKEN);
            pass(16);
            traces.answered(ID, 503);

            var page = collector.next();
            assertThat(page.text()).contains("\"stringValue\":\"triport-test\"").doesNotContain("secret");
            var spans = page.spans();
            assertThat(spans)
                    .extracting(Told::name)
                    .containsExactly("request", "identity", "storage.key-value.put", "storage.key-value.put");
            var whole = spans.getFirst();
            assertThat(whole.at("parentSpanId")).isEmpty();
            assertThat(whole.at("triport.request_id")).isEqualTo("r1");
            assertThat(whole.at("http.request.method")).isEqualTo("PUT");
            assertThat(whole.at("triport.route")).isEqualTo("PUT /things/{id}");
            assertThat(whole.at("http.response.status_code")).isEqualTo("503");
            assertThat(whole.at("code")).isEqualTo("2");
            assertThat(millis(whole)).containsExactly(0L, 27L);
            assertThat(spans.subList(1, 4)).allSatisfy(span -> {
                assertThat(span.at("traceId")).isEqualTo(whole.at("traceId"));
                assertThat(span.at("parentSpanId")).isEqualTo(whole.at("spanId"));
            });
            var identity = spans.get(1);
            assertThat(identity.at("triport.mechanism")).isEqualTo("hmac");
            assertThat(identity.at("triport.outcome")).isEqualTo("admitted");
            assertThat(millis(identity)).containsExactly(1L, 3L);
            var done = spans.get(2);
            assertThat(done.at("triport.adapter")).isEqualTo("sqlite");
            assertThat(done.at("triport.resource")).isEqualTo("CACHE");
            assertThat(done.at("triport.key_hash")).isEqualTo("2bb80d537b1da3e3");
            assertThat(done.at("triport.outcome")).isEqualTo("done");
            assertThat(done.at("code")).isEmpty();
            assertThat(millis(done)).containsExactly(6L, 11L);
            assertThat(spans.get(3).at("triport.outcome")).isEqualTo("UNAVAILABLE");
            assertThat(spans.get(3).at("code")).isEqualTo("2");
        }
    }

    @Test
    void a_trace_that_the_caller_records_is_continued_whatever_the_share() {
        try (var traces = traces(0)) {
            traces.began(fetch(ID, Map.of("traceparent", List.of("00-" + TRACE + "-" + SPAN + "-01"))));
            traces.answered(ID, 200);

            var whole = collector.next().spans().getFirst();
            assertThat(whole.at("traceId")).isEqualTo(TRACE);
            assertThat(whole.at("parentSpanId")).isEqualTo(SPAN);
        }
    }

    @Test
    void who_says_that_nothing_is_recorded_is_not_traced_and_two_parents_are_none() {
        try (var traces = traces(100)) {
            var silent = "00-" + TRACE + "-" + SPAN + "-00";
            traces.began(fetch(ID, Map.of("traceparent", List.of(silent))));
            assertThat(traces.has(ID)).isFalse();

            var loud = "00-" + TRACE + "-" + SPAN + "-01";
            traces.began(fetch(ID, Map.of("traceparent", List.of(loud, loud))));
            traces.answered(ID, 200);

            assertThat(collector.next().spans().getFirst().at("traceId")).isNotEqualTo(TRACE);
        }
    }

    @Test
    void of_requests_without_a_trace_each_nth_is_taken() {
        try (var traces = traces(25)) {
            var taken = IntStream.range(0, 12)
                    .filter(number -> {
                        var id = new RequestId("n" + number);
                        traces.began(fetch(id, Map.of()));
                        return traces.has(id);
                    })
                    .count();

            assertThat(taken).isEqualTo(3);
        }
    }

    @Test
    void what_the_app_does_by_itself_is_a_trace_of_its_own() {
        try (var traces = traces(100)) {
            traces.began(new Scheduled(ID, clock.instant(), new TaskName("sweep"), clock.instant(), 1));
            traces.judged(ID, "system", "admitted");
            traces.called(put(ID, new StorageCall.Done("stored", "true")), Fate.FINE);
            traces.ended(ID, "failed", Fate.BROKEN);

            var spans = collector.next().spans();
            assertThat(spans).extracting(Told::name).containsExactly("event", "identity", "storage.key-value.put");
            assertThat(spans.getFirst().at("parentSpanId")).isEmpty();
            assertThat(spans.getFirst().at("triport.task")).isEqualTo("sweep");
            assertThat(spans.getFirst().at("triport.request_id")).isEqualTo("r1");
            assertThat(spans.getFirst().at("triport.outcome")).isEqualTo("failed");
            assertThat(spans.getFirst().at("code")).isEqualTo("2");
        }
    }

    @Test
    void of_more_calls_than_a_trace_holds_the_rest_is_counted() {
        try (var traces = traces(100)) {
            traces.began(fetch(ID, Map.of()));
            for (var number = 0; number < 103; number++) {
                traces.called(put(ID, new StorageCall.Done("stored", "true")), Fate.FINE);
            }
            traces.answered(ID, 200);

            var spans = collector.next().spans();
            assertThat(spans).hasSize(101);
            assertThat(spans.getFirst().at("triport.calls_left_out")).isEqualTo("3");
        }
    }

    @Test
    void a_method_that_nobody_has_defined_is_not_told() {
        try (var traces = traces(100)) {
            var fetch = fetch(ID, Map.of());
            traces.began(new Fetch(
                    ID,
                    clock.instant(),
                    new Method("SECRET"),
                    fetch.target(),
                    fetch.headers(),
                    fetch.peer(),
                    fetch.body()));
            traces.answered(ID, 405);

            assertThat(collector.next().spans().getFirst().at("http.request.method"))
                    .isEqualTo("_OTHER");
        }
    }

    @Test
    void a_request_that_is_over_is_told_no_more() {
        try (var traces = traces(100)) {
            traces.began(fetch(ID, Map.of()));
            traces.answered(ID, 200);
            traces.called(put(ID, new StorageCall.Done("stored", "true")), Fate.FINE);
            traces.answered(ID, 200);

            assertThat(traces.has(ID)).isFalse();
            assertThat(collector.next().spans()).hasSize(1);
        }
        assertThat(collector.waiting()).isZero();
    }

    @Test
    void a_collector_that_is_away_costs_traces_and_they_are_counted() {
        var traces = traces(100, URI.create("http://127.0.0.1:1"), 8);
        traces.began(fetch(ID, Map.of()));
        traces.answered(ID, 200);
        traces.close();

        assertThat(traces.dropped()).isEqualTo(1);
    }

    @Test
    void a_collector_that_is_slow_keeps_no_request_waiting() {
        var slow = new CountDownLatch(1);
        try (var late = TraceCollector.answeringAfter(() -> await(slow));
                var traces = traces(100, late.endpoint(), 1)) {
            for (var number = 0; number < 10; number++) {
                traces.began(fetch(ID, Map.of()));
                traces.answered(ID, 200);
            }

            // One waits, and the page under way has two at most.
            assertThat(traces.dropped()).isGreaterThanOrEqualTo(7);
            slow.countDown();
        }
    }

    @Test
    void requests_that_never_end_take_no_more_memory_than_there_is_for_them() {
        try (var traces = traces(100)) {
            for (var number = 0; number < 10_001; number++) {
                traces.began(fetch(new RequestId("n" + number), Map.of()));
            }

            assertThat(traces.dropped()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(int millis) {
        ticker.advance(Duration.ofMillis(millis));
    }

    /** When it began and ended, after the time at which the clock was read. */
    private List<Long> millis(Told span) {
        var zero = clock.instant().toEpochMilli();
        return List.of(
                Long.parseLong(span.at("startTimeUnixNano")) / 1_000_000 - zero,
                Long.parseLong(span.at("endTimeUnixNano")) / 1_000_000 - zero);
    }

    private TracedRequests traces(int percent) {
        return traces(percent, collector.endpoint(), 64);
    }

    private TracedRequests traces(int percent, URI endpoint, int queue) {
        return TracedRequests.of(new Tracing(
                new TraceSettings(endpoint, percent, queue),
                Teller.of("test", "node"),
                clock,
                ticker,
                new SeededRandomness(7)));
    }

    private static StorageCall put(RequestId id, StorageCall.Result result) {
        return new StorageCall(
                id,
                StoragePort.KEY_VALUE,
                "sqlite",
                "put",
                "CACHE",
                KeyHash.of(Bytes.utf8("secret")),
                result,
                Duration.ofMillis(5));
    }

    private Fetch fetch(RequestId id, Map<String, List<String>> fields) {
        return new Fetch(
                id,
                clock.instant(),
                new Method("PUT"),
                RawTarget.parse("/things/secret"),
                new Headers(fields),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }
}
