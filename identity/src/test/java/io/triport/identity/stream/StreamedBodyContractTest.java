package io.triport.identity.stream;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.ContentContract;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

final class StreamedBodyContractTest extends ContentContract.OfOneReader {
    private static final int PIECE = 1_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Override
    protected Content content(Bytes whole) {
        return body(threads, whole);
    }

    static StreamedBody body(Executor threads, Bytes whole) {
        var body = new StreamedBody(OptionalLong.of(whole.size()), () -> {}, threads);
        for (var at = 0; at < whole.size(); at += PIECE) {
            body.offer(new PoisonedBuf(whole.slice(at, Math.min(whole.size(), at + PIECE))));
        }
        body.end();
        return body;
    }
}
