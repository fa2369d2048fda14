package io.triport.storage.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BucketsTest {
    private static final BucketName ONE = new BucketName("one");
    private static final BucketName TWO = new BucketName("two");
    private static final ObjectKey KEY = ObjectKey.of("a");

    private final Map<BucketName, BucketBinding> bindings = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Buckets buckets;

    @BeforeEach
    void openBuckets() {
        buckets = open();
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void a_bucket_without_a_binding_is_none() {
        assertThat(buckets.bucket(ONE)).isEmpty();
    }

    @Test
    void what_keeps_a_bucket_has_a_name_for_metrics() {
        assertThat(buckets.adapter(ONE)).isEqualTo("none");
        bind(ONE, new Backend.Memory(), "", Versioning.OFF);
        assertThat(buckets.adapter(ONE)).isEqualTo("memory");
        bind(ONE, new Backend.FileSystem("objects"), "", Versioning.OFF);
        assertThat(buckets.adapter(ONE)).isEqualTo("filesystem");
        bind(
                ONE,
                new Backend.S3(
                        URI.create("http://127.0.0.1:1"),
                        "r",
                        "there",
                        Backend.Addressing.PATH,
                        new Backend.Signer.Nobody()),
                "",
                Versioning.OFF);
        assertThat(buckets.adapter(ONE)).isEqualTo("s3");
        bind(ONE, indexed(), "", Versioning.OFF);
        assertThat(buckets.adapter(ONE)).isEqualTo("postgresql-s3");
    }

    @Test
    void an_index_without_a_database_is_refused_as_not_supported() {
        bind(ONE, indexed(), "", Versioning.OFF);

        assertThatThrownBy(() -> buckets.bucket(ONE))
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }

    private static Backend.Indexed indexed() {
        var bytes = new Backend.S3(
                URI.create("http://127.0.0.1:1"), "r", "there", Backend.Addressing.PATH, new Backend.Signer.Nobody());
        return new Backend.Indexed(bytes, Bytes.EMPTY, new Backend.IndexName("one"));
    }

    @Test
    void a_bucket_in_memory_has_it_to_itself() {
        bind(ONE, new Backend.Memory(), "", Versioning.OFF);
        bind(TWO, new Backend.Memory(), "", Versioning.OFF);

        put(ONE, "v");

        assertThat(text(ONE)).contains("v");
        assertThat(text(TWO)).isEmpty();
    }

    @Test
    void buckets_on_one_directory_share_it_and_see_their_prefix() {
        bind(ONE, new Backend.FileSystem("objects"), "one/", Versioning.OFF);
        bind(TWO, new Backend.FileSystem("./objects"), "", Versioning.OFF);

        put(ONE, "v");

        assertThat(text(ONE)).contains("v");
        assertThat(text(TWO)).isEmpty();
        assertThat(text(store(TWO), ObjectKey.of("one/a"))).contains("v");
        assertThat(directory.resolve("objects").resolve("index.db")).exists();
    }

    @Test
    void what_was_written_is_there_when_buckets_are_opened_again() {
        bind(ONE, new Backend.FileSystem("objects"), "", Versioning.OFF);
        put(ONE, "v");

        buckets.close();
        buckets = open();

        assertThat(text(ONE)).contains("v");
    }

    @Test
    void a_binding_may_change_while_buckets_are_open() {
        bind(ONE, new Backend.Memory(), "", Versioning.OFF);
        put(ONE, "v");
        bind(ONE, new Backend.Memory(), "", Versioning.ENABLED);
        put(ONE, "w");

        assertThat(store(ONE).list(ObjectQuery.all().withVersions()).entries()).hasSize(2);
        bindings.remove(ONE);
        assertThat(buckets.bucket(ONE)).isEmpty();
    }

    @Test
    void a_directory_that_cannot_be_opened_fails_the_call() {
        bind(ONE, new Backend.FileSystem("objects"), "", Versioning.OFF);
        put(ONE, "v");

        try (var second = open()) {
            assertThatThrownBy(() -> second.bucket(ONE))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("held by another process");
        }
    }

    @Test
    void a_bucket_behind_an_endpoint_is_asked_for_there() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var endpoint = URI.create("http://127.0.0.1:" + listener.getLocalPort());
            bind(
                    ONE,
                    new Backend.S3(endpoint, "r", "there", Backend.Addressing.PATH, new Backend.Signer.Nobody()),
                    "p/",
                    Versioning.OFF);
            Thread.ofVirtual().start(() -> answerNotFound(listener));

            assertThat(text(ONE)).isEmpty();
            assertThat(asked).startsWith("GET /there/p/a HTTP/1.1");
        }
    }

    private void answerNotFound(ServerSocket listener) {
        try (var socket = listener.accept()) {
            var head = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            head.lines().takeWhile(line -> !line.isEmpty()).forEach(asked::add);
            socket.getOutputStream()
                    .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_key_that_is_too_long_with_its_prefix_gives_the_content_back() {
        bind(ONE, new Backend.Memory(), "p/", Versioning.OFF);
        var content = GeneratedContent.of(1, 10);

        assertThatThrownBy(() -> store(ONE).put(ObjectKey.of("k".repeat(1_023)), content, WriteOptions.PLAIN))
                .isInstanceOf(InvalidInput.class);

        assertThat(content.closed()).isTrue();
    }

    private Buckets open() {
        return new Buckets(
                bucket -> Optional.ofNullable(bindings.get(bucket)),
                directory,
                SettableClock.anywhere(),
                Ticker.system(),
                Randomness.system());
    }

    private void bind(BucketName name, Backend backend, String prefix, Versioning versioning) {
        bindings.put(name, new BucketBinding(name, backend, Bytes.utf8(prefix), versioning));
    }

    private ObjectStore store(BucketName bucket) {
        return buckets.bucket(bucket).orElseThrow();
    }

    private void put(BucketName bucket, String text) {
        store(bucket).put(KEY, Content.of(Bytes.utf8(text)), WriteOptions.PLAIN);
    }

    private Optional<String> text(BucketName bucket) {
        return text(store(bucket), KEY);
    }

    private static Optional<String> text(ObjectStore store, ObjectKey key) {
        return store.get(ObjectRef.current(key), ReadOptions.WHOLE) instanceof GetOutcome.Found found
                ? Optional.of(GeneratedContent.read(found.content()).toUtf8())
                : Optional.empty();
    }
}
