package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class S3FaultTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static final ObjectRef OBJECT = ObjectRef.current(KEY);

    private final SettableTicker ticker = new SettableTicker();

    @Test
    void an_endpoint_that_is_not_there_was_never_asked() throws IOException {
        URI nowhere;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        var store = open(nowhere);

        assertCode(() -> store.get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);
        assertCode(() -> store.put(KEY, text("x"), WriteOptions.PLAIN), FailureCode.UNAVAILABLE);
        assertCode(() -> store.delete(List.of(OBJECT), Conditions.NONE), FailureCode.UNAVAILABLE);
        assertCode(() -> store.uploads().start(KEY, UploadOptions.PLAIN), FailureCode.UNAVAILABLE);
    }

    @Test
    void a_read_is_tried_twice_and_no_more() {
        try (var server = RawServer.playing((call, number) -> call.reset())) {
            assertCode(() -> open(server.uri()).get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);

            assertThat(server.heads()).hasSize(2);
        }
    }

    @Test
    void a_second_attempt_may_succeed() {
        try (var server = RawServer.playing((call, number) -> {
            if (number == 1) {
                call.error(500, "InternalError");
            } else {
                call.object("hello");
            }
        })) {
            assertThat(read(open(server.uri()))).isEqualTo(Bytes.utf8("hello"));
        }
    }

    @Test
    void a_list_is_tried_twice_too() {
        try (var server = RawServer.playing((call, number) -> {
            if (number == 1) {
                call.error(503, "SlowDown");
            } else {
                call.answer(200, List.of(), "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
            }
        })) {
            assertThat(open(server.uri()).list(ObjectQuery.all()).entries()).isEmpty();
        }
    }

    @Test
    void what_would_be_done_twice_is_tried_once() {
        try (var server = RawServer.playing((call, number) -> call.reset())) {
            assertCode(() -> open(server.uri()).uploads().start(KEY, UploadOptions.PLAIN), FailureCode.OUTCOME_UNKNOWN);

            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void a_body_that_was_begun_is_not_sent_again() {
        try (var server = RawServer.playing((call, number) -> {
            call.readBody();
            call.reset();
        })) {
            assertCode(
                    () -> open(server.uri()).put(KEY, PieceContent.of(100), WriteOptions.PLAIN),
                    FailureCode.OUTCOME_UNKNOWN);

            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void a_large_body_waits_until_it_is_asked_for() {
        var content = PieceContent.of(2 << 20);
        try (var server = RawServer.playing((call, number) -> {
            if (number == 1) {
                call.error(503, "SlowDown");
            } else {
                call.readBody();
                call.answer(200, List.of("ETag: \"e\""), "");
            }
        })) {
            var put = open(server.uri()).put(KEY, content, WriteOptions.PLAIN);

            assertThat(put).isInstanceOf(PutOutcome.Stored.class);
            assertThat(server.heads()).hasSize(2);
        }
    }

    @Test
    void a_large_body_is_sent_to_an_endpoint_that_never_asks_for_it() {
        try (var server = RawServer.playing((call, number) -> {
            call.readBodyUnasked();
            call.answer(200, List.of("ETag: \"e\""), "");
        })) {
            var put = open(server.uri()).put(KEY, PieceContent.of(2 << 20), WriteOptions.PLAIN);

            assertThat(put).isInstanceOf(PutOutcome.Stored.class);
        }
    }

    @Test
    void a_body_that_ends_early_is_no_body() {
        try (var server = RawServer.playing((call, number) -> {
            call.beginObject(100, "only this");
            call.socket().close();
        })) {
            var found = (GetOutcome.Found) open(server.uri()).get(OBJECT, ReadOptions.WHOLE);

            assertThatThrownBy(() -> Bodies.read(found.content()))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void an_endpoint_that_says_nothing_is_left() throws InterruptedException {
        var asked = new CountDownLatch(1);
        try (var server = RawServer.playing((call, number) -> {
                    asked.countDown();
                    call.in().read();
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var store = open(server.uri());
            var done = new CountDownLatch(1);
            threads.execute(() -> {
                assertCode(
                        () -> store.put(KEY, Content.of(Bytes.utf8("x")), WriteOptions.PLAIN),
                        FailureCode.OUTCOME_UNKNOWN);
                done.countDown();
            });
            asked.await();

            while (!done.await(10, TimeUnit.MILLISECONDS)) {
                ticker.advance(Duration.ofSeconds(70));
            }

            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_endpoint_that_says_nothing_is_not_asked_again() throws InterruptedException {
        var asked = new CountDownLatch(1);
        try (var server = RawServer.playing((call, number) -> {
                    asked.countDown();
                    call.in().read();
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var store = open(server.uri());
            var done = new CountDownLatch(1);
            threads.execute(() -> {
                assertCode(() -> store.get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);
                done.countDown();
            });
            asked.await();

            while (!done.await(10, TimeUnit.MILLISECONDS)) {
                ticker.advance(Duration.ofSeconds(70));
            }

            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void a_silent_body_is_left_while_a_slow_reader_is_not() throws InterruptedException {
        try (var server = RawServer.playing((call, number) -> {
            call.beginObject(10, "hello");
            call.in().read();
        })) {
            var reader = new SlowReader();
            var found = (GetOutcome.Found) open(server.uri()).get(OBJECT, ReadOptions.WHOLE);
            found.content().bytes().subscribe(reader);
            ticker.advance(Duration.ofMinutes(10));
            assertThat(reader.ended.await(1500, TimeUnit.MILLISECONDS)).isFalse();

            reader.ask(2);
            while (!reader.ended.await(10, TimeUnit.MILLISECONDS)) {
                ticker.advance(Duration.ofSeconds(31));
            }

            assertThat(reader.failure).isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void a_reader_that_goes_takes_the_connection_along() throws InterruptedException {
        try (var server = RawServer.playing((call, number) -> {
            call.beginObject(1_000_000_000, "");
            var piece = new byte[65_536];
            while (true) {
                call.out().write(piece);
            }
        })) {
            var found = (GetOutcome.Found) open(server.uri()).get(OBJECT, ReadOptions.WHOLE);

            found.content().close();

            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_endpoint_sends_no_more_than_is_read() throws InterruptedException {
        var sent = new AtomicLong();
        try (var server = RawServer.playing((call, number) -> {
            call.beginObject(1_000_000_000, "");
            var piece = new byte[65_536];
            while (true) {
                call.out().write(piece);
                sent.addAndGet(piece.length);
            }
        })) {
            var reader = new SlowReader();
            var found = (GetOutcome.Found) open(server.uri()).get(OBJECT, ReadOptions.WHOLE);
            found.content().bytes().subscribe(reader);
            reader.ask(1);
            assertThat(reader.first.await(10, TimeUnit.SECONDS)).isTrue();

            var before = -1L;
            while (before != sent.get()) {
                before = sent.get();
                assertThat(reader.ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
            }

            // What the kernel holds of both ends, which is some megabytes of a thousand.
            assertThat(sent.get()).isLessThan(64L << 20);
            reader.leave();
        }
    }

    @Test
    void an_interrupted_caller_takes_the_request_along() throws InterruptedException {
        var asked = new CountDownLatch(1);
        try (var server = RawServer.playing((call, number) -> {
            asked.countDown();
            call.in().read();
        })) {
            var store = open(server.uri());
            var caller = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(() -> store.get(OBJECT, ReadOptions.WHOLE))
                            .isInstanceOf(StorageFailure.Unavailable.class));
            asked.await();

            caller.interrupt();

            assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void connections_are_used_again() {
        try (var server = RawServer.playing((call, number) -> call.object("hello"))) {
            var store = open(server.uri());

            for (var i = 0; i < 50; i++) {
                assertThat(read(store)).isEqualTo(Bytes.utf8("hello"));
            }

            // One is given back a moment after its body has ended, so there may be a second.
            assertThat(server.connections()).isLessThan(25);
        }
    }

    @Test
    void a_bucket_that_moved_is_followed_signed_anew_and_remembered() {
        try (var home = RawServer.playing((call, number) -> {
                    if (call.head().startsWith("GET /shelf?")) {
                        call.answer(
                                200,
                                List.of(),
                                "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
                    } else {
                        call.object("hello");
                    }
                });
                var old = RawServer.playing((call, number) -> call.answer(
                        number % 2 == 1 ? 307 : 301,
                        List.of("Location: " + home.uri() + "/shelf/k", "x-amz-bucket-region: eu-west-1"),
                        "<Error><Code>TemporaryRedirect</Code></Error>"))) {
            var store = open(old.uri());

            assertThat(read(store)).isEqualTo(Bytes.utf8("hello"));
            assertThat(read(store)).isEqualTo(Bytes.utf8("hello"));
            assertThat(open(old.uri()).list(ObjectQuery.all()).entries()).isEmpty();

            assertThat(old.heads()).hasSize(2);
            assertThat(home.heads()).allMatch(head -> head.contains("/eu-west-1/s3/aws4_request"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/shelf/k", "https://127.0.0.1/shelf/k", "http://[fe80::1]/", "nonsense"})
    void a_redirection_to_an_address_or_another_scheme_is_not_followed(String location) {
        try (var server = RawServer.playing((call, number) -> call.answer(307, List.of("Location: " + location), ""))) {
            assertCode(() -> open(server.uri()).get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);

            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void an_endless_redirection_ends() {
        try (var one = RawServer.playing((call, number) -> call.answer(
                307,
                List.of(
                        "Location: http://127.0.0.1:" + call.socket().getLocalPort(),
                        "x-amz-bucket-region: r" + number),
                ""))) {
            assertCode(() -> open(one.uri()).get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);

            assertThat(one.heads()).hasSize(2);
        }
    }

    @Test
    void who_is_denied_is_told_so() {
        try (var server = RawServer.playing((call, number) -> call.error(403, "AccessDenied"))) {
            assertThatThrownBy(() -> open(server.uri()).get(OBJECT, ReadOptions.WHOLE))
                    .isInstanceOf(StorageFailure.AccessDenied.class);
            assertThatThrownBy(() -> open(server.uri()).list(ObjectQuery.all()))
                    .isInstanceOf(StorageFailure.AccessDenied.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "<Error><Code>",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Error><Code>&b;</Code></Error>",
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><Error><Code>&a;</Code></Error>",
                ""
            })
    void an_error_that_cannot_be_read_is_judged_by_its_status(String body) {
        try (var server = RawServer.playing((call, number) -> call.answer(400, List.of(), body))) {
            assertThatThrownBy(() -> open(server.uri()).get(OBJECT, ReadOptions.WHOLE))
                    .isInstanceOf(StorageFailure.Rejected.class)
                    .hasMessage("s3: status 400");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "<ListBucketResult><Contents>",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                        + "<ListBucketResult><Contents><Key>&b;</Key></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key></Key></Contents></ListBucketResult>"
            })
    void a_listing_that_cannot_be_read_is_none(String body) {
        try (var server = RawServer.playing((call, number) -> call.answer(200, List.of(), body))) {
            assertThatThrownBy(() -> open(server.uri()).list(ObjectQuery.all()))
                    .isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void an_endless_listing_is_not_collected() {
        try (var server = RawServer.playing((call, number) -> {
            call.begin(200, List.of(), 4_000_000_000L, "<ListBucketResult>");
            var piece = "<x></x>".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                call.out().write(piece);
            }
        })) {
            assertThatThrownBy(() -> open(server.uri()).list(ObjectQuery.all()))
                    .isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void an_object_without_its_tag_cannot_be_read() {
        try (var server = RawServer.playing((call, number) -> call.answer(200, List.of(), "hello"))) {
            assertCode(() -> open(server.uri()).get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);
            assertCode(() -> open(server.uri()).put(KEY, text("x"), WriteOptions.PLAIN), FailureCode.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void a_deleted_object_of_which_a_marker_is_kept_is_told() {
        try (var server = RawServer.playing((call, number) -> {
            var fields = List.of(
                    "x-amz-delete-marker: true",
                    "x-amz-version-id: m1",
                    "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT");
            if (call.head().startsWith("HEAD")) {
                call.answer(404, fields, "");
            } else {
                call.answer(404, fields, "<Error><Code>NoSuchKey</Code></Error>");
            }
        })) {
            var store = open(server.uri());
            var at = Instant.parse("2026-01-01T00:00:00Z");

            assertThat(store.get(OBJECT, ReadOptions.WHOLE)).isEqualTo(new GetOutcome.Deleted(new VersionId("m1"), at));
            assertThat(store.head(OBJECT)).isEqualTo(new HeadOutcome.Deleted(new VersionId("m1"), at));
        }
    }

    @Test
    void an_endpoint_that_fails_is_spared_and_tried_again_after_a_while() {
        var broken = new AtomicBoolean(true);
        try (var server = RawServer.playing((call, number) -> {
            if (broken.get()) {
                call.error(500, "InternalError");
            } else {
                call.object("hello");
            }
        })) {
            var store = open(server.uri());
            for (var i = 0; i < 5; i++) {
                assertCode(() -> store.get(OBJECT, ReadOptions.WHOLE), null);
            }
            var sent = server.heads().size();

            assertCode(() -> store.get(OBJECT, ReadOptions.WHOLE), FailureCode.UNAVAILABLE);
            assertCode(() -> store.list(ObjectQuery.all()), FailureCode.UNAVAILABLE);
            assertThat(server.heads()).hasSize(sent);

            broken.set(false);
            ticker.advance(Duration.ofSeconds(31));
            for (var i = 0; i < 5; i++) {
                assertThat(read(store)).isEqualTo(Bytes.utf8("hello"));
            }
        }
    }

    private ObjectStore open(URI uri) {
        var key = new Backend.Signer.Key(S3Server.KEY_ID, Secret.of(S3Server.SECRET), Secret.of(""));
        return S3.of(Path.of("target", "spool"), Clock.systemUTC(), ticker, new SeededRandomness(1))
                .store(S3Server.binding(S3Server.backend(uri, key)), PassedFields.NONE);
    }

    private static Bytes read(ObjectStore store) {
        return Bodies.read(((GetOutcome.Found) store.get(OBJECT, ReadOptions.WHOLE)).content());
    }

    private static void assertCode(Runnable call, @Nullable FailureCode code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageFailure.Unavailable.class,
                        e -> assertThat(code == null ? e.code() : code).isEqualTo(e.code()));
    }

    private static Content text(String text) {
        return Content.of(Bytes.utf8(text));
    }

    private static final class SlowReader implements Flow.Subscriber<ByteBuffer> {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Flow.@Nullable Subscription source;
        private volatile @Nullable Throwable failure;

        private void ask(long count) throws InterruptedException {
            open.await();
            Objects.requireNonNull(source).request(count);
        }

        private void leave() {
            Objects.requireNonNull(source).cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            open.countDown();
        }

        @Override
        public void onNext(ByteBuffer piece) {
            first.countDown();
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }
    }
}
