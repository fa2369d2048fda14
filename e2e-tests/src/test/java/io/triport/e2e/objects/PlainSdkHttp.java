package io.triport.e2e.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Amazon's SDK over the client of the JDK, since none of its own is among our libraries. Bodies are held in memory. */
final class PlainSdkHttp implements SdkHttpClient {
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    /** Those that the client sets itself. */
    private static final Set<String> ITS_OWN = Set.of("host", "content-length", "connection", "expect");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return send(request);
            }

            @Override
            public void abort() {
                // It is over before anybody could.
            }
        };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
        var asked = request.httpRequest();
        var body = new byte[0];
        if (request.contentStreamProvider().isPresent()) {
            try (var stream = request.contentStreamProvider().get().newStream()) {
                body = stream.readAllBytes();
            }
        }
        var builder = HttpRequest.newBuilder(asked.getUri())
                .timeout(HANGS_AFTER)
                .method(asked.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
        asked.forEachHeader((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        try {
            var answer = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(answer.statusCode())
                            .headers(answer.headers().map())
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public String clientName() {
        return "plain";
    }

    @Override
    public void close() {
        client.close();
    }
}
