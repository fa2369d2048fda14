package io.triport.e2e.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.e2e.AppProcess;
import io.triport.objects.Application;
import io.triport.storage.s3.S3;
import io.triport.testkit.AtOnce;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.PostgreSqlCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two object proxies with one index in PostgreSQL, before an endpoint that has their bytes and knows no more than that. */
final class SharedIndexTest {
    private static final String KEYS = """
        credentials:
          - access_key_id: E2EKEY
            secret_access_key: ${env:SECRET}
            principal_name: e2e
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;
    private static final ObjectKey KEY = ObjectKey.of("docs/a.txt");
    private static final int LEAST_PART = 5 << 20;

    @TempDir
    Path directory;

    @TempDir
    Path databaseDirectory;

    private PostgreSqlCluster database;
    private AppProcess endpoint;

    @BeforeEach
    void start() {
        database = PostgreSqlCluster.start(databaseDirectory);
        endpoint = ObjectNode.start(
                directory.resolve("endpoint"), "buckets: [{name: raw, backend_type: memory}]\n" + KEYS);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        database.close();
    }

    @Test
    void what_a_client_stores_at_one_node_it_finds_at_the_other() {
        var large = "0123456789abcdef".repeat(40_000).getBytes(UTF_8);
        try (var one = node("one");
                var other = node("other");
                var here = new S3Client(one.address());
                var there = new S3Client(other.address());
                var raw = new S3Client(endpoint.address())) {
            assertThat(here.put("/shelf/a/large", large)).isEqualTo(200);
            assertThat(here.put("/shelf/a/small", "first".getBytes(UTF_8))).isEqualTo(200);
            assertThat(there.put("/shelf/a/small", "second".getBytes(UTF_8))).isEqualTo(200);

            assertThat(there.send("GET", "/shelf/a/large", new byte[0]).body()).isEqualTo(large);
            assertThat(here.get("/shelf/a/small")).isEqualTo("second");
            assertThat(here.get("/shelf?list-type=2&prefix=a%2F"))
                    .contains("<Key>a/large</Key>", "<Key>a/small</Key>", "<KeyCount>2</KeyCount>");
            assertThat(raw.get("/raw?list-type=2&prefix=runs%2F")).contains("<KeyCount>3</KeyCount>");
            assertThat(raw.get("/raw?list-type=2")).contains("<KeyCount>3</KeyCount>");
            assertThat(one.page("/health/readiness")).contains("\"ready\"");
        }
    }

    @Test
    void amazons_client_uploads_in_parts_and_meets_its_conditions_across_both_nodes() {
        try (var one = node("one");
                var other = node("other");
                var client =
                        S3.of(directory.resolve("client"), Clock.systemUTC(), Ticker.system(), Randomness.system())) {
            var here = bucket(client, "here", one.address());
            var there = bucket(client, "there", other.address());

            var contents = List.of(GeneratedContent.of(1, LEAST_PART), GeneratedContent.of(2, 1_000));
            var upload = here.uploads().start(KEY, UploadOptions.PLAIN);
            var claims = new ArrayList<PartClaim>();
            for (var number = 1; number <= 2; number++) {
                var node = number == 1 ? here : there;
                var part =
                        (PartOutcome.Stored) node.uploads().part(upload, number, contents.get(number - 1), List.of());
                claims.add(new PartClaim(number, part.part().etag(), null));
            }
            assertThat(there.uploads().complete(upload, claims, CompleteOptions.PLAIN))
                    .isInstanceOf(CompleteOutcome.Completed.class);
            assertThat(read(here, KEY))
                    .isEqualTo(contents.get(0).whole().concat(contents.get(1).whole()));

            var first = ObjectKey.of("first");
            var outcomes = AtOnce.run(8, number -> () -> created(number % 2 == 0 ? here : there, first));
            assertThat(outcomes).filteredOn(PutOutcome.Stored.class::isInstance).hasSize(1);

            assertThat(there.list(ObjectQuery.all()).entries()).hasSize(2);
            there.delete(List.of(ObjectRef.current(KEY), ObjectRef.current(first)), Conditions.NONE);
            assertThat(here.list(ObjectQuery.all()).entries()).isEmpty();
        }
    }

    @Test
    void without_the_endpoint_a_write_is_refused_and_the_list_stays() {
        try (var one = node("one");
                var client = new S3Client(one.address())) {
            assertThat(client.put("/shelf/x", "there".getBytes(UTF_8))).isEqualTo(200);
            endpoint.kill();

            assertThat(client.put("/shelf/y", "lost".getBytes(UTF_8))).isEqualTo(503);
            assertThat(client.send("GET", "/shelf/x", new byte[0]).statusCode()).isEqualTo(503);
            assertThat(client.get("/shelf?list-type=2")).contains("<Key>x</Key>", "<KeyCount>1</KeyCount>");
        }
    }

    @Test
    void a_node_that_is_killed_takes_nothing_along_that_it_answered() {
        try (var one = node("one");
                var here = new S3Client(one.address())) {
            assertThat(here.put("/shelf/x", "there".getBytes(UTF_8))).isEqualTo(200);
            one.kill();
        }
        try (var other = node("other");
                var there = new S3Client(other.address())) {
            assertThat(there.get("/shelf/x")).isEqualTo("there");
        }
    }

    @Test
    void an_index_without_a_database_stops_the_start_with_a_line() {
        try (var node = ObjectNode.launch(directory.resolve("alone"), file())) {
            assertThat(node.exit()).isEqualTo(78);
            assertThat(node.output()).contains("storage", "embedded", "index: postgresql of bucket shelf");
        }
    }

    private AppProcess node(String name) {
        return AppProcess.launch(
                        AppProcess.Run.in(directory.resolve(name), "object-proxy", Application.class, "output"),
                        Map.of(
                                "SECRET",
                                S3Client.SECRET,
                                "TRIPORT_STORAGE",
                                "postgresql://postgres@" + database.location()),
                        List.of(
                                "--config",
                                ObjectNode.configure(directory.resolve(name), file())
                                        .toString()))
                .awaited();
    }

    private String file() {
        return """
            buckets:
              - name: shelf
                backend_type: s3
                backend_prefix: runs
                backend_options:
                  index: postgresql
                  endpoint: "%s"
                  bucket_name: raw
                  access_key_id: E2EKEY
                  secret_access_key: ${env:SECRET}
            """.formatted(endpoint.address()) + KEYS;
    }

    private static ObjectStore bucket(S3 client, String name, URI address) {
        var signer = new Backend.Signer.Key(S3Client.KEY, Secret.of(S3Client.SECRET), Secret.of(""));
        var backend = new Backend.S3(address, "us-east-1", "shelf", Backend.Addressing.PATH, signer);
        return client.store(
                new BucketBinding(new BucketName(name), backend, Bytes.EMPTY, Versioning.OFF), PassedFields.NONE);
    }

    /** A node that is too busy to answer has done nothing, and is asked again. */
    private static PutOutcome created(ObjectStore store, ObjectKey key) {
        while (true) {
            try {
                return store.put(key, Content.of(Bytes.utf8("v")), WriteOptions.PLAIN.under(Conditions.CREATE_ONLY));
            } catch (StorageFailure e) {
                if (e.code().retry() != FailureCode.Retry.SAFE) {
                    throw e;
                }
            }
        }
    }

    private static Bytes read(ObjectStore store, ObjectKey key) {
        var found = (GetOutcome.Found) store.get(ObjectRef.current(key), ReadOptions.WHOLE);
        return GeneratedContent.read(found.content());
    }
}
