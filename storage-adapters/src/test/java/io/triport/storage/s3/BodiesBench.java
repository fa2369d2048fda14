package io.triport.storage.s3;

import com.sun.management.OperatingSystemMXBean;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.time.Ticker;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * What a body costs on its way through our own requests and through Amazon's client, over the same connections, one
 * after the other. Figures include the endpoint, which is in the process and does next to nothing. Run by hand.
 */
final class BodiesBench {
    private static final int ROUNDS = 3;
    private static final byte[] PIECE = new byte[65_536];
    private static final int MIB = 1 << 20;

    private BodiesBench() {}

    public static void main(String[] arguments) {
        try (var server = RawServer.playing((call, number) -> {
            if (call.head().startsWith("GET")) {
                var size = Integer.parseInt(call.head().replaceAll("(?s)^GET /shelf/(\\d+).*", "$1"));
                call.beginObject(size, "");
                for (var left = size; left > 0; left -= PIECE.length) {
                    call.out().write(PIECE);
                }
            } else {
                call.readBody();
                call.answer(200, List.of("ETag: \"e\""), "");
            }
        })) {
            for (var round = 0; round <= ROUNDS; round++) {
                for (var size : new int[] {MIB, 64 * MIB}) {
                    var times = size == MIB ? 500 : 15;
                    measure(round, "own GET", size, times, ownGet(server.uri(), size));
                    measure(round, "SDK GET", size, times, sdkGet(server.uri(), size));
                    measure(round, "own PUT", size, times, ownPut(server.uri(), size));
                    measure(round, "SDK PUT", size, times, sdkPut(server.uri(), size));
                }
            }
        }
    }

    private static void measure(int round, String name, int size, int times, Runnable call) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        call.run();
        var cpu = system.getProcessCpuTime();
        var wall = Ticker.system().nanos();
        for (var i = 0; i < times; i++) {
            call.run();
        }
        var mib = (double) size / MIB * times;
        var cpuMicros = (system.getProcessCpuTime() - cpu) / 1000.0 / mib;
        var rate = mib / ((Ticker.system().nanos() - wall) / 1e9);
        if (round > 0) {
            IO.println("%d %s %3d MiB: %7.0f us of CPU per MiB, %5.0f MiB/s"
                    .formatted(round, name, size / MIB, cpuMicros, rate));
        }
    }

    private static Backend.Signer signer() {
        return new Backend.Signer.Key(S3Server.KEY_ID, Secret.of(S3Server.SECRET), Secret.of(""));
    }

    private static Runnable ownGet(URI endpoint, int size) {
        var store = S3Server.open(S3Server.backend(endpoint, signer()));
        var object = ObjectRef.current(ObjectKey.of(Integer.toString(size)));
        return () -> {
            var found = (GetOutcome.Found) store.get(object, ReadOptions.WHOLE);
            drained(found.content().bytes()).join();
        };
    }

    private static Runnable ownPut(URI endpoint, int size) {
        var store = S3Server.open(S3Server.backend(endpoint, signer()));
        return () -> store.put(ObjectKey.of("k"), PieceContent.of(size), WriteOptions.PLAIN);
    }

    private static Runnable sdkGet(URI endpoint, int size) {
        var client = client(endpoint);
        return () -> {
            Publisher<ByteBuffer> body = client.getObject(
                            request -> request.bucket(S3Server.BUCKET).key(Integer.toString(size)),
                            AsyncResponseTransformer.toPublisher())
                    .join();
            drained(FlowAdapters.toFlowPublisher(body)).join();
        };
    }

    private static Runnable sdkPut(URI endpoint, int size) {
        var client = client(endpoint);
        return () -> client.putObject(
                        request -> request.bucket(S3Server.BUCKET).key("k").contentLength((long) size),
                        AsyncRequestBody.fromPublisher(body(size)))
                .join();
    }

    /** The same source as ours. */
    private static Publisher<ByteBuffer> body(int size) {
        return FlowAdapters.toPublisher(
                new UploadBody(PieceContent.of(size), size, Sums.of(List.of()), Ticker.system()));
    }

    private static S3AsyncClient client(URI endpoint) {
        return S3AsyncClient.builder()
                .httpClient(new ControlClient(Transport.start(Ticker.system()).connections()))
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.KEY_ID, S3Server.SECRET)))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    private static CompletableFuture<Long> drained(Flow.Publisher<ByteBuffer> bytes) {
        var done = new CompletableFuture<Long>();
        bytes.subscribe(new Flow.Subscriber<>() {
            private Flow.@Nullable Subscription source;
            private long count;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                source = subscription;
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                count += piece.remaining();
                if (source != null) {
                    source.request(1);
                }
            }

            @Override
            public void onError(Throwable cause) {
                done.completeExceptionally(cause);
            }

            @Override
            public void onComplete() {
                done.complete(count);
            }
        });
        return done;
    }
}
