package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.Backend;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Ticker;
import io.triport.testkit.ContentContract;
import io.triport.testkit.SeededRandomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DownloadBodyContractTest extends ContentContract.OfOneReader {
    private static final int PIECE = 1_000;
    private static final Outgoing GET = new Outgoing("GET", Bytes.utf8("k"), List.of(), Map.of(), null, Effect.NONE);

    private final AtomicReference<Bytes> sent = new AtomicReference<>(Bytes.EMPTY);
    private final Transport transport = Transport.start(Ticker.system());
    private final RawServer server = RawServer.playing((call, number) -> answer(call));

    private final Upstream upstream = new Upstream(
            transport,
            new Circuits(new ConcurrentHashMap<>(), Ticker.system()),
            new Place(server.uri(), "us-east-1", Backend.Addressing.PATH),
            S3Server.BUCKET,
            new Signers(new Backend.Signer.Nobody()),
            Clock.systemUTC(),
            new SeededRandomness(1));

    @AfterEach
    void stop() {
        server.close();
        transport.close();
    }

    @Override
    protected Content content(Bytes whole) {
        sent.set(whole);
        return new DownloadBody(upstream.send(GET), whole.size(), transport.watch());
    }

    @Test
    void a_reader_that_fails_loses_its_body_and_no_other() throws InterruptedException {
        var why = new CompletableFuture<Throwable>();
        var failing = new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                throw new IllegalStateException("the reader's own");
            }

            @Override
            public void onError(Throwable cause) {
                why.complete(cause);
            }

            @Override
            public void onComplete() {
                why.complete(new AssertionError("complete"));
            }
        };

        content(Bytes.utf8("hello")).bytes().subscribe(failing);

        assertThat(why.join()).hasMessage("the reader's own");
        var after = content(Bytes.utf8("again"));
        var read = new CountDownLatch(1);
        after.bytes().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                read.countDown();
            }

            @Override
            public void onError(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void onComplete() {
                // Its bytes are what is waited for.
            }
        });
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** In chunks, so that pieces stay apart however they are read. */
    private void answer(RawServer.Call call) throws IOException {
        var whole = sent.get();
        var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        call.out().write(head.getBytes(StandardCharsets.US_ASCII));
        for (var at = 0; at < whole.size(); at += PIECE) {
            var piece = whole.slice(at, Math.min(whole.size(), at + PIECE)).toByteArray();
            call.out().write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            call.out().write(piece);
            call.out().write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        call.out().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        call.out().flush();
    }
}
