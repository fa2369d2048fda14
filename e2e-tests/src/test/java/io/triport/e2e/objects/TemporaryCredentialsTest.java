package io.triport.e2e.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.e2e.AppProcess;
import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Credentials that a manager gives out, with Amazon's SDK on an object proxy that nobody asked. */
final class TemporaryCredentialsTest {
    private static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final String RING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OBJECTS = """
        session_token_keys: ["${env:RING}"]
        buckets:
          - {name: data, backend_type: memory}
          - {name: more, backend_type: memory}
        credentials:
          - access_key_id: PARENT
            secret_access_key: ${env:SECRET}
            principal_name: ann
            allowed_scopes:
              - {bucket: data, prefixes: [logs/, raw/], actions: [read, write]}
          - access_key_id: WRITER
            secret_access_key: ${env:SECRET}
            principal_name: bob
            allowed_scopes: [{bucket: "*", actions: [read, write]}]
        """;
    private static final String MANAGER = """
        triport:
          manager:
            object-proxy:
              session-token-key: "${env:RING}"
              parents: [PARENT]
        """;
    private static final String SECRET = "a-secret-of-both-keys-of-the-object-proxy";
    private static final Map<String, String> SECRETS =
            Map.of("RING", RING, "SECRET", SECRET, "TRIPORT_API_TOKEN", TOKEN);

    @TempDir
    private Path directory;

    @Test
    void they_open_what_was_asked_for_and_nothing_past_the_key_that_they_are_within() throws IOException {
        try (var objects = objects();
                var manager = manager()) {
            try (var s3 =
                    s3(objects.address(), credentials(manager, "object-read-write", "\"prefixes\":[\"logs/\"]"))) {
                put(s3, "data", "logs/1");
                assertThat(text(s3, "data", "logs/1")).isEqualTo("logs/1");
                assertThat(s3.listObjectsV2(list -> list.bucket("data").prefix("logs/"))
                                .contents())
                        .extracting(object -> object.key())
                        .containsExactly("logs/1");
                denied(() -> put(s3, "data", "raw/1"));
                denied(() -> text(s3, "data", "raw/1"));
                denied(() -> s3.listObjectsV2(list -> list.bucket("data")));
                denied(() -> put(s3, "more", "logs/1"));
            }
            try (var s3 = s3(objects.address(), credentials(manager, "object-read-only", "\"objects\":[\"logs/1\"]"))) {
                assertThat(text(s3, "data", "logs/1")).isEqualTo("logs/1");
                denied(() -> put(s3, "data", "logs/1"));
                denied(() -> text(s3, "data", "logs/1/2"));
            }
            try (var s3 = s3(objects.address(), credentials(manager, "admin-read-write", "\"ttlSeconds\":604800"))) {
                put(s3, "data", "raw/1");
                denied(() -> put(s3, "data", "elsewhere"));
                denied(() -> put(s3, "more", "raw/1"));
            }
            Within.reason("told", () -> objects.output().contains("key=raw/1"));
            assertThat(objects.output()).contains("principal=sigv4:ann", "session=PARENT");
        }
    }

    @Test
    void they_end_with_the_key_that_they_are_within() throws IOException {
        try (var objects = objects();
                var manager = manager();
                var s3 = s3(objects.address(), credentials(manager, "object-read-write", "\"ttlSeconds\":3600"))) {
            put(s3, "data", "logs/1");

            ObjectNode.configure(directory.resolve("objects"), OBJECTS.replace("[logs/, raw/]", "[raw/]"));
            Within.reason("adopted", () -> objects.output().contains("configuration adopted"));
            denied(() -> put(s3, "data", "logs/1"));
            put(s3, "data", "raw/1");
            ObjectNode.configure(directory.resolve("objects"), OBJECTS.replace("PARENT", "ANOTHER"));

            Within.reason("ended", () -> refuses(() -> put(s3, "data", "raw/1")));
        }
    }

    @Test
    void another_object_proxy_opens_nothing_by_them() throws IOException {
        var other = Map.of("RING", RING.replace('A', 'B'), "SECRET", SECRET);
        try (var objects = objects(other);
                var manager = manager();
                var s3 = s3(objects.address(), credentials(manager, "object-read-write", "\"ttlSeconds\":60"))) {
            assertThatThrownBy(() -> put(s3, "data", "logs/1"))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidToken"));
        }
    }

    private static void denied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }

    private static boolean refuses(Runnable call) {
        try {
            call.run();
            return false;
        } catch (S3Exception e) {
            return e.statusCode() == 403;
        }
    }

    private static void put(S3Client s3, String bucket, String key) {
        s3.putObject(object -> object.bucket(bucket).key(key), RequestBody.fromString(key));
    }

    private static String text(S3Client s3, String bucket, String key) {
        return s3.getObjectAsBytes(object -> object.bucket(bucket).key(key)).asUtf8String();
    }

    private static S3Client s3(URI address, JsonNode credentials) {
        return S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(new PlainSdkHttp())
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.path("accessKeyId").asText(),
                        credentials.path("secretAccessKey").asText(),
                        credentials.path("sessionToken").asText())))
                .build();
    }

    private static JsonNode credentials(AppProcess manager, String permission, String more) throws IOException {
        var body = "{\"bucket\":\"data\",\"parentAccessKeyId\":\"PARENT\",\"permission\":\"" + permission + "\"," + more
                + "}";
        var request = HttpRequest.newBuilder(URI.create(manager.address()
                        + "/client/v4/accounts/0123456789abcdef0123456789abcdef/r2/temp-access-credentials"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new ObjectMapper().readTree(answer.body()).path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private AppProcess objects() {
        return objects(SECRETS);
    }

    private AppProcess objects(Map<String, String> secrets) {
        var home = directory.resolve("objects");
        return AppProcess.launch(
                        AppProcess.Run.in(home, "object-proxy", io.triport.objects.Application.class, "output"),
                        secrets,
                        List.of("--config", ObjectNode.configure(home, OBJECTS).toString()))
                .awaited();
    }

    private AppProcess manager() throws IOException {
        var home = Files.createDirectories(directory.resolve("manager"));
        var file = Files.writeString(home.resolve("manager.yaml"), MANAGER);
        return AppProcess.launch(
                        AppProcess.Run.in(home, "manager", io.triport.manager.Application.class, "output"),
                        SECRETS,
                        List.of("--config", file.toString()))
                .awaited();
    }
}
