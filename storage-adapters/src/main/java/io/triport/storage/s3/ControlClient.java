package io.triport.storage.s3;

import io.triport.storage.endpoint.Address;
import io.triport.storage.endpoint.Call;
import io.triport.storage.endpoint.Connections;
import io.triport.storage.endpoint.Head;
import io.triport.storage.endpoint.Incoming;
import io.triport.storage.endpoint.Reception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The connections that all share, as Amazon's client wants them, and with a bound on what it collects. */
record ControlClient(Connections connections) implements SdkAsyncHttpClient {
    /** A page of 1000 keys of 1024 bytes, each byte in three characters, and as much again. */
    private static final long MOST_BYTES = 8L << 20;

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        var exchange = new Exchange(request.responseHandler(), new CompletableFuture<>());
        var sent = connections.send(call(request), exchange);
        var whole = exchange.whole.thenAccept(received -> {});
        whole.whenComplete((done, failure) -> {
            if (whole.isCancelled()) {
                sent.cancel();
            }
        });
        return whole;
    }

    private static Call call(AsyncExecuteRequest request) {
        var head = request.request();
        var length = request.requestContentPublisher().contentLength().orElse(0L);
        var fields = new ArrayList<Map.Entry<String, String>>();
        head.forEachHeader((name, values) -> {
            if (!"user-agent".equalsIgnoreCase(name)) {
                values.forEach(value -> fields.add(Map.entry(name, value)));
            }
        });
        fields.add(Map.entry("user-agent", Transport.USER_AGENT));
        if (head.firstMatchingHeader("host").isEmpty()) {
            fields.add(Map.entry("host", authority(head)));
        }
        var carries = length > 0 || head.method() == SdkHttpMethod.PUT || head.method() == SdkHttpMethod.POST;
        if (carries && head.firstMatchingHeader("content-length").isEmpty()) {
            fields.add(Map.entry("content-length", Long.toString(length)));
        }
        return new Call(
                new Address("https".equals(head.protocol()), bare(head.host()), head.port()),
                head.method().name(),
                target(head),
                List.copyOf(fields),
                length == 0 ? null : FlowAdapters.toFlowPublisher(request.requestContentPublisher()));
    }

    private static String target(SdkHttpRequest head) {
        var path = head.encodedPath().isEmpty() ? "/" : head.encodedPath();
        return head.encodedQueryParameters().map(query -> path + "?" + query).orElse(path);
    }

    private static String authority(SdkHttpRequest head) {
        var standard = "https".equals(head.protocol()) ? 443 : 80;
        return head.port() == standard ? head.host() : head.host() + ":" + head.port();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String clientName() {
        return "Triport";
    }

    /** The connections are not this client's own. */
    @Override
    public void close() {}

    /** @param whole how many bytes the answer's body had, at its end */
    private record Exchange(SdkAsyncHttpResponseHandler handler, CompletableFuture<Long> whole) implements Reception {
        @Override
        public void answered(Head head, Incoming body) {
            var response = SdkHttpResponse.builder().statusCode(head.status());
            head.fields().forEach(field -> response.appendHeader(field.getKey(), field.getValue()));
            handler.onHeaders(response.build());
            handler.onStream(sink -> body.subscribe(new Counted(this, FlowAdapters.toFlowSubscriber(sink))));
        }

        @Override
        public void failed(Throwable cause) {
            handler.onError(cause);
            whole.completeExceptionally(cause);
        }
    }

    /** Told on one thread at a time. */
    private static final class Counted implements Flow.Subscriber<ByteBuffer> {
        private final Exchange exchange;
        private final Flow.Subscriber<? super ByteBuffer> sink;
        private Flow.@Nullable Subscription source;
        private long received;
        private boolean done;

        private Counted(Exchange exchange, Flow.Subscriber<? super ByteBuffer> sink) {
            this.exchange = exchange;
            this.sink = sink;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            sink.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            received += piece.remaining();
            if (done) {
                return;
            }
            if (received <= MOST_BYTES) {
                sink.onNext(piece);
                return;
            }
            if (source != null) {
                source.cancel();
            }
            onError(new IOException("an answer of more than " + MOST_BYTES + " bytes"));
        }

        @Override
        public void onError(Throwable cause) {
            if (!done) {
                done = true;
                sink.onError(cause);
                exchange.failed(cause);
            }
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                sink.onComplete();
                exchange.whole.complete(received);
            }
        }
    }
}
