package io.triport.storage.s3;

import io.netty.channel.EventLoopGroup;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Ticker;
import io.triport.testkit.ContentContract;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

final class DownloadBodyContractTest extends ContentContract.OfOneReader {
    private static final int PIECE = 1_000;
    private static final EventLoopGroup LOOPS =
            SdkEventLoopGroup.builder().numberOfThreads(1).build().eventLoopGroup();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @AfterAll
    static void stopLoops() {
        LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Override
    protected Content content(Bytes whole) {
        var head = SdkHttpResponse.builder().statusCode(200).build();
        return new DownloadBody(new Answer(head, sink -> tell(sink, whole)), whole.size(), LOOPS, Ticker.system());
    }

    private void tell(Subscriber<? super ByteBuffer> sink, Bytes whole) {
        try (var pieces = new SubmissionPublisher<ByteBuffer>(threads, whole.size() / PIECE + 1)) {
            pieces.subscribe(FlowAdapters.toFlowSubscriber(sink));
            for (var at = 0; at < whole.size(); at += PIECE) {
                pieces.submit(ByteBuffer.wrap(
                        whole.slice(at, Math.min(whole.size(), at + PIECE)).toByteArray()));
            }
        }
    }
}
